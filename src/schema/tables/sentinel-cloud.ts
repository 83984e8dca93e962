/** Further tables of Microsoft Sentinel: identity, devices and clouds, which hunts ask beside mail. As data. */
import { columns, type TableSchema, table } from '../table.ts';

export const sentinelCloudTables: readonly TableSchema[] = [
  table('MicrosoftGraphActivityLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/microsoftgraphactivitylogs',
    columns: columns(`
      TenantId TimeGenerated:datetime Location RequestId OperationId ClientRequestId ApiVersion RequestMethod
      ResponseStatusCode:int AadTenantId IPAddress UserAgent RequestUri DurationMs:int ResponseSizeBytes:int
      SignInActivityId Roles SessionId DeviceId UniqueTokenId TokenIssuedAt:datetime AppId UserId
      ServicePrincipalId Scopes IdentityProvider ClientAuthMethod:int Wids ATContent ATContentH ATContentP
      SourceSystem Type
    `),
  }),
  table('NetworkAccessTraffic', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/networkaccesstraffic',
    columns: columns(`
      TenantId TimeGenerated:datetime TransactionId ConnectionId SessionId TrafficType DeviceCategory
      DestinationIp DestinationPort:int DestinationFqdn SourceIp SourcePort:int DeviceOperatingSystem
      DeviceOperatingSystemVersion AgentVersion DeviceId UserId UserPrincipalName TransportProtocol
      NetworkProtocol Action PolicyRuleId PolicyId SentBytes:long ReceivedBytes:long ReferrerHeader
      OriginHeader XForwardedFor DestinationWebCategories FilteringProfileId FilteringProfileName PolicyName
      RuleName InitiatingProcessName ResourceTenantId ThreatType DestinationUrl Description AppId ConnectorId
      ConnectorName ConnectorIp ConnectionStatus AccessType ProcessingRegion AppSegmentId RemoteNetworkId
      HttpMethod ResponseCode:int Token3PExpiry:datetime Token3PValidFrom:datetime Token3PIssuedAt:datetime
      Token3PUniqueId TlsAction TlsStatus TlsPolicyId TlsPolicyName UniqueTokenId VendorNames CloudAppCatalogId
      CloudAppName CloudAppCategory CloudAppCategories CloudAppGeneralScore:int CloudAppRiskScore:int
      CloudAppComplianceScore:int CloudAppLegalScore:int CloudAppLoginUser HttpRequestContentType
      HttpResponseContentType HttpUserAgent TlsRuleId TlsRuleName DnsResponseOrigin AIAgentId AIAgentName
      KerberosMsgType ServicePrincipalName Realm OnPremAccount KerberosNonce:int KerberosClientName
      KerberosErrorCode:int KerberosErrorCodeName KerberosErrorText IsAgentic:bool ProcessTree ProcessArgs
      AIDetectionConfidence:int AIDetectionEvidence IsTokenAgentic:bool SourceSystem Type
    `),
  }),
  table('AADManagedIdentitySignInLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/aadmanagedidentitysigninlogs',
    columns: columns(`
      TenantId SourceSystem TimeGenerated:datetime OperationName OperationVersion Category ResultType
      ResultSignature ResultDescription DurationMs:long CorrelationId ResourceGroup Identity Level Location
      AADTenantId Agent AppId AppOwnerTenantId AuthenticationContextClassReferences
      AuthenticationProcessingDetails ClientCredentialType ConditionalAccessAudiences ConditionalAccessPolicies
      ConditionalAccessStatus CreatedDateTime:datetime FederatedCredentialId Id IPAddress LocationDetails
      ManagedServiceIdentity NetworkLocationDetails ResourceDisplayName ResourceIdentity ResourceOwnerTenantId
      ResourceServicePrincipalId ServicePrincipalCredentialKeyId ServicePrincipalCredentialThumbprint
      ServicePrincipalId ServicePrincipalName SessionId SourceAppClientId UniqueTokenIdentifier UserAgent Type
    `),
  }),
  table('ADFSSignInLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/adfssigninlogs',
    columns: columns(`
      TenantId SourceSystem TimeGenerated:datetime OperationName OperationVersion Category ResultType
      ResultSignature ResultDescription DurationMs:long CorrelationId ResourceGroup Identity Level Location
      AlternateSignInName AppDisplayName AppId AuthenticationDetails AuthenticationProcessingDetails
      AuthenticationRequirement AuthenticationRequirementPolicies ConditionalAccessPolicies
      ConditionalAccessStatus CreatedDateTime:datetime DeviceDetail IsInteractive:bool Id IPAddress
      NetworkLocationDetails OriginalRequestId ProcessingTimeInMs ResourceDisplayName ResourceIdentity
      ResourceTenantId Requirement Status TokenIssuerName TokenIssuerType UniqueTokenIdentifier UserAgent
      UserDisplayName UserId UserPrincipalName Type
    `),
  }),
  table('IntuneDevices', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/intunedevices',
    columns: columns(`
      TenantId TimeGenerated:datetime OperationName Result SourceSystem DeviceId DeviceName UPN LastContact
      OSVersion OS CompliantState Ownership ManagedBy Model SerialNumber Manufacturer CreatedDate DeviceState
      UserEmail UserName IMEI PhoneNumber DeviceRegistrationState ReferenceId ManagedDeviceName
      GraphDeviceIsManaged:bool CategoryName EncryptionStatusString SubscriberCarrierNetwork JoinType
      SupervisedStatusString WifiMacAddress StorageTotal:long StorageFree:long AndroidPatchLevel MEID
      InGracePeriodUntil JailBroken SkuFamily EasID PrimaryUser BatchId IntuneAccountId AADTenantId
      Stats:dynamic Type
    `),
  }),
  table('IntuneAuditLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/intuneauditlogs',
    columns: columns(`
      SourceSystem TimeGenerated:datetime OperationName Category ResultType ResultDescription CorrelationId
      Identity Properties Type
    `),
  }),
  table('IntuneOperationalLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/intuneoperationallogs',
    columns: columns(`
      SourceSystem TimeGenerated:datetime OperationName Category Properties Result Type
    `),
  }),
  table('IntuneDeviceComplianceOrg', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/intunedevicecomplianceorg',
    columns: columns(`
      TenantId TimeGenerated:datetime Result DeviceName UPN ComplianceState OSDescription OSVersion OS
      OwnerType DeviceId LastContact UserId IMEI SerialNumber RetireAfterDatetime ManagementAgents DeviceType
      UserName InGracePeriodUntil DeviceHealthThreatLevel UserEmail SourceSystem Type
    `),
  }),
  table('McasShadowItReporting', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/mcasshadowitreporting',
    columns: columns(`
      TenantId SourceSystem TimeGenerated:datetime StreamName MachineName MachineId TotalEvents:int
      BlockedEvents:int UploadedBytes:int TotalBytes:int DownloadedBytes:int IpAddress UserName
      EnrichedUserName AppName AppId AppInstance AppCategory AppTags:dynamic AppScore:int Date:datetime
      RawUserName RichUserName AadTenantId Type
    `),
  }),
  table('AWSCloudTrail', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/awscloudtrail',
    columns: columns(`
      TimeGenerated:datetime AwsEventId EventVersion EventSource EventTypeName EventName UserIdentityType
      UserIdentityPrincipalid UserIdentityArn UserIdentityAccountId UserIdentityInvokedBy
      UserIdentityAccessKeyId UserIdentityUserName SessionMfaAuthenticated:bool SessionCreationDate:datetime
      SessionIssuerType SessionIssuerPrincipalId SessionIssuerArn SessionIssuerAccountId SessionIssuerUserName
      AWSRegion SourceIpAddress UserAgent ErrorCode ErrorMessage RequestParameters ResponseElements
      AdditionalEventData AwsRequestId AwsRequestId_ Resources APIVersion ReadOnly:bool RecipientAccountId
      ServiceEventDetails SharedEventId VpcEndpointId ManagementEvent:bool TenantId SourceSystem OperationName
      Category EC2RoleDelivery TlsVersion CipherSuite ClientProvidedHostHeader IpProtocol SourcePort
      DestinationPort CidrIp UserIdentityUserId UserIdentityStoreArn Type
    `),
  }),
];
