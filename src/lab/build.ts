import type { RecordType } from '../mail/index.ts';
import { printZone } from '../mail/index.ts';
import type { FailingLookup, ZoneRecord } from './kernel/zone.ts';
import { receive } from './scenarios/receive.ts';
import type { Case, Claim, Lists } from './scenarios/scenario.ts';

/** The field that tells that a message is made up. It stands above everything and is not signed: verdicts stay as they are. */
export const MARK = 'X-Mailhunt-Lab';

/** How messages of cases are built. */
export interface Building {
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Variations of each case besides the case itself. */
  readonly variations: number;
}

/** What stands in the manifest for a message. */
export interface BuiltLetter {
  readonly file: string;
  /** The zone file whose answers it is to be judged by. */
  readonly zone: string;
  readonly case: string;
  readonly nature: Case['nature'];
  readonly techniques: readonly string[];
  readonly variation: number;
  /** When it arrives, ISO 8601: the time to judge it at. */
  readonly at: string;
  readonly ip: string;
  readonly helo: string;
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  /** What its receiver receives for and believes. */
  readonly acceptedDomains: readonly string[];
  readonly trustedSealers: readonly string[];
  /** Null for mail that is not checked. */
  readonly verdict: Claim | null;
  readonly smtp: string;
}

/** A file to be written. */
export interface BuiltFile {
  readonly name: string;
  readonly content: Buffer | string;
  readonly letter?: BuiltLetter;
}

/**
 * A case as files that can be carried elsewhere: each letter as a marked `.eml`, and the zone in BIND's form that answers
 * for its domains. Letters of the weeks before are left out.
 */
export async function* builtFiles(one: Case, { seed, now, variations }: Building): AsyncGenerator<BuiltFile> {
  for (let variation = 0; variation <= variations; variation++) {
    const { letters, records, failing } = await receive(one, { seed, now, variation });
    const name = variation === 0 ? one.name : `${one.name}.v${variation}`;
    const zone = `${name}.zone`;
    yield { name: zone, content: zoneFile(records, failing) };
    const told = letters.filter(({ isHistory }) => !isHistory);
    for (const [i, { bytes, transaction, at, claimed }] of told.entries()) {
      const file = `${name}${told.length === 1 ? '' : `.${i + 1}`}.eml`;
      const { ip = '', helo = '', mailFrom = '', recipients } = transaction;
      const letter: BuiltLetter = {
        file,
        zone,
        case: one.name,
        nature: one.nature,
        techniques: one.techniques,
        variation,
        at: new Date(at).toISOString(),
        ...{ ip, helo, mailFrom, recipients },
        acceptedDomains: one.acceptedDomains,
        trustedSealers: one.trustedSealers,
        verdict: claimed.claim ?? null,
        smtp: claimed.smtp,
      };
      yield { name: file, content: marked(delivered(bytes, recipients), one.name), letter };
    }
  }
}

/** A message with its envelope recipients, where the Received line names none because there are several. */
const delivered = (bytes: Buffer, recipients: readonly string[]): Buffer =>
  recipients.length < 2
    ? bytes
    : Buffer.concat([Buffer.from(recipients.map((one) => `Delivered-To: ${one}\r\n`).join('')), bytes]);

/** A message with the field on top that tells what it is. */
export const marked = (bytes: Buffer, name: string): Buffer =>
  Buffer.concat([Buffer.from(`${MARK}: ${name}; made up, no real mail\r\n`), bytes]);

const types: readonly RecordType[] = ['A', 'AAAA', 'MX', 'TXT', 'PTR'];

/** What DNS holds and where it fails, as a zone file. */
export function zoneFile(records: readonly ZoneRecord[], failing: readonly FailingLookup[]): string {
  const failed = failing.flatMap(({ name, type, failure }) =>
    (type === undefined ? types : [type]).map((one) => ({
      name,
      type: one,
      answer: { status: 'failed', failure } as const,
    })),
  );
  const sets = new Map<string, ZoneRecord[]>();
  for (const record of records) {
    const key = `${record.type} ${record.name}`;
    sets.set(key, [...(sets.get(key) ?? []), record]);
  }
  const answers = [...sets.values()].map((set) => ({
    name: set[0]!.name,
    type: set[0]!.type,
    answer: { status: 'found', records: set.map(({ value }) => value) } as const,
  }));
  // Of two answers to one question the first counts.
  return printZone([...failed, ...answers] as Parameters<typeof printZone>[0]);
}

/**
 * Settings under which `mailhunt auth` and `ingest` judge the messages as their receiver did. It writes no stamp, so one in its
 * name is forged: its Received fields are believed, and nothing else. Sealers and watchlists are those of all the cases; the
 * manifest says of each letter whom its own receiver believes.
 *
 * @param cases of one receiver, one at least
 */
export function receiverSettings(cases: readonly Case[]): string {
  const { acceptedDomains } = cases[0]!;
  const trustedSealers = [...new Set(cases.flatMap((one) => one.trustedSealers))];
  const lists = Object.entries(listsOf(cases));
  return [
    '# The receiver of these messages. mailhunt auth FILE.eml --config THIS --dns FILE.zone --now TIME',
    `accepted_domains: [${acceptedDomains.join(', ')}]`,
    `trusted_relays: [mx.${acceptedDomains[0]}]`,
    `trusted_sealers: [${trustedSealers.join(', ')}]`,
    ...(lists.length === 0 ? [] : ['watchlists:']),
    // JSON is YAML too, and says where each text ends.
    ...lists.map(([alias, rows]) => `  ${alias}: { values: ${JSON.stringify(rows)} }`),
    '',
  ].join('\n');
}

/** The lists of several cases as one of each alias, no row twice. */
function listsOf(cases: readonly Case[]): Lists {
  const found = new Map<string, Map<string, Lists[string][number]>>();
  for (const [alias, rows] of cases.flatMap(({ lists }) => Object.entries(lists))) {
    const known = found.get(alias) ?? new Map();
    for (const row of rows) known.set(JSON.stringify(row), row);
    found.set(alias, known);
  }
  return Object.fromEntries([...found].map(([alias, rows]) => [alias, [...rows.values()]]));
}
