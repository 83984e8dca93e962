/** What an entity of Sentinel is made of. */
export interface EntityKind {
  readonly identifiers: readonly string[];
  /** One of these must be there, whole. */
  readonly required: readonly (readonly string[])[];
}

const entity = (required: string, others = ''): EntityKind => {
  const choices = required.split(' ').map((choice) => choice.split('+'));
  return { required: choices, identifiers: [...choices.flat(), ...others.split(' ').filter((name) => name !== '')] };
};

/** The entities that rules may map, from EntityMappingIdentifiers.cs of Azure-Sentinel. */
export const entityKinds: Readonly<Record<string, EntityKind>> = {
  Account: entity(
    'FullName Sid Name AadUserId PUID ObjectGuid',
    'NTDomain DnsDomain UPNSuffix AadTenantId IsDomainJoined DisplayName',
  ),
  AzureResource: entity('ResourceId'),
  CloudApplication: entity('AppId Name', 'InstanceName'),
  DNS: entity('DomainName'),
  File: entity('Name', 'Directory'),
  FileHash: entity('Algorithm+Value'),
  Host: entity(
    'FullName HostName NetBiosName AzureID OMSAgentID',
    'DnsDomain NTDomain OSFamily OSVersion IsDomainJoined',
  ),
  IoTDevice: entity(
    'DeviceId',
    'DeviceName Manufacturer Model FirmwareVersion OperatingSystem MacAddress Protocols SerialNumber Source IoTSecurityAgentId DeviceType',
  ),
  IP: entity('Address'),
  Mailbox: entity('MailboxPrimaryAddress', 'DisplayName Upn ExternalDirectoryObjectId RiskLevel'),
  MailCluster: entity(
    'Query Source',
    'NetworkMessageIds CountByDeliveryStatus CountByThreatType CountByProtectionStatus Threats QueryTime MailCount ' +
      'IsVolumeAnomaly ClusterSourceIdentifier ClusterSourceType ClusterQueryStartTime ClusterQueryEndTime ClusterGroup',
  ),
  MailMessage: entity(
    'NetworkMessageId Recipient',
    'Urls Threats Sender P1Sender P1SenderDisplayName P1SenderDomain SenderIP P2Sender P2SenderDisplayName P2SenderDomain ' +
      'ReceivedDate InternetMessageId Subject BodyFingerprintBin1 BodyFingerprintBin2 BodyFingerprintBin3 ' +
      'BodyFingerprintBin4 BodyFingerprintBin5 AntispamDirection DeliveryAction DeliveryLocation Language ThreatDetectionMethods',
  ),
  Malware: entity('Name', 'Category'),
  Process: entity('CommandLine ProcessId', 'ElevationToken CreationTimeUtc'),
  RegistryKey: entity('Key Hive'),
  RegistryValue: entity('Name', 'Value ValueType'),
  SecurityGroup: entity('DistinguishedName SID ObjectGuid'),
  SubmissionMail: entity(
    'SubmissionId NetworkMessageId Recipient Submitter',
    'Timestamp Sender SenderIp Subject ReportType SubmissionDate',
  ),
  URL: entity('Url'),
};
