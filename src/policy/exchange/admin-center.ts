import { isMoment, isWord, type Parameter, type ParameterValue, type TransportRule } from './parameters.ts';

/**
 * Where each condition and action stands in the admin center.
 *
 * @source "Conditions and exceptions for mail flow rules", "Mail flow rule actions" in Exchange Online
 */
const labels: Readonly<Record<string, string>> = {
  From: 'The sender > is this person',
  FromAddressContainsWords: 'The sender > address includes any of these words',
  FromAddressMatchesPatterns: 'The sender > address matches any of these text patterns',
  SenderDomainIs: 'The sender > domain is',
  FromScope: 'The sender > is external/internal',
  SenderIpRanges: 'The sender > IP address is in any of these ranges or exactly matches',
  SentTo: 'The recipient > is this person',
  SentToScope: 'The recipient > is external/internal',
  RecipientDomainIs: 'The recipient > domain is',
  RecipientAddressContainsWords: 'The recipient > address includes any of these words',
  RecipientAddressMatchesPatterns: 'The recipient > address matches any of these text patterns',
  AnyOfToHeader: 'The message > To box contains this person',
  AnyOfCcHeader: 'The message > Cc box contains this person',
  AnyOfToCcHeader: 'The message > To or Cc box contains this person',
  HeaderContainsMessageHeader: 'The message headers > includes any of these words > header',
  HeaderContainsWords: '... includes',
  HeaderMatchesMessageHeader: 'The message headers > matches these text patterns > header',
  HeaderMatchesPatterns: '... matches',
  SubjectContainsWords: 'The subject or body > subject includes any of these words',
  SubjectMatchesPatterns: 'The subject or body > subject matches these text patterns',
  SubjectOrBodyContainsWords: 'The subject or body > subject or body includes any of these words',
  SubjectOrBodyMatchesPatterns: 'The subject or body > subject or body matches these text patterns',
  SCLOver: 'The message properties > include an SCL greater than or equal to',
  MessageSizeOver: 'The message > size is greater than or equal to',
  MessageTypeMatches: 'The message properties > include the message type',
  RejectMessageReasonText: 'Block the message > reject the message and include an explanation',
  RejectMessageEnhancedStatusCode: 'Block the message > reject the message with the enhanced status code of',
  DeleteMessage: 'Block the message > delete the message without notifying anyone',
  Quarantine: 'Redirect the message to > hosted quarantine',
  SetHeaderName: 'Modify the message properties > set a message header',
  SetHeaderValue: '... to the value',
  RemoveHeader: 'Modify the message properties > remove a message header',
  PrependSubject: 'Prepend the subject of the message with',
  ApplyHtmlDisclaimerText: 'Apply a disclaimer to the message',
  ApplyHtmlDisclaimerLocation: '... append or prepend it',
  ApplyHtmlDisclaimerFallbackAction: '... fall back to',
};

/** What belongs to the parameter before it. */
const MORE = '... ';

const settings: Readonly<Record<string, string>> = {
  Mode: 'Rule mode',
  SetAuditSeverity: 'Severity',
  ActivationDate: 'Activate this rule on',
  ExpiryDate: 'Deactivate this rule on',
  StopRuleProcessing: 'Stop processing more rules',
  RuleErrorAction: 'Defer the message if rule processing does not complete',
  SenderAddressLocation: 'Match sender address in message',
  Comments: 'Comments',
  Enabled: 'Leave it switched off',
};

const actions = /^(?:Reject|Delete|Quarantine|SetHeader|RemoveHeader|Prepend|Apply)/;
const modes: Readonly<Record<string, string>> = { Enforce: 'Enforce', Audit: 'Test without Policy Tips' };

/** A rule as one clicks it together, a line for each thing that is chosen or typed. */
export function clickPath({ name, parameters }: TransportRule): readonly string[] {
  const of = (form: (one: Parameter) => boolean) => parameters.filter(form);
  const isException = ({ name: it }: Parameter) => it.startsWith('ExceptIf');
  const conditions = of((one) => !isException(one) && one.name in labels && !actions.test(one.name));
  return [
    'https://admin.exchange.microsoft.com > Mail flow > Rules > Add a rule > Create a new rule',
    `Name: ${name}`,
    ...(conditions.length === 0
      ? ['Apply this rule if: Apply to all messages']
      : lines('Apply this rule if', conditions)),
    ...lines(
      'Do the following',
      of((one) => actions.test(one.name)),
    ),
    ...lines('Except if', of(isException)),
    ...of((one) => one.name in settings).map((one) => `Next > ${settings[one.name]}${shown(one)}`),
  ];
}

/** A line for each; what belongs to the one before stands on its line. */
function lines(head: string, parameters: readonly Parameter[]): readonly string[] {
  const found: string[] = [];
  for (const one of parameters) {
    const label = labels[one.name.replace(/^ExceptIf/, '')]!;
    if (label.startsWith(MORE)) found[found.length - 1] += `; ${label.slice(MORE.length)}${shown(one)}`;
    else found.push(`${head}: ${label}${shown(one)}`);
  }
  return found;
}

const shown = ({ name, value }: Parameter): string => {
  if (value === true || name === 'RuleErrorAction' || name === 'Enabled') return '';
  return `: ${name === 'Mode' && isWord(value) ? (modes[value.word] ?? value.word) : plain(value)}`;
};

const plain = (value: ParameterValue): string => {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isWord(value)) return value.word;
  return isMoment(value) ? new Date(value.at).toISOString() : value.map((one) => JSON.stringify(one)).join(', ');
};
