import { domainToASCII } from 'node:url';
import { deliveryActions } from './fields.ts';
import type { SearchTerm } from './parse-search.ts';

/**
 * How a condition looks in KQL over `EmailEvents`. `varies` where the rows of one message differ in it (a row is one
 * recipient): its negation must look at all of them.
 */
interface Condition {
  readonly kql: (value: string) => string;
  readonly varies?: (value: string) => boolean;
}

const always = () => true;

/** A text as a KQL literal. Ids come from exports and can hold anything: what ends a line is written as an escape. */
export const literal = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

/** The predicate that picks messages by their ids. */
export const among = (ids: Iterable<string>): string => `NetworkMessageId in (${[...ids].map(literal).join(', ')})`;

const isAddress = (value: string): boolean => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value);

/** A whole address exactly, anything else as a part. */
const address = (columns: readonly string[]) => (value: string) =>
  columns.map((column) => `${column} ${isAddress(value) ? '=~' : 'contains'} ${literal(value)}`).join(' or ');

const part = (column: string) => (value: string) => `${column} contains ${literal(value)}`;

const of = (table: string, condition: string): string =>
  `NetworkMessageId in ((${table}${condition && ` | where ${condition}`} | project NetworkMessageId))`;

/** Defender writes AuthenticationDetails as JSON; exports and mailhunt also in the words of the header. */
const result = (method: string, value: string): string =>
  `tostring(parse_json(AuthenticationDetails).${method}) =~ ${literal(value)} or AuthenticationDetails has ${literal(`${method.toLowerCase()}=${value.toLowerCase()}`)}`;

const methods: Readonly<Record<string, string>> = { dmarc: 'DMARC', dkim: 'DKIM', spf: 'SPF' };

const conditions: Readonly<Record<string, Condition>> = {
  words: {
    kql: (value) =>
      ['Subject', 'SenderFromAddress', 'SenderDisplayName', 'RecipientEmailAddress']
        .map((column) => part(column)(value))
        .join(' or '),
    varies: always,
  },
  from: {
    kql: (value) =>
      isAddress(value)
        ? `SenderFromAddress =~ ${literal(value)}`
        : `SenderFromAddress contains ${literal(value)} or SenderDisplayName contains ${literal(value)}`,
  },
  to: { kql: address(['RecipientEmailAddress']), varies: always },
  subject: { kql: part('Subject') },
  domain: { kql: domain },
  envelope: { kql: address(['SenderMailFromAddress']) },
  ip: { kql: ip },
  auth: {
    kql: (value) => {
      const [method = '', word = ''] = value.split('=');
      return result(methods[method] ?? '', word);
    },
  },
  compauth: {
    kql: (value) =>
      /^\d/.test(value)
        ? of('EmailAuthentication', `Method == "CompAuth" and ReasonCode == ${literal(value)}`)
        : result('CompAuth', value),
  },
  delivered: {
    kql: (value) => `DeliveryAction ${value === 'yes' ? '==' : '!='} "Delivered"`,
    varies: always,
  },
  action: { kql: action, varies: (value) => (deliveryActions as readonly string[]).includes(value) },
  clicked: { kql: clicked },
  url: { kql: (value) => of('EmailUrlInfo', `Url contains ${literal(refanged(value))}`) },
  attachment: {
    kql: (value) =>
      of(
        'EmailAttachmentInfo',
        /^[0-9a-f]{64}$/i.test(value) ? `SHA256 =~ ${literal(value)}` : `FileName contains ${literal(value)}`,
      ),
  },
  has: { kql: (value) => (value === 'url' ? 'UrlCount > 0' : 'AttachmentCount > 0') },
  threat: { kql: threat },
  direction: { kql: (value) => `EmailDirection =~ ${literal(value)}` },
  id: { kql: id },
  after: { kql: (value) => `Timestamp >= ${moment(value)}` },
  before: { kql: (value) => `Timestamp < ${moment(value)}` },
};

/**
 * The conditions of a search as predicates of KQL over `EmailEvents`, each fit to stand behind `where`. A row is one
 * message for one recipient: positive conditions meet in one row; what is negated holds for no row of the message; a
 * second `to:` looks among all its recipients.
 *
 * @example searchPredicates(parseSearch('auth:dmarc=fail').terms)
 *   // ['tostring(parse_json(AuthenticationDetails).DMARC) =~ "fail"']
 */
export function searchPredicates(terms: readonly SearchTerm[]): readonly string[] {
  let recipients = 0;
  return terms.map(({ field, value, isNegated }) => {
    const condition = conditions[field]!;
    const kql = condition.kql(value);
    const varies = condition.varies?.(value) ?? false;
    const elsewhere = field === 'to' && !isNegated && recipients++ > 0;
    if (isNegated && varies) return `not(${of('EmailEvents', kql)})`;
    if (elsewhere) return of('EmailEvents', kql);
    return isNegated ? `not(${kql})` : kql;
  });
}

/**
 * The search as a hunt that a person can read and change.
 *
 * @example searchHunt(['Subject contains "a"']) // 'EmailEvents\n| where Subject contains "a"\n| project …'
 */
export const searchHunt = (predicates: readonly string[]): string =>
  [
    'EmailEvents',
    ...predicates.map((predicate) => `| where ${predicate}`),
    '| project Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject, DeliveryAction, AuthenticationDetails',
    '| order by Timestamp desc',
  ].join('\n');

function domain(value: string): string {
  const name = value.replace(/^@/, '').replace(/^\*?\./, '');
  const ascii = domainToASCII(name);
  const names = [...new Set([name, ascii === '' ? name : ascii])];
  return names
    .map((one) => `SenderFromDomain =~ ${literal(one)} or SenderFromDomain endswith ${literal(`.${one}`)}`)
    .join(' or ');
}

function ip(value: string): string {
  const isV6 = value.includes(':');
  if (!value.includes('/')) return `${isV6 ? 'SenderIPv6' : 'SenderIPv4'} =~ ${literal(value)}`;
  return isV6 ? `ipv6_is_in_range(SenderIPv6, ${literal(value)})` : `ipv4_is_in_range(SenderIPv4, ${literal(value)})`;
}

function action(value: string): string {
  if ((deliveryActions as readonly string[]).includes(value)) return `DeliveryAction =~ ${literal(value)}`;
  return of('EmailAuthentication', `Method == "CompAuth" and Action =~ ${literal(value)}`);
}

function clicked(value: string): string {
  if (value === 'allowed') return of('UrlClickEvents', 'ActionType == "ClickAllowed" or IsClickedThrough == true');
  const some = of('UrlClickEvents', '');
  return value === 'yes' ? some : `not(${some})`;
}

function threat(value: string): string {
  if (value === 'yes') return 'isnotempty(ThreatTypes)';
  return value === 'no' ? 'isempty(ThreatTypes)' : `ThreatTypes has ${literal(value)}`;
}

/** Message-IDs are stored with their angle brackets or without, as the source had them. */
function id(value: string): string {
  const bare = value.replace(/^<|>$/g, '');
  return `NetworkMessageId =~ ${literal(bare)} or InternetMessageId in~ (${literal(bare)}, ${literal(`<${bare}>`)})`;
}

function moment(value: string): string {
  const age = /^(\d+)([dhm])$/i.exec(value);
  if (age) return `ago(${age[1]}${age[2]?.toLowerCase()})`;
  return `datetime(${value.toUpperCase().replace(/Z$/, '')})`;
}

/** `hxxps://login[.]example[.]net` as it stood in the message. */
const refanged = (value: string): string =>
  value.replace(/^hxxp/i, 'http').replaceAll('[.]', '.').replaceAll('(.)', '.').replaceAll('[:]', ':');
