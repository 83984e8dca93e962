/** What devices are, beside what happens on them. Tables of Defender XDR advanced hunting, as data. */
import { columns, type TableSchema, table } from '../table.ts';

export const deviceInventoryTables: readonly TableSchema[] = [
  table('DeviceInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceinfo-table',
    columns: columns(`
      Timestamp:datetime DeviceId DeviceName ClientVersion PublicIP OSArchitecture OSPlatform OSBuild:long
      IsAzureADJoined:bool JoinType AadDeviceId LoggedOnUsers RegistryDeviceTag OSVersion MachineGroup
      ReportId:long OnboardingStatus AdditionalFields DeviceCategory DeviceType DeviceSubtype Model Vendor
      OSDistribution OSVersionInfo MergedDeviceIds MergedToDeviceId IsInternetFacing:bool SensorHealthState
      IsExcluded:bool ExclusionReason ExposureLevel AssetValue DeviceManualTags DeviceDynamicTags ConnectivityType
      HostDeviceId AzureResourceId AwsResourceName GcpFullResourceName HardwareUuid CloudPlatforms AzureVmId
      AzureVmSubscriptionId IsTransient:bool OsBuildRevision MitigationStatus Site DiscoverySources
    `),
  }),
  table('DeviceNetworkInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicenetworkinfo-table',
    columns: columns(`
      Timestamp:datetime DeviceId DeviceName NetworkAdapterName MacAddress NetworkAdapterType NetworkAdapterStatus
      TunnelType ConnectedNetworks DnsAddresses IPv4Dhcp IPv6Dhcp DefaultGateways IPAddresses ReportId:long
      NetworkAdapterVendor OnboardingStatus NetworkAdapterDnsSuffix
    `),
  }),
  table('DeviceFileCertificateInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicefilecertificateinfo-table',
    columns: columns(`
      Timestamp:datetime DeviceId DeviceName SHA1 IsSigned:bool SignatureType Signer SignerHash Issuer IssuerHash
      CertificateSerialNumber CrlDistributionPointUrls CertificateCreationTime:datetime
      CertificateExpirationTime:datetime CertificateCountersignatureTime:datetime IsTrusted:bool
      IsRootSignerMicrosoft:bool ReportId:long
    `),
  }),
  table('DeviceImageLoadEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceimageloadevents-table',
    columns: columns(`
      Timestamp:datetime DeviceId DeviceName ActionType FileName FolderPath SHA1 SHA256 MD5 FileSize:long
      InitiatingProcessAccountDomain InitiatingProcessAccountName InitiatingProcessAccountSid
      InitiatingProcessAccountUpn InitiatingProcessAccountObjectId InitiatingProcessIntegrityLevel
      InitiatingProcessTokenElevation InitiatingProcessSHA1 InitiatingProcessSHA256 InitiatingProcessMD5
      InitiatingProcessFileName InitiatingProcessFileSize:long InitiatingProcessVersionInfoCompanyName
      InitiatingProcessVersionInfoProductName InitiatingProcessVersionInfoProductVersion
      InitiatingProcessVersionInfoInternalFileName InitiatingProcessVersionInfoOriginalFileName
      InitiatingProcessVersionInfoFileDescription InitiatingProcessId:long InitiatingProcessCommandLine
      InitiatingProcessCreationTime:datetime InitiatingProcessFolderPath InitiatingProcessParentId:long
      InitiatingProcessParentFileName InitiatingProcessParentCreationTime:datetime ReportId:long
      AppGuardContainerId InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
      InitiatingProcessRemoteSessionDeviceName InitiatingProcessRemoteSessionIP InitiatingProcessUniqueId
    `),
  }),
  table('DeviceRegistryEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceregistryevents-table',
    columns: columns(`
      Timestamp:datetime DeviceId DeviceName ActionType RegistryKey RegistryValueType RegistryValueName
      RegistryValueData PreviousRegistryKey PreviousRegistryValueName PreviousRegistryValueData
      InitiatingProcessAccountDomain InitiatingProcessAccountName InitiatingProcessAccountSid
      InitiatingProcessAccountUpn InitiatingProcessAccountObjectId InitiatingProcessSHA1 InitiatingProcessSHA256
      InitiatingProcessMD5 InitiatingProcessFileName InitiatingProcessFileSize:long
      InitiatingProcessVersionInfoCompanyName InitiatingProcessVersionInfoProductName
      InitiatingProcessVersionInfoProductVersion InitiatingProcessVersionInfoInternalFileName
      InitiatingProcessVersionInfoOriginalFileName InitiatingProcessVersionInfoFileDescription
      InitiatingProcessId:long InitiatingProcessCommandLine InitiatingProcessCreationTime:datetime
      InitiatingProcessFolderPath InitiatingProcessParentId:long InitiatingProcessParentFileName
      InitiatingProcessParentCreationTime:datetime InitiatingProcessIntegrityLevel InitiatingProcessTokenElevation
      ReportId:long AppGuardContainerId InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
      InitiatingProcessRemoteSessionDeviceName InitiatingProcessRemoteSessionIP InitiatingProcessUniqueId
    `),
  }),
  table('DeviceBaselineComplianceAssessment', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicebaselinecomplianceassessment-table',
    columns: columns(`
      DeviceId DeviceName OSPlatform OSVersion ConfigurationId ProfileId IsCompliant:bool IsApplicable:bool
      Source:dynamic RecommendedValue:dynamic CurrentValue:dynamic IsExempt:bool
    `),
  }),
  table('DeviceBaselineComplianceAssessmentKB', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicebaselinecomplianceassessmentkb-table',
    columns: columns(`
      ConfigurationId ConfigurationName ConfigurationDescription ConfigurationRationale ConfigurationCategory
      BenchmarkProfileLevels:dynamic CCEReference RemediationOptions ConfigurationBenchmark Source:dynamic
      RecommendedValue:dynamic
    `),
  }),
  table('DeviceBaselineComplianceProfiles', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicebaselinecomplianceprofiles-table',
    columns: columns(`
      ProfileId ProfileName ProfileDescription OSPlatform:dynamic OSVersion BaseBenchmark BenchmarkVersion
      BenchmarkProfileLevel Status:bool CreatedBy CreatedOn:datetime LastUpdatedBy LastUpdatedOn:datetime
    `),
  }),
];
