/** Directory changes and queries, accounts and service principals. Tables of Defender XDR advanced hunting, as data. */
import { columns, type TableSchema, table } from '../table.ts';

export const identityDirectoryTables: readonly TableSchema[] = [
  table('IdentityAccountInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-identityaccountinfo-table',
    columns: columns(`
      Timestamp:datetime ReportId SourceProviderAccountId AccountId IdentityId IsPrimary:bool IdentityLinkType
      IdentityLinkReason IdentityLinkTime:datetime IdentityLinkBy DisplayName AccountUpn EmailAddress
      CriticalityLevel:int DefenderRiskLevel:int DefenderRiskUpdateTime:datetime Type GivenName Surname EmployeeId
      Department JobTitle Address City Country Phone Manager Sid AccountStatus SourceProvider
      SourceProviderInstanceId SourceProviderInstanceDisplayName AuthenticationMethod
      AuthenticationSourceAcccountId EnrolledMfas:dynamic LastPasswordChangeTime:datetime GroupMembership:dynamic
      AssignedRoles:dynamic EligibleRoles:dynamic TenantMembershipType CreatedDateTime:datetime
      DeletedDateTime:datetime Tags:dynamic SourceProvderRiskLevel:dynamic AdditionalFields:dynamic TenantId
    `),
  }),
  table('IdentityDirectoryEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-identitydirectoryevents-table',
    columns: columns(`
      Timestamp:datetime ActionType Application TargetAccountUpn TargetAccountDisplayName TargetDeviceName
      DestinationDeviceName DestinationIPAddress DestinationPort:int Protocol AccountName AccountDomain AccountUpn
      AccountSid AccountObjectId AccountDisplayName DeviceName IPAddress Port:int Location ISP ReportId
      AdditionalFields:dynamic
    `),
  }),
  table('IdentityEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-identityevents-table',
    columns: columns(`
      Timestamp:datetime ReportId AccountId AccountType AccountDisplayName AccountUpn ActionType ActionResult
      ActionFailureReason IPAddress UserAgent TargetObjects:dynamic Application ApplicationInstanceId
      ApplicationEventId ApplicationSessionId RawEventData:dynamic AdditionalFields:dynamic
    `),
  }),
  table('IdentityQueryEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-identityqueryevents-table',
    columns: columns(`
      Timestamp:datetime ActionType Application QueryType QueryTarget Query Protocol AccountName AccountDomain
      AccountUpn AccountSid AccountObjectId AccountDisplayName DeviceName IPAddress Port:int DestinationDeviceName
      DestinationIPAddress DestinationPort:int TargetDeviceName TargetAccountUpn TargetAccountDisplayName Location
      ReportId AdditionalFields:dynamic
    `),
  }),
  table('AADSpnSignInEventsBeta', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-aadspnsignineventsbeta-table',
    successor: 'EntraIdSpnSignInEvents',
    columns: columns(`
      Timestamp:datetime Application ApplicationId IsManagedIdentity:bool ErrorCode:int CorrelationId
      ServicePrincipalName ServicePrincipalId ResourceDisplayName ResourceId ResourceTenantId IPAddress Country
      State City Latitude Longitude RequestId ReportId
    `),
  }),
  table('EntraIdSpnSignInEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-entraidspnsigninevents-table',
    columns: columns(`
      Timestamp:datetime Application ApplicationId IsManagedIdentity:bool ErrorCode:int CorrelationId
      ServicePrincipalName ServicePrincipalId ResourceDisplayName ResourceId ResourceTenantId IPAddress Country
      State City Latitude Longitude RequestId ReportId
    `),
  }),
];
