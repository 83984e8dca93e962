/** Data security and automatic disruption. Tables of Defender XDR advanced hunting, as data. */
import { columns, type TableSchema, table } from '../table.ts';

export const dataSecurityTables: readonly TableSchema[] = [
  table('DataSecurityBehaviors', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-datasecuritybehaviors-table',
    columns: columns(`
      Timestamp:datetime BehaviorId ActionType StartTime:datetime EndTime:datetime AttackTechniques Categories
      ActionCategory Description ServiceSource DetectionSource ActivityCount:int IsAnomalous:bool
      IsContentHidden:bool AccountUpn AccountEmail Application DeviceInfo:dynamic SensitivityLabelInfo:dynamic
      SensitiveInfoTypesInfo:dynamic UrlDomainInfo:dynamic SharepointSiteInfo:dynamic RecipientEmailInfo:dynamic
      RemovableMediaInfo:dynamic PrinterName:dynamic PriorityContentMatchInfo:dynamic
    `),
  }),
  table('DataSecurityEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-datasecurityevents-table',
    columns: columns(`
      ApplicationNames DeviceId DeviceName AadDeviceId:guid IsManagedDevice:bool DlpPolicyMatchInfo
      DlpPolicyEnforcementMode:int DlpPolicyRuleMatchInfo:dynamic FileRenameInfo PhysicalAccessPointId
      PhysicalAccessPointName PhysicalAccessStatus PhysicalAssetTag RemovableMediaManufacturer RemovableMediaModel
      RemovableMediaSerialNumber TeamsChannelName TeamsChannelType TeamsTeamName UserAlternateEmails AccountUpn
      AccountObjectId Department SourceCodeInfo CcPolicyMatchInfo:dynamic IPAddress Timestamp:datetime
      DeviceSourceLocationType:int DeviceDestinationLocationType:int IrmPolicyMatchInfo:dynamic
      UnallowedUrlDomains ExternalUrlDomains UrlDomainInfo SourceUrlDomain TargetUrlDomain
      EmailAttachmentCount:int EmailAttachmentInfo:dynamic InternetMessageId NetworkMessageId:guid EmailSubject
      ObjectId ObjectName ObjectType ObjectSize:int IsHidden:bool ActivityId:guid ActionType
      SensitiveInfoTypeInfo:dynamic SensitivityLabelId SharepointSiteSensitivityLabelIds
      PreviousSensitivityLabelId Operation RecipientEmailAddress SiteUrl SourceRelativeUrl TargetFilePath
      PrinterName Workload IrmActionCategory SequenceCorrelationId CloudAppAlertId
    `),
  }),
  table('DisruptionAndResponseEvents', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-disruptionandresponseevents-table',
    columns: columns(`
      Timestamp:datetime ActionType DeviceId SourceDeviceId TargetDeviceId TargetDeviceName TargetDomainName
      DeviceName DomainName InitiatingProcessId:int InitiatingProcessFileName SourceUserSid SourceUserName
      SourceUserDomainName SourceIpAddress SourcePort:int IpAddress Port SourceDeviceName SourceDomainName
      AuthenticationProtocol Service InterfaceUuid InterfaceFriendlyName FileName ShareName LogonType LogonId:long
      SessionId:long CompromisedAccountCount:int PolicyId PolicyName PolicyVersion PolicyHash DataSources
      IsPolicyOn:bool ReportType
    `),
  }),
];
