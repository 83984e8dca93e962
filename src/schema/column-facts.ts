import { type CompactBag, compactBags } from './compact-bag.ts';
import { tableNamed } from './tables.ts';

/** Where rows come from: what a column can hold differs. */
export type Origin = 'defender' | 'sentinel' | 'mailhunt';

/**
 * What is known for certain of a text column, so that a predicate can be refuted without looking at a row. Beside it the
 * column can always be empty.
 */
export type ColumnFacts = (
  | {
      /** It holds one of the texts and nothing else. */
      readonly kind: 'closed';
      readonly texts: readonly string[];
    }
  | {
      /** It holds other texts too, but what these texts say is spelled as here and not otherwise. */
      readonly kind: 'spelled';
      readonly texts: readonly string[];
    }
  | {
      /** A compact JSON object whose members are words of small letters. */
      readonly kind: 'bag';
      readonly bag: CompactBag;
    }
  | {
      /** Every text of it matches. */
      readonly kind: 'format';
      readonly format: RegExp;
      /** Texts that are meant as data and are something else: another hash, another id. Others may be placeholders. */
      readonly mistaken: RegExp;
    }
) & {
  /** In words, after the column's name and "holds". */
  readonly holds: string;
  readonly source: string;
};

interface Row {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
  /** @default all */
  readonly origins?: readonly Origin[];
  facts(values: readonly string[], source: string): ColumnFacts;
}

const quoted = (texts: readonly string[]): string => texts.map((text) => `"${text}"`).join(', ');

/** The values of the table's data, a list that its page closes; `also` is what has been seen beside the page. */
const closed =
  (...also: readonly string[]): Row['facts'] =>
  (values, source) => ({ kind: 'closed', texts: [...values, ...also], holds: quoted(values), source });

/** Some of the values of the table's data, or all, which its page and the records that were seen spell so. */
const spelled =
  (...some: readonly string[]): Row['facts'] =>
  (values, source) => {
    const texts = some.length === 0 ? values : some;
    return { kind: 'spelled', texts, holds: `words such as ${quoted(texts)}`, source };
  };

const format =
  (pattern: RegExp, holds: string): Row['facts'] =>
  (_, source) => ({ kind: 'format', format: pattern, mistaken: otherIds, holds, source });

/** Hexadecimal digits, or an address as in the Message-ID of a header. */
const otherIds = /^(?:[0-9a-f-]{16,}|<?[^\s@<>]+@[^\s@<>]+>?)$/i;

const bag =
  (column: keyof typeof compactBags): Row['facts'] =>
  (_, source) => ({ kind: 'bag', bag: compactBags[column]!, holds: compactBags[column]!.holds, source });

const mail = ['EmailEvents', 'EmailUrlInfo', 'EmailAttachmentInfo', 'EmailPostDeliveryEvents', 'UrlClickEvents'];
const elsewhere: readonly Origin[] = ['defender', 'sentinel'];

/**
 * Only what a public page closes, or what is spelled alike wherever it was seen. Left out on purpose: `DeliveryLocation`
 * (pages and records spell it differently), columns whose pages say "for example" and `ActionType` of most tables.
 */
const rows: readonly Row[] = [
  {
    tables: ['EmailEvents', 'EmailPostDeliveryEvents'],
    columns: ['EmailDirection'],
    // public parsers of the streamed records handle it
    facts: closed('Unknown'),
  },
  {
    tables: ['EmailEvents'],
    columns: ['DeliveryAction'],
    // what the portal of before 2021 called mail in the junk folder, and what parsers make of nothing
    facts: closed('DeliveredAsSpam', 'Unknown'),
  },
  { tables: ['EmailEvents'], columns: ['OrgLevelAction', 'UserLevelAction'], facts: spelled() },
  { tables: ['EmailEvents'], columns: ['OrgLevelPolicy'], facts: spelled('Phishing simulation', 'SecOps Mailbox') },
  { tables: ['UrlClickEvents'], columns: ['ActionType'], facts: spelled('ClickAllowed', 'ClickBlocked') },
  { tables: ['EmailUrlInfo'], columns: ['UrlLocation'], facts: spelled('Body', 'QRCode') },
  { tables: ['AlertInfo'], columns: ['Severity'], facts: spelled('High', 'Medium', 'Low', 'Informational') },
  // what mailhunt authenticates itself holds the header's form too, so that each way to ask finds it
  {
    tables: ['EmailEvents'],
    columns: ['AuthenticationDetails'],
    origins: elsewhere,
    facts: bag('AuthenticationDetails'),
  },
  {
    tables: mail,
    columns: ['NetworkMessageId'],
    origins: elsewhere,
    facts: format(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'GUIDs'),
  },
  {
    tables: ['EmailAttachmentInfo', 'DeviceFileEvents', 'DeviceProcessEvents', 'DeviceImageLoadEvents', 'DeviceEvents'],
    columns: ['SHA256', 'InitiatingProcessSHA256'],
    facts: format(/^[0-9a-f]{64}$/i, 'SHA-256 hashes, 64 hexadecimal digits'),
  },
];

/**
 * What is known for certain of a column, by the names of the schema; undefined where nothing is.
 *
 * @example columnFacts('EmailEvents', 'EmailDirection', 'defender')?.holds // '"Inbound", "Outbound", "Intra-org"'
 */
export function columnFacts(table: string, column: string, origin: Origin): ColumnFacts | undefined {
  const key = `${origin} ${table} ${column}`;
  if (!known.has(key)) known.set(key, findFacts(table, column, origin));
  return known.get(key);
}

/** The same facts are the same object: who brings columns together compares them. */
const known = new Map<string, ColumnFacts | undefined>();

function findFacts(table: string, column: string, origin: Origin): ColumnFacts | undefined {
  const row = rows.find(
    ({ tables, columns, origins }) =>
      tables.includes(table) && columns.includes(column) && (origins?.includes(origin) ?? true),
  );
  const schema = tableNamed(table);
  const found = schema?.columns.find(({ name }) => name === column);
  if (row === undefined || schema === undefined || found === undefined) return undefined;
  return found.type === 'string' ? row.facts(found.values ?? [], schema.source) : undefined;
}

/** Whether the tables' times are those of a server, so that none is later than the query. */
export const hasServerTime = (table: string): boolean => mail.includes(table);
