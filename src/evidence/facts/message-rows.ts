import type { TableRows } from '../../ingest/index.ts';
import { UNIX_EPOCH_TICKS } from '../../values/index.ts';
import { ask } from '../ask/ask.ts';
import { Row } from '../ask/row.ts';
import type { EvidenceMeans } from '../means.ts';

/** The rows that one message has in the tables, by table. */
export type MessageRows = Readonly<Record<MessageTable, readonly Row[]>>;

/** The tables that are about one message, with how many of its rows are read at most. */
const limits = {
  EmailEvents: 1000,
  EmailAuthentication: 500,
  EmailHeaders: 1,
  EmailUrlInfo: 2000,
  EmailAttachmentInfo: 5000,
  EmailPostDeliveryEvents: 2000,
} as const;

export type MessageTable = keyof typeof limits;

const tables = Object.keys(limits) as readonly MessageTable[];

const BY_ID = tables
  .map((table) => `${table} | where NetworkMessageId == id and Timestamp <= now() | take ${limits[table]}`)
  .join(';\n');

/** The rows of a message in the store; empty lists where there are none. Exports have been seen with GUIDs in both cases. */
export async function storedRows(networkMessageId: string, means: EvidenceMeans): Promise<MessageRows> {
  const forms = new Set([networkMessageId, networkMessageId.toLowerCase(), networkMessageId.toUpperCase()]);
  let rows = rowsByTable(() => []);
  for (const id of forms) {
    const found = await ask(BY_ID, { id }, means);
    rows = rowsByTable((table) => (found[tables.indexOf(table)] ?? []).toSorted(byTime));
    if (rows.EmailEvents.length > 0) break;
  }
  return rows;
}

const byTime = (one: Row, other: Row): number => one.text('Timestamp').localeCompare(other.text('Timestamp'));

/** The rows that a message which is not in the store would have there. */
export function givenRows(given: readonly TableRows[]): MessageRows {
  return rowsByTable((name) => {
    const table = given.find((one) => one.table === name);
    if (table === undefined) return [];
    return table.rows.slice(0, limits[name]).map((text) => new Row(table.columns, cellsOf(table.columns, text)));
  });
}

const rowsByTable = (rowsOf: (table: MessageTable) => readonly Row[]): MessageRows =>
  Object.fromEntries(tables.map((table) => [table, rowsOf(table)])) as Record<MessageTable, readonly Row[]>;

/** Columns of these tables that hold a datetime: a batch has ticks there, an answer text. */
const datetimes: ReadonlySet<string> = new Set(['Timestamp', 'Date', 'CheckedAt']);

function cellsOf(columns: readonly string[], text: string): readonly unknown[] {
  const cells = JSON.parse(text) as unknown[];
  return cells.map((cell, i) =>
    typeof cell === 'number' && datetimes.has(columns[i]!) ? isoOfRoundedTicks(cell) : cell,
  );
}

/** Ticks have more digits than a number keeps; a message's times are whole milliseconds. */
const isoOfRoundedTicks = (ticks: number): string =>
  new Date(Math.round((ticks - Number(UNIX_EPOCH_TICKS)) / 10_000)).toISOString();
