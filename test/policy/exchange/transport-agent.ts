import { Document } from 'yaml';
import type { ParameterValue, TransportRule } from '../../../src/policy/exchange/index.ts';
import { type MailItem, predicateTable } from '../../../src/policy/index.ts';
import { yamlSpot } from '../../../src/yaml/index.ts';

/** What becomes of a message. */
export interface Fate {
  readonly action: 'Reject' | 'Quarantine' | 'DeleteMessage' | 'Deliver';
  /** The subject, and the fields that are no marks. */
  readonly subject: string;
}

/**
 * Asks transport rules of a message as Exchange documents it: in order, conditions all, exceptions any; reject, quarantine,
 * delete and StopRuleProcessing end it; what a rule writes into the header the next one sees.
 */
export function fateOf(rules: readonly TransportRule[], item: MailItem, now: number): Fate {
  const written = new Map<string, string | undefined>();
  let { subject } = item;
  const seen = (): MailItem => ({
    ...item,
    subject,
    headers: (name) => {
      const own = written.get(name.toLowerCase());
      if (!written.has(name.toLowerCase())) return item.headers(name);
      return own === undefined ? [] : [own];
    },
  });
  for (const rule of rules) {
    const given = new Map(rule.parameters.map(({ name, value }) => [name, value]));
    if (!isActive(given, now) || !matches(given, seen())) continue;
    if (text(given.get('Mode')) === 'Audit') continue;
    const field = given.get('SetHeaderName');
    if (field !== undefined) written.set(text(field).toLowerCase(), text(given.get('SetHeaderValue')));
    const removed = given.get('RemoveHeader');
    if (removed !== undefined) written.set(text(removed).toLowerCase(), undefined);
    const prefix = given.get('PrependSubject');
    if (prefix !== undefined) subject = text(prefix) + subject;
    if (given.has('RejectMessageReasonText')) return { action: 'Reject', subject };
    if (given.has('Quarantine')) return { action: 'Quarantine', subject };
    if (given.has('DeleteMessage')) return { action: 'DeleteMessage', subject };
    if (given.has('StopRuleProcessing')) break;
  }
  return { action: 'Deliver', subject };
}

const text = (value: ParameterValue | undefined): string =>
  typeof value === 'object' && 'word' in value ? value.word : String(value);

type Given = ReadonlyMap<string, ParameterValue>;

function isActive(given: Given, now: number): boolean {
  const at = (name: string) => (given.get(name) as { readonly at: number } | undefined)?.at;
  return given.get('Enabled') !== false && (at('ActivationDate') ?? now) <= now && now < (at('ExpiryDate') ?? now + 1);
}

function matches(given: Given, item: MailItem): boolean {
  const location = given.has('SenderAddressLocation') ? text(given.get('SenderAddressLocation')) : 'Header';
  const answers = (prefix: string) =>
    predicateTable
      .filter(({ exchange }) => exchange !== undefined && given.has(`${prefix}${exchange.parameters[0]}`))
      .map((row) => {
        const [first, second] = row.exchange!.parameters.map((name) => plain(given.get(`${prefix}${name}`)));
        const pair = row.name === 'HeaderContains' ? 'Words' : 'Patterns';
        const argument = second === undefined ? first : { MessageHeader: first, [pair]: second };
        const value = row.argument.read(yamlSpot(new Document(argument).toString(), '', 'POLICY0001'));
        return row.test(item, value, { senderAddressLocation: location as 'Header' });
      });
  return answers('').every((one) => one === true) && !answers('ExceptIf').some((one) => one === true);
}

const plain = (value: ParameterValue | undefined): unknown => {
  if (typeof value === 'object' && 'word' in value)
    return /^\d+B$/.test(value.word) ? Number(value.word.slice(0, -1)) : value.word;
  return value;
};
