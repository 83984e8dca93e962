/** Vulnerability management of devices. Tables of Defender XDR advanced hunting, as data. */
import { columns, type TableSchema, table } from '../table.ts';

export const deviceVulnerabilitiesTables: readonly TableSchema[] = [
  table('DeviceTvmBrowserExtensions', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmbrowserextensions-table',
    columns: columns(`
      DeviceId BrowserName ExtensionId ExtensionName ExtensionDescription ExtensionVersion ExtensionRisk
      ExtensionVendor IsActivated InstallationTime:datetime
    `),
  }),
  table('DeviceTvmBrowserExtensionsKB', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmbrowserextensionskb-table',
    columns: columns(`
      BrowserName ExtensionId ExtensionName ExtensionDescription ExtensionVersion:dynamic ExtensionRisk
      PermissionId PermissionName PermissionDescription PermissionRisk IsPermissionRequired
    `),
  }),
  table('DeviceTvmCertificateInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmcertificateinfo-table',
    columns: columns(`
      DeviceId Thumbprint Path SerialNumber IssuedTo:dynamic IssuedBy:dynamic FriendlyName SignatureAlgorithm
      KeySize ExpirationDate IssueDate SubjectType KeyUsage ExtendedKeyUsage
    `),
  }),
  table('DeviceTvmHardwareFirmware', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmhardwarefirmware-table',
    columns: columns(`
      DeviceId DeviceName ComponentType Manufacturer ComponentName ComponentFamily ComponentVersion
      AdditionalFields:dynamic
    `),
  }),
  table('DeviceTvmInfoGathering', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvminfogathering-table',
    columns: columns(`
      Timestamp:datetime LastSeenTime:datetime DeviceId DeviceName OSPlatform AdditionalFields:dynamic
    `),
  }),
  table('DeviceTvmInfoGatheringKB', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvminfogatheringkb-table',
    columns: columns(`
      IgId FieldName Description Categories:dynamic DataStructure
    `),
  }),
  table('DeviceTvmSecureConfigurationAssessment', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsecureconfigurationassessment-table',
    columns: columns(`
      DeviceId DeviceName OSPlatform Timestamp:datetime ConfigurationId ConfigurationCategory
      ConfigurationSubcategory ConfigurationImpact:real IsCompliant:bool IsApplicable:bool Context:dynamic
      IsExpectedUserImpact:bool
    `),
  }),
  table('DeviceTvmSecureConfigurationAssessmentKB', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsecureconfigurationassessmentkb-table',
    columns: columns(`
      ConfigurationId ConfigurationImpact:real ConfigurationName ConfigurationDescription RiskDescription
      ConfigurationCategory ConfigurationSubcategory ConfigurationBenchmarks:dynamic Tags:dynamic
      RemediationOptions
    `),
  }),
  table('DeviceTvmSoftwareEvidenceBeta', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsoftwareevidencebeta-table',
    columns: columns(`
      DeviceId SoftwareVendor SoftwareName SoftwareVersion RegistryPaths:dynamic DiskPaths:dynamic LastSeenTime
    `),
  }),
  table('DeviceTvmSoftwareInventory', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsoftwareinventory-table',
    columns: columns(`
      DeviceId DeviceName OSPlatform OSVersion OSArchitecture SoftwareVendor SoftwareName SoftwareVersion
      EndOfSupportStatus EndOfSupportDate:datetime ProductCodeCpe
    `),
  }),
  table('DeviceTvmSoftwareVulnerabilities', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsoftwarevulnerabilities-table',
    columns: columns(`
      DeviceId DeviceName OSPlatform OSVersion OSArchitecture SoftwareVendor SoftwareName SoftwareVersion CveId
      VulnerabilitySeverityLevel RecommendedSecurityUpdate RecommendedSecurityUpdateId CveTags:dynamic
    `),
  }),
  table('DeviceTvmSoftwareVulnerabilitiesKB', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsoftwarevulnerabilitieskb-table',
    columns: columns(`
      CveId CvssScore IsExploitAvailable:bool VulnerabilitySeverityLevel LastModifiedTime:datetime
      PublishedDate:datetime VulnerabilityDescription AffectedSoftware:dynamic
    `),
  }),
];
