/** Tables that Microsoft Sentinel keeps beside Defender's, which mail hunts join with. As data. */
import { columns, type TableSchema, table } from '../table.ts';

export const sentinelTables: readonly TableSchema[] = [
  table('SigninLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/signinlogs',
    columns: columns(`
      SourceSystem TimeGenerated:datetime ResourceId OperationName OperationVersion Category ResultType
      ResultSignature ResultDescription DurationMs:long CorrelationId Resource ResourceGroup ResourceProvider
      Identity Level Location AlternateSignInName AppDisplayName AppId AuthenticationContextClassReferences
      AuthenticationDetails AppliedEventListeners:dynamic AuthenticationMethodsUsed
      AuthenticationProcessingDetails AuthenticationRequirement AuthenticationRequirementPolicies ClientAppUsed
      ConditionalAccessPolicies:dynamic ConditionalAccessStatus CreatedDateTime:datetime DeviceDetail:dynamic
      IsInteractive:bool Id IPAddress IsRisky:bool LocationDetails:dynamic MfaDetail:dynamic
      NetworkLocationDetails OriginalRequestId ProcessingTimeInMilliseconds RiskDetail RiskEventTypes
      RiskEventTypes_V2 RiskLevelAggregated RiskLevelDuringSignIn RiskState ResourceDisplayName ResourceIdentity
      ResourceServicePrincipalId ServicePrincipalId ServicePrincipalName Status:dynamic TokenIssuerName
      TokenIssuerType UserAgent UserDisplayName UserId UserPrincipalName AADTenantId UserType
      FlaggedForReview:bool IPAddressFromResourceProvider SignInIdentifier SignInIdentifierType ResourceTenantId
      HomeTenantId UniqueTokenIdentifier SessionId SessionLifetimePolicies AutonomousSystemNumber
      AuthenticationProtocol CrossTenantAccessType AuthenticationAppDeviceDetails
      AuthenticationAppPolicyEvaluationDetails ClientCredentialType FederatedCredentialId
      GlobalSecureAccessIpAddress HomeTenantName IncomingTokenType IsTenantRestricted:bool
      IsThroughGlobalSecureAccess:bool OriginalTransferMethod TokenProtectionStatusDetails:dynamic
      AppOwnerTenantId ResourceOwnerTenantId Agent:dynamic SourceAppClientId ConditionalAccessAudiences
      AuthenticatorAppLocation AppliedConditionalAccessPolicies RiskLevel Type
    `),
  }),
  table('AADNonInteractiveUserSignInLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/aadnoninteractiveusersigninlogs',
    columns: columns(`
      TenantId SourceSystem TimeGenerated:datetime OperationName OperationVersion Category ResultType
      ResultSignature ResultDescription DurationMs:long CorrelationId ResourceGroup Identity Level Location
      AADTenantId Agent AlternateSignInName AppDisplayName AppId AppliedEventListeners:dynamic AppOwnerTenantId
      AuthenticationContextClassReferences AuthenticationDetails AuthenticationMethodsUsed
      AuthenticationProcessingDetails AuthenticationProtocol AuthenticationRequirement
      AuthenticationRequirementPolicies AuthenticatorAppLocation AutonomousSystemNumber ClientAppUsed
      ClientCredentialType ClientSessionId ConditionalAccessAudiences ConditionalAccessPolicies
      ConditionalAccessStatus CreatedDateTime:datetime CrossTenantAccessType DeviceDetail FederatedCredentialId
      GlobalSecureAccessIpAddress HomeTenantId HomeTenantName Id IncomingTokenType IPAddress IsInteractive:bool
      IsRisky:bool IsTenantRestricted:bool IsThroughGlobalSecureAccess:bool LocationDetails MfaDetail
      NetworkLocationDetails OriginalRequestId OriginalTransferMethod ProcessingTimeInMs ResourceDisplayName
      ResourceIdentity ResourceOwnerTenantId ResourceServicePrincipalId ResourceTenantId RiskDetail RiskEventTypes
      RiskEventTypes_V2 RiskLevelAggregated RiskLevelDuringSignIn RiskState ServicePrincipalId SessionId
      SessionLifetimePolicies SignInEventTypes SignInIdentifierType TokenProtectionStatusDetails Status
      TokenIssuerName TokenIssuerType UniqueTokenIdentifier UserAgent UserDisplayName UserId UserPrincipalName
      UserType Type
    `),
  }),
  table('AADServicePrincipalSignInLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/aadserviceprincipalsigninlogs',
    columns: columns(`
      TenantId SourceSystem TimeGenerated:datetime OperationName OperationVersion Category ResultType
      ResultSignature ResultDescription DurationMs:long CorrelationId ResourceGroup Identity Level Location AppId
      AppOwnerTenantId AuthenticationContextClassReferences AutonomousSystemNumber AuthenticationProcessingDetails
      ClientCredentialType ConditionalAccessAudiences ConditionalAccessPolicies ConditionalAccessStatus
      CreatedDateTime:datetime FederatedCredentialId Id IPAddress LocationDetails NetworkLocationDetails
      ResourceDisplayName ResourceIdentity ResourceOwnerTenantId ResourceServicePrincipalId
      ServicePrincipalCredentialKeyId ServicePrincipalCredentialThumbprint ServicePrincipalId ServicePrincipalName
      SessionId UniqueTokenIdentifier Agent UserAgent AADTenantId Type
    `),
  }),
  table('AADRiskyUsers', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/aadriskyusers',
    columns: columns(`
      TenantId Id IsDeleted:bool IsProcessing:bool RiskDetail RiskLastUpdatedDateTime:datetime RiskLevel RiskState
      UserDisplayName UserPrincipalName TimeGenerated:datetime OperationName CorrelationId SourceSystem Type
    `),
  }),
  table('AADUserRiskEvents', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/aaduserriskevents',
    columns: columns(`
      TenantId Activity ActivityDateTime:datetime AdditionalInfo:dynamic CorrelationId DetectedDateTime:datetime
      DetectionTimingType Id IpAddress LastUpdatedDateTime:datetime Location:dynamic RequestId RiskDetail
      RiskEventType RiskLevel RiskState Source TokenIssuerType UserDisplayName UserId UserPrincipalName
      TimeGenerated:datetime OperationName SourceSystem Type
    `),
  }),
  table('AuditLogs', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/auditlogs',
    columns: columns(`
      SourceSystem TimeGenerated:datetime ResourceId OperationName OperationVersion Category ResultType
      ResultSignature ResultDescription DurationMs:long CorrelationId Resource ResourceGroup ResourceProvider
      Identity Level Location AdditionalDetails:dynamic Id InitiatedBy:dynamic LoggedByService Result ResultReason
      TargetResources:dynamic AADTenantId ActivityDisplayName ActivityDateTime:datetime AADOperationType Type
      TenantId
    `),
  }),
  table('OfficeActivity', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/officeactivity',
    columns: columns(`
      TenantId Application UserDomain Activity UserAgent RecordType TimeGenerated:datetime Operation
      OrganizationId UserType UserKey OfficeWorkload ResultStatus ResultReasonType OfficeObjectId UserId ClientIP
      Site_ ItemType EventSource Source_Name MachineDomainInfo MachineId Site_Url SourceRelativeUrl SourceFileName
      SourceFileExtension DestinationRelativeUrl DestinationFileName DestinationFileExtension UserSharedWith
      SharingType CustomEvent Event_Data ModifiedObjectResolvedName Parameters ExternalAccess OriginatingServer
      OrganizationName Logon_Type InternalLogonType:int MailboxGuid MailboxOwnerUPN MailboxOwnerSid
      MailboxOwnerMasterAccountSid LogonUserSid LogonUserDisplayName ClientInfoString Client_IPAddress
      ClientMachineName ClientProcessName ClientVersion Folder CrossMailboxOperations:bool DestMailboxId
      DestMailboxOwnerUPN DestMailboxOwnerSid DestMailboxOwnerMasterAccountSid DestFolder Folders AffectedItems
      Item ModifiedProperties SendAsUserSmtp SendAsUserMailboxGuid SendOnBehalfOfUserSmtp
      SendonBehalfOfUserMailboxGuid ExtendedProperties Client LoginStatus:int Actor ActorContextId ActorIpAddress
      InterSystemsId IntraSystemId SupportTicketId TargetContextId DataCenterSecurityEventType:int
      EffectiveOrganization ElevationTime:datetime ElevationApprover ElevationApprovedTime:datetime
      ElevationRequestId ElevationRole ElevationDuration:int GenericInfo SourceSystem OfficeId SourceRecordId
      AzureActiveDirectory_EventType AADTarget Start_Time:datetime OfficeTenantId TargetUserOrGroupName
      TargetUserOrGroupType MessageId Members:dynamic TeamName TeamGuid ChannelType ChannelName ChannelGuid
      ExtraProperties:dynamic AddOnType AddonName TabType Name OldValue NewValue ItemName ChatThreadId ChatName
      CommunicationType AADGroupId AddOnGuid AppDistributionMode TargetUserId OperationScope AzureADAppId
      OperationProperties:dynamic AppId ClientAppId ApplicationId SRPolicyId SRPolicyName
      SRRuleMatchDetails:dynamic IsManagedDevice:bool AppPoolName AppAccessContext:dynamic Attendees:dynamic
      ArtifactsShared:dynamic IsJoinedFromLobby:bool JoinTime:datetime LeaveTime:datetime DeviceInformation
      MeetingDetailId ListItemUniqueId SensitivityLabelId UniqueSharingId Type
    `),
  }),
  table('SecurityAlert', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityalert',
    columns: columns(`
      TimeGenerated:datetime DisplayName AlertName AlertSeverity Description ProviderName VendorName
      VendorOriginalId SystemAlertId ResourceId SourceComputerId AlertType ConfidenceLevel ConfidenceScore:real
      IsIncident:bool StartTime:datetime EndTime:datetime ProcessingEndTime:datetime RemediationSteps
      ExtendedProperties Entities WorkspaceSubscriptionId WorkspaceResourceGroup ExtendedLinks ProductName
      ProductComponentName AlertLink Status CompromisedEntity Tactics Techniques SubTechniques Type
    `),
  }),
  table('SecurityIncident', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityincident',
    columns: columns(`
      TenantId TimeGenerated:datetime IncidentName Title Description Severity Status Classification
      ClassificationComment ClassificationReason Owner:dynamic ProviderName ProviderIncidentId
      FirstActivityTime:datetime LastActivityTime:datetime FirstModifiedTime:datetime LastModifiedTime:datetime
      CreatedTime:datetime ClosedTime:datetime IncidentNumber:int RelatedAnalyticRuleIds:dynamic AlertIds:dynamic
      BookmarkIds:dynamic Comments:dynamic Tasks:dynamic Labels:dynamic IncidentUrl AdditionalData:dynamic
      ModifiedBy SourceSystem Type
    `),
  }),
  table('SecurityEvent', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityevent',
    columns: columns(`
      TenantId TimeGenerated:datetime SourceSystem Account AccountType Computer EventSourceName Channel Task:int
      Level EventData EventID:int Activity StorageAccount AzureDeploymentID AccessMask AccountDomain
      AccountExpires AccountName AccountSessionIdentifier AdditionalInfo AdditionalInfo2 AllowedToDelegateTo
      Attributes AuditPolicyChanges AuditsDiscarded:int AuthenticationLevel:int AuthenticationPackageName
      AuthenticationProvider AuthenticationServer AuthenticationService:int AuthenticationType CACertificateHash
      CalledStationID CallerProcessId CallerProcessName CallingStationID CAPublicKeyHash CategoryId
      CertificateDatabaseHash ClassId ClassName ClientAddress ClientIPAddress ClientName CommandLine CompatibleIds
      DCDNSName DeviceDescription DeviceId DisplayName Disposition DomainBehaviorVersion DomainName
      DomainPolicyChanged DomainSid EAPType ElevatedToken ErrorCode:int ExtendedQuarantineState FailureReason
      FileHash FilePath FilePathNoUser Filter ForceLogoff Fqbn FullyQualifiedSubjectMachineName
      FullyQualifiedSubjectUserName GroupMembership HandleId HardwareIds HomeDirectory HomePath InterfaceUuid
      IpAddress IpPort KeyLength:int LmPackageName LocationInformation LockoutDuration LockoutObservationWindow
      LockoutThreshold LoggingResult LogonGuid LogonHours LogonID LogonProcessName LogonType:int LogonTypeName
      MachineAccountQuota MachineInventory MachineLogon MandatoryLabel MaxPasswordAge MemberName MemberSid
      MinPasswordAge MinPasswordLength MixedDomainMode NASIdentifier NASIPv4Address NASIPv6Address NASPort
      NASPortType NetworkPolicyName NewDate NewMaxUsers NewProcessId NewProcessName NewRemark NewShareFlags
      NewTime NewUacValue NewValue NewValueType ObjectName ObjectServer ObjectType ObjectValueName OemInformation
      OldMaxUsers OldRemark OldShareFlags OldUacValue OldValue OldValueType OperationType PackageName
      ParentProcessName PasswordHistoryLength PasswordLastSet PasswordProperties PreviousDate PreviousTime
      PrimaryGroupId PrivateKeyUsageCount PrivilegeList Process ProcessId ProcessName Properties ProfilePath
      ProtocolSequence ProxyPolicyName QuarantineHelpURL QuarantineSessionID QuarantineSessionIdentifier
      QuarantineState QuarantineSystemHealthResult RelativeTargetName RemoteIpAddress RemotePort Requester
      RequestId RestrictedAdminMode RowsDeleted SamAccountName ScriptPath SecurityDescriptor ServiceAccount
      ServiceFileName ServiceName ServiceStartType:int ServiceType SessionName ShareLocalPath ShareName SidHistory
      Status SubjectAccount SubcategoryGuid SubcategoryId Subject SubjectDomainName SubjectKeyIdentifier
      SubjectLogonId SubjectMachineName SubjectMachineSID SubjectUserName SubjectUserSid SubStatus TableId
      TargetAccount TargetDomainName TargetInfo TargetLinkedLogonId TargetLogonGuid TargetLogonId
      TargetOutboundDomainName TargetOutboundUserName TargetServerName TargetSid TargetUser TargetUserName
      TargetUserSid TemplateContent TemplateDSObjectFQDN TemplateInternalName TemplateOID TemplateSchemaVersion
      TemplateVersion TokenElevationType TransmittedServices UserAccountControl UserParameters UserPrincipalName
      UserWorkstations VirtualAccount VendorIds Workstation WorkstationName EventLevelName SourceComputerId
      ManagementGroupName SystemUserId Version:int Opcode Keywords Correlation SystemProcessId:int
      SystemThreadId:int EventRecordId Type AccessList
    `),
  }),
  table('BehaviorAnalytics', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/behavioranalytics',
    columns: columns(`
      TenantId SourceRecordId TimeGenerated:datetime TimeProcessed:datetime ActivityType ActionType UserName
      UserPrincipalName EventSource SourceIPAddress SourceIPLocation SourceDevice DestinationIPAddress
      DestinationIPLocation DestinationDevice EventVendor EventProductVersion ActorName ActorPrincipalName
      TargetName TargetPrincipalName Device UsersInsights:dynamic DevicesInsights:dynamic ActivityInsights:dynamic
      SourceSystem NativeTableName InvestigationPriority:int Type
    `),
  }),
  table('UserPeerAnalytics', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/userpeeranalytics',
    columns: columns(`
      TenantId TimeGenerated:datetime AADTenantId UserId UserPrincipalName UserName PeerUserId
      PeerUserPrincipalName PeerUserName Rank:int SourceSystem Type
    `),
  }),
  table('Anomalies', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/anomalies',
    columns: columns(`
      TenantId Id WorkspaceId VendorName TimeGenerated:datetime AnomalyTemplateId AnomalyTemplateName
      AnomalyTemplateVersion RuleId RuleStatus RuleName RuleConfigVersion Score:real Description
      StartTime:datetime EndTime:datetime ExtendedLinks:dynamic Tactics Techniques UserName UserPrincipalName
      SourceIpAddress SourceLocation:dynamic SourceDevice DestinationIpAddress DestinationLocation:dynamic
      DestinationDevice ActivityInsights:dynamic DeviceInsights:dynamic UserInsights:dynamic
      AnomalyReasons:dynamic Entities:dynamic ExtendedProperties:dynamic AnomalyDetails:dynamic SourceSystem Type
    `),
  }),
  table('ThreatIntelligenceIndicator', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/threatintelligenceindicator',
    columns: columns(`
      TenantId TimeGenerated:datetime SourceSystem Action ActivityGroupNames AdditionalInformation
      ConfidenceScore:real Description DiamondModel ExternalIndicatorId ExpirationDateTime:datetime IndicatorId
      ThreatType Active:bool KillChainActions:bool KillChainC2:bool KillChainDelivery:bool
      KillChainExploitation:bool KillChainReconnaissance:bool KillChainWeaponization:bool KnownFalsePositives
      MalwareNames PassiveOnly:bool ThreatSeverity:int Tags TrafficLightProtocolLevel EmailEncoding EmailLanguage
      EmailRecipient EmailSenderAddress EmailSenderName EmailSourceDomain EmailSourceIpAddress EmailSubject
      EmailXMailer FileCompileDateTime:datetime FileCreatedDateTime:datetime FileHashType FileHashValue
      FileMutexName FileName FilePacker FilePath FileSize:int FileType DomainName NetworkIP NetworkPort:int
      NetworkDestinationAsn:int NetworkDestinationCidrBlock NetworkDestinationIP NetworkCidrBlock
      NetworkDestinationPort:int NetworkProtocol:int NetworkSourceAsn:int NetworkSourceCidrBlock NetworkSourceIP
      NetworkSourcePort:int Url UserAgent IndicatorProvider Type
    `),
  }),
  table('ThreatIntelIndicators', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/threatintelindicators',
    columns: columns(`
      TenantId TimeGenerated:datetime WorkspaceId AzureTenantId Id SourceSystem LastUpdateMethod IsDeleted:bool
      AdditionalFields:dynamic Data:dynamic IsActive:bool Revoked:bool ValidUntil:datetime ValidFrom:datetime
      Created:datetime Modified:datetime Tags Confidence:int Pattern ObservableKey ObservableValue Type
    `),
  }),
  table('CommonSecurityLog', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/commonsecuritylog',
    columns: columns(`
      TenantId TimeGenerated:datetime DeviceVendor DeviceProduct DeviceVersion DeviceEventClassID Activity
      LogSeverity OriginalLogSeverity AdditionalExtensions DeviceAction ApplicationProtocol EventCount:int
      DestinationDnsDomain DestinationServiceName DestinationTranslatedAddress DestinationTranslatedPort:int
      CommunicationDirection DeviceDnsDomain DeviceExternalID DeviceFacility DeviceInboundInterface DeviceNtDomain
      DeviceOutboundInterface DevicePayloadId ProcessName DeviceTranslatedAddress DestinationHostName
      DestinationMACAddress DestinationNTDomain DestinationProcessId:int DestinationUserPrivileges
      DestinationProcessName DestinationPort:int DestinationIP DeviceTimeZone DestinationUserID
      DestinationUserName DeviceAddress DeviceName DeviceMacAddress ProcessID:int EndTime:datetime ExternalID:int
      ExtID FileCreateTime FileHash FileID FileModificationTime FilePath FilePermission FileType FileName
      FileSize:int ReceivedBytes:long Message OldFileCreateTime OldFileHash OldFileID OldFileModificationTime
      OldFileName OldFilePath OldFilePermission OldFileSize:int OldFileType SentBytes:long EventOutcome Protocol
      Reason RequestURL RequestClientApplication RequestContext RequestCookies RequestMethod ReceiptTime
      SourceHostName SourceMACAddress SourceNTDomain SourceDnsDomain SourceServiceName SourceTranslatedAddress
      SourceTranslatedPort:int SourceProcessId:int SourceUserPrivileges SourceProcessName SourcePort:int SourceIP
      StartTime:datetime SourceUserID SourceUserName EventType:int DeviceEventCategory DeviceCustomIPv6Address1
      DeviceCustomIPv6Address1Label DeviceCustomIPv6Address2 DeviceCustomIPv6Address2Label
      DeviceCustomIPv6Address3 DeviceCustomIPv6Address3Label DeviceCustomIPv6Address4
      DeviceCustomIPv6Address4Label DeviceCustomFloatingPoint1:real DeviceCustomFloatingPoint1Label
      DeviceCustomFloatingPoint2:real DeviceCustomFloatingPoint2Label DeviceCustomFloatingPoint3:real
      DeviceCustomFloatingPoint3Label DeviceCustomFloatingPoint4:real DeviceCustomFloatingPoint4Label
      DeviceCustomNumber1:int FieldDeviceCustomNumber1:long DeviceCustomNumber1Label DeviceCustomNumber2:int
      FieldDeviceCustomNumber2:long DeviceCustomNumber2Label DeviceCustomNumber3:int FieldDeviceCustomNumber3:long
      DeviceCustomNumber3Label DeviceCustomString1 DeviceCustomString1Label DeviceCustomString2
      DeviceCustomString2Label DeviceCustomString3 DeviceCustomString3Label DeviceCustomString4
      DeviceCustomString4Label DeviceCustomString5 DeviceCustomString5Label DeviceCustomString6
      DeviceCustomString6Label DeviceCustomDate1 DeviceCustomDate1Label DeviceCustomDate2 DeviceCustomDate2Label
      FlexDate1 FlexDate1Label FlexNumber1:int FlexNumber1Label FlexNumber2:int FlexNumber2Label FlexString1
      FlexString1Label FlexString2 FlexString2Label RemoteIP RemotePort MaliciousIP ThreatSeverity:int
      IndicatorThreatType ThreatDescription ThreatConfidence ReportReferenceLink MaliciousIPLongitude:real
      MaliciousIPLatitude:real MaliciousIPCountry Computer SourceSystem SimplifiedDeviceAction CollectorHostName
      Type
    `),
  }),
  table('AzureActivity', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/azureactivity',
    columns: columns(`
      OperationName OperationNameValue Level ActivityStatus ActivityStatusValue ActivitySubstatus
      ActivitySubstatusValue ResourceGroup SubscriptionId CorrelationId Caller CallerIpAddress Category
      CategoryValue HTTPRequest Properties EventSubmissionTimestamp:datetime Authorization ResourceId OperationId
      ResourceProvider ResourceProviderValue Resource EventDataId TenantId TimeGenerated:datetime SourceSystem
      Authorization_d:dynamic Claims Claims_d:dynamic Properties_d:dynamic Hierarchy Type
    `),
  }),
  table('DnsEvents', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/dnsevents',
    columns: columns(`
      Computer SourceSystem TimeGenerated:datetime EventId:int SubType ClientIP Name Result IPAddresses Message
      TaskCategory QueryType ResultCode:int MaliciousIP IndicatorThreatType Description Confidence Severity:int
      RemoteIPLongitude:real RemoteIPLatitude:real RemoteIPCountry Type
    `),
  }),
  table('Watchlist', {
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/watchlist',
    columns: columns(`
      TenantId TimeGenerated:datetime AzureTenantId WatchlistId WatchlistItemId WatchlistName WatchlistAlias
      Source Provider CreatedBy:dynamic UpdatedBy:dynamic CreatedTimeUTC:datetime LastUpdatedTimeUTC:datetime
      Notes Tags DefaultDuration TimeToLive:datetime WatchlistItem:dynamic EntityMapping:dynamic CorrelationId
      SearchKey WatchlistCategory SourceSystem Type
    `),
  }),
];
