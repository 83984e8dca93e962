/**
 * Columns of EmailEvents that a message tells while it comes in: what a predicate may ask. The others hold what became of it
 * (DeliveryAction), what filters found (ThreatTypes) or a directory knows (RecipientObjectId). A gate, which is asked before
 * all that, would find them empty or as they always are, and a replay would find them filled.
 */
export const toldColumns: ReadonlySet<string> = new Set([
  ...['Timestamp', 'InternetMessageId', 'EmailDirection', 'Subject', 'EmailSize', 'AttachmentCount', 'UrlCount'],
  ...['SenderMailFromAddress', 'SenderMailFromDomain', 'SenderFromAddress', 'SenderFromDomain', 'SenderDisplayName'],
  ...['SenderIPv4', 'SenderIPv6', 'RecipientEmailAddress', 'RecipientDomain', 'To', 'Cc', 'AuthenticationDetails'],
]);

/** Which predicate to take instead of a column. */
export const predicateInstead: ReadonlyMap<string, string> = new Map([
  ['IsFirstContact', 'FirstContact'],
  ['ConfidenceLevel', 'SCLOver'],
]);
