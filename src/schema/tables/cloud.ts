/** Cloud workloads, the Graph API and exposure. Tables of Defender XDR advanced hunting, as data. */
import { columns, type TableSchema, table } from '../table.ts';

export const cloudTables: readonly TableSchema[] = [
  table('CloudAuditEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-cloudauditevents-table',
    columns: columns(`
      Timestamp:datetime ReportId DataSource ActionType OperationName ResourceId IPAddress IsAnonymousProxy:bool
      CountryCode City Isp UserAgent RawEventData:dynamic AdditionalFields:dynamic
    `),
  }),
  table('CloudDnsEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-clouddnsevents-table',
    columns: columns(`
      Timestamp:datetime ReportId ActionType AzureResourceId AwsResourceName GcpFullResourceName
      KubernetesResource KubernetesNamespace KubernetesPodName ContainerName ContainerId ImageName ProcessName
      ProcessId:long DnsEventType DnsEventSubType DnsQuery DnsQueryTypeName DnsResponseCodeName
      DnsNetworkDuration:long TransactionIdHex AdditionalFields:dynamic
    `),
  }),
  table('CloudPolicyEnforcementEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-cloudpolicyenforcementevents-table',
    columns: columns(`
      Timestamp:datetime ReportId DataSource SubscriptionId ActionType AzureResourceId AwsResourceName
      GcpFullResourceName Region ResourceKind ResourceName KubernetesNamespace Reason AdditionalFields
    `),
  }),
  table('CloudProcessEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-cloudprocessevents-table',
    columns: columns(`
      Timestamp:datetime AzureResourceId AwsResourceName GcpFullResourceName ContainerImageName
      KubernetesNamespace KubernetesPodName KubernetesResource ContainerName ContainerId ActionType FileName
      FolderPath ProcessId:long ProcessName ParentProcessName ParentProcessId ProcessCommandLine
      ProcessCreationTime:datetime ProcessCurrentWorkingDirectory AccountName LogonId:long InitiatingProcessId
      ImageDigest AgentId Region HostName AdditionalFields
    `),
  }),
  table('CloudStorageAggregatedEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-cloudstorageaggregatedevents-table',
    columns: columns(`
      DataAggregationStartTime:datetime DataAggregationEndTime:datetime DataSource SubscriptionId ResourceGroup
      StorageAccount StorageContainer StorageFileShare ServiceType IpAddress UserAgentHeader
      OperationNamesList:dynamic AuthenticationType AccountObjectId AccountTenantId:long AccountApplicationId
      AccountUpn AccountType:long OperationsCount:int SuccessfulOperationsCount:int FailedOperationsCount:int
      FirstEventTimestamp:datetime LastEventTimestamp:datetime TotalResponseLength:int
      SuccessfulReadOperations:int DistinctGetOperations:int AnonymousSuccessfulOperations:int
      HasAnonymousResourceNotFoundFailures:bool CountryName CityName ProvinceName ClientSystemServiceName
      ClientCloudPlatformName IsTorExitNode:bool IsKnownSuspiciousIp:bool IsPrivateIp:bool SuspiciousUserAgentName
      HashReputationMd5List:dynamic AzureResourceId Location Timestamp:datetime ReportId ActionType
      AdditionalFields:dynamic
    `),
  }),
  table('GraphAPIAuditEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-graphapiauditevents-table',
    columns: columns(`
      IdentityProvider ApiVersion ApplicationId ClientRequestId OperationId AccountObjectId Location
      RequestDuration RequestMethod Timestamp:datetime ResponseStatusCode Scopes EntityType ReportId RequestUri
      UniqueTokenIdentifier RequestId IpAddress ServicePrincipalId TargetWorkload ResponseSize:long TenantId Type
      SourceSystem TimeGenerated:datetime
    `),
  }),
  table('ExposureGraphEdges', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-exposuregraphedges-table',
    columns: columns(`
      EdgeId EdgeLabel SourceNodeId SourceNodeName SourceNodeLabel SourceNodeCategories:dynamic TargetNodeId
      TargetNodeName TargetNodeLabel TargetNodeCategories:dynamic EdgeProperties:dynamic
    `),
  }),
  table('ExposureGraphNodes', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-exposuregraphnodes-table',
    columns: columns(`
      NodeId NodeLabel NodeName Categories:dynamic NodeProperties:dynamic EntityIds:dynamic
    `),
  }),
];
