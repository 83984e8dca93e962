import type { Row } from '../../kql/index.ts';
import { type Case, type CaseLetter, marked, mayForge, type OutcomeName, outcomes, receive } from '../../lab/index.ts';
import type { Batch, Sandbox } from '../../store/index.ts';
import { parseDynamic, unixMsFromTicks } from '../../values/index.ts';
import type { Witness, WitnessRow } from './witness.ts';

/** A real message that makes a rule fire, or why none was written. */
export type MessageWitness =
  | {
      readonly bytes: Buffer;
      /** What DNS has to hold for the verdict: `bank.example TXT v=spf1 -all`. */
      readonly records: readonly string[];
    }
  | { readonly refusal: string };

/** What a message is made and tried with. */
export interface MessageMeans {
  readonly sandbox: Sandbox;
  readonly now: bigint;
  readonly seed: number;
  /** Domains in whose name a message may be beside those that nobody has. */
  readonly own?: readonly string[];
}

type Part<K extends keyof Case> = Partial<Pick<Case, K>>;
type Setting = Required<Part<'domains' | 'failing'>> & { readonly journey: CaseLetter['letter']['journey'] };

const SERVER = '203.0.113.66';
/** What would end an address, or the line that it stands in: a query can name any text. */
const UNWRITABLE = /[\s\p{Cc}<>,]/u;
const TABLES = new Set(['EmailEvents', 'EmailUrlInfo']);

/**
 * Writes the message behind a witness: its domains publish what gives the verdict of the row, it goes through the real
 * checks, and it counts only if the rule fires on the rows that it leaves.
 */
export async function messageOf(
  witness: Witness,
  fires: (witness: Witness) => Promise<boolean>,
  { sandbox, now, seed, own = [] }: MessageMeans,
): Promise<MessageWitness> {
  const events = witness.rows.filter(({ table }) => table === 'EmailEvents');
  const other = witness.rows.find(({ table }) => !TABLES.has(table));
  if (other !== undefined) return { refusal: `it needs rows of ${other.table} beside mail` };
  const [event] = events;
  if (event === undefined || events.length > 1) return { refusal: `it needs ${events.length} messages` };
  const to = textOf(event, 'RecipientEmailAddress');
  const odd = [fromOf(event), mailFromOf(event), to].find((address) => UNWRITABLE.test(address));
  if (odd !== undefined) return { refusal: `no message has the address ${JSON.stringify(odd)}` };
  const domains = [fromOf(event), mailFromOf(event)].map(domainOf);
  const taken = domains.find((domain) => domain !== '' && !mayForge(domain, own));
  if (taken !== undefined) return { refusal: `it would be in the name of ${taken}, which somebody has` };
  const receiver = domainOf(to);
  if (receiver !== '' && !mayForge(receiver, own)) return { refusal: `it would go to ${receiver}, which somebody has` };
  for (const words of wordsToTry(wordsOf(event))) {
    const sent = caseOf(event, witness.rows, words);
    const { batches, letters, records } = await receive(sent, { seed, now: unixMsFromTicks(now) });
    await sandbox.fill(batches as readonly Batch[]);
    if (await fires(witness))
      return {
        bytes: marked(letters[0]!.bytes, 'witness'),
        records: records.map(({ name, type, value }) => `${name} ${type} ${shown(value)}`),
      };
  }
  return { refusal: 'the rows that such a message leaves do not make it fire' };
}

/** The words of the row, and where DMARC fails those with which it does: a row may say what no mail can. */
const wordsToTry = (words: Words): readonly Words[] =>
  words.DMARC === 'fail' ? [words, { ...words, DKIM: 'none' }, { SPF: 'fail', DKIM: 'none', DMARC: 'fail' }] : [words];

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const textOf = ({ cells }: { readonly cells: Row }, column: string): string => String(cells.get(column) ?? '');
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The address of a row, or one of the domain that its conditions read. */
const addressOf =
  (addressColumn: string, domainColumn: string) =>
  (event: WitnessRow): string => {
    const address = textOf(event, addressColumn);
    const domain = textOf(event, domainColumn);
    const isLed = event.decisive.has(domainColumn) && !event.decisive.has(addressColumn);
    return isLed && domain !== '' ? `${address.split('@')[0] || 'info'}@${domain}` : address;
  };
const fromOf = addressOf('SenderFromAddress', 'SenderFromDomain');
const mailFromOf = addressOf('SenderMailFromAddress', 'SenderMailFromDomain');

/** A case of one letter that says what the row says. */
function caseOf(event: WitnessRow, rows: readonly WitnessRow[], words: Words): Case {
  const from = fromOf(event);
  const mailFrom = mailFromOf(event);
  const to = textOf(event, 'RecipientEmailAddress');
  const display = textOf(event, 'SenderDisplayName');
  const urls = rows.filter(({ table }) => table === 'EmailUrlInfo').map((row) => textOf(row, 'Url'));
  const { domains, failing, journey } = settingOf(domainOf(from), domainOf(mailFrom), words);
  const letter: CaseLetter = {
    letter: {
      from: display === '' ? from : `"${display.replace(/["\\\p{Cc}]/gu, '')}" <${from}>`,
      to: [to],
      subject: textOf(event, 'Subject'),
      text: ['Hello,', ...urls, BODY, ''].join('\n'),
      journey: journey ?? [],
      handOver: { ip: SERVER, helo: `mail.${domainOf(mailFrom) || 'sender.example'}`, mailFrom },
    },
    subjects: [],
    texts: [],
    files: [],
    direction: directionOf(event),
    claim: anyClaim,
    smtp: '250',
    outcome: outcomeOf(event),
    receipt: {},
    clicks: [],
    before: 0,
  };
  return {
    name: 'witness',
    nature: 'attack',
    story: 'Mail that makes a rule fire.',
    techniques: [],
    theme: 'witness',
    scenario: 'witness',
    twin: 'witness',
    domains,
    failing,
    letters: [letter],
    history: { domains: [], failing: [], letters: [] },
    acceptedDomains: [domainOf(to) || 'receiver.example'],
    trustedSealers: [],
    lists: {},
    pinned: [],
    standIns: { people: [], desks: [] },
  };
}

const BODY = 'here is what this is about.';

/** The verdict is found out, not claimed: a witness says nothing of what is right. */
const anyClaim: CaseLetter['claim'] = {
  spf: 'none',
  dkim: [],
  dmarc: 'none',
  disposition: 'none',
  compauth: 'none',
  reason: '000',
};

const directionOf = (event: WitnessRow): CaseLetter['direction'] => {
  const text = event.decisive.has('EmailDirection') ? textOf(event, 'EmailDirection') : '';
  return text === 'Outbound' || text === 'Intra-org' ? text : 'Inbound';
};

/** The outcome with the most of what the row says of its delivery. */
function outcomeOf(event: WitnessRow): OutcomeName {
  const score = (name: string): number => {
    const outcome = outcomes[name as OutcomeName];
    const same: readonly boolean[] = [
      outcome.action === textOf(event, 'DeliveryAction'),
      outcome.location === textOf(event, 'DeliveryLocation'),
      ('threats' in outcome ? outcome.threats : '') === textOf(event, 'ThreatTypes'),
    ];
    return same.filter(Boolean).length;
  };
  return Object.keys(outcomes).reduce((best, name) => (score(name) > score(best) ? name : best)) as OutcomeName;
}

type Words = Readonly<Record<'SPF' | 'DKIM' | 'DMARC', string>>;

function wordsOf(event: WitnessRow): Words {
  const text = textOf(event, 'AuthenticationDetails');
  const details = parseDynamic(text);
  const word = (key: string): string => {
    const inHeaderForm = new RegExp(`\\b${key}=(\\w+)`, 'i').exec(text)?.[1];
    return String(inHeaderForm ?? (details instanceof Map ? details.get(key) : undefined) ?? '').toLowerCase();
  };
  return { SPF: word('SPF'), DKIM: word('DKIM'), DMARC: word('DMARC') };
}

const spfRecords: Readonly<Record<string, string>> = {
  pass: `v=spf1 ip4:${SERVER} -all`,
  fail: 'v=spf1 -all',
  softfail: 'v=spf1 ~all',
  neutral: 'v=spf1 ?all',
  permerror: 'v=spf1 nonsense:everything -all',
};

/** Domains that publish what gives these words, and what happens to the letter on its way. */
function settingOf(from: string, mailFrom: string, { SPF, DKIM, DMARC }: Words): Setting {
  const spf = spfRecords[SPF];
  const hasRecord = DMARC !== 'none' && DMARC !== 'bestguesspass' && DMARC !== '';
  const author = {
    name: from,
    ...(hasRecord ? { dmarc: DMARC === 'permerror' ? 'v=DMARC1; p=' : 'v=DMARC1; p=reject' } : {}),
    dkim: DKIM === 'none' || DKIM === '' ? [] : [{ selector: 's1' }],
    ...(spf === undefined || (mailFrom !== from && mailFrom !== '') ? {} : { spf }),
  };
  const envelope =
    mailFrom === from || mailFrom === '' ? [] : [{ name: mailFrom, ...(spf === undefined ? {} : { spf }) }];
  const failing = [
    ...(SPF === 'temperror' ? [{ name: mailFrom || from, type: 'TXT', failure: 'servfail' } as const] : []),
    ...(DMARC === 'temperror' ? [{ name: `_dmarc.${from}`, type: 'TXT', failure: 'servfail' } as const] : []),
    ...(DKIM === 'temperror' ? [{ name: `s1._domainkey.${from}`, type: 'TXT', failure: 'servfail' } as const] : []),
  ];
  const signature = { do: 'sign', domain: from, selector: 's1' } as const;
  const broken = { do: 'alter', find: BODY, put: 'here is something else.' } as const;
  const journey = author.dkim.length === 0 ? [] : DKIM === 'fail' ? [signature, broken] : [signature];
  return { domains: [author, ...envelope], failing, journey };
}
