/** Properties of a rule that say nothing about which mail it is for, or are read by name. */
const facts = [
  'Name Priority Comments State Mode Enabled StopRuleProcessing RuleErrorAction SenderAddressLocation RecipientAddressType UseLegacyRegex',
  'ActivationDate ExpiryDate Conditions Exceptions Actions Description',
  'Identity DistinguishedName Guid ImmutableId Id OrganizationId OrganizationalUnitRoot ObjectCategory ObjectClass OriginatingServer',
  'RuleVersion Size RegexSize ManuallyModified IsValid IsRuleConfigurationSupported RuleConfigurationUnsupportedReason ExchangeVersion ObjectState',
  'WhenChanged WhenChangedUTC WhenCreated WhenCreatedUTC CreatedBy LastModifiedBy RunspaceId ExchangeObjectId',
];
const known: ReadonlySet<string> = new Set(facts.join(' ').split(' '));

export const isFact = (name: string): boolean => known.has(name) || /^(?:PS[A-Z]|@|odata)|@odata|@data/.test(name);

/** Properties that mean nothing without another one. */
export const attendants: Readonly<Record<string, string>> = {
  ADComparisonOperator: 'ADComparisonAttribute',
  ExceptIfADComparisonOperator: 'ExceptIfADComparisonAttribute',
  ManagerForEvaluatedUser: 'ManagerAddresses',
  ExceptIfManagerForEvaluatedUser: 'ExceptIfManagerAddresses',
  ApplyHtmlDisclaimerLocation: 'ApplyHtmlDisclaimerText',
  ApplyHtmlDisclaimerFallbackAction: 'ApplyHtmlDisclaimerText',
  AddManagerAsRecipientType: 'AddToRecipients',
  IncidentReportContent: 'GenerateIncidentReport',
  IncidentReportOriginalMail: 'GenerateIncidentReport',
};

/** Actions that only tell somebody: left away, the message fares the same. */
const reports: ReadonlySet<string> = new Set([
  'GenerateIncidentReport',
  'IncidentReportContent',
  'IncidentReportOriginalMail',
  'GenerateNotification',
  'SetAuditSeverity',
  'LogEventText',
]);
export const isReport = (name: string): boolean => reports.has(name);

/** Actions that mailhunt has, by the parameters that say them. */
export const knownActions: ReadonlySet<string> = new Set([
  'RejectMessageReasonText',
  'RejectMessageEnhancedStatusCode',
  'DeleteMessage',
  'Quarantine',
  'SetHeaderName',
  'SetHeaderValue',
  'RemoveHeader',
  'PrependSubject',
  'ApplyHtmlDisclaimerText',
  'ApplyHtmlDisclaimerLocation',
  'ApplyHtmlDisclaimerFallbackAction',
]);

const foreignActions =
  /^(?:AddToRecipients|AddManagerAsRecipientType|Apply|BlindCopyTo|CopyTo|Disconnect|ModerateMessage|NotifySender|Redirect|RemoveOME|RemoveRMS|RouteMessage|SetSCL|SmtpReject)/;

/** What an unsupported property is, for a person. */
export function kindOf(name: string): string {
  if (name.startsWith('ExceptIf')) return 'exception';
  return foreignActions.test(name) ? 'action' : 'condition';
}
