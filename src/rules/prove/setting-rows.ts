import type { Batch } from '../../store/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import type { Mailroom, Receipt } from './mailroom.ts';
import type { Mailing, Setting, TestCell, TestRows } from './tests.ts';

/** One run of a test: everything in it follows from these. */
export type Round = Omit<Receipt, 'copy'>;

/** The rows of a setting in one round; a table may come in several batches. */
export async function batchesOf(setting: Setting, round: Round, mailroom: Mailroom): Promise<readonly Batch[]> {
  const mail = await Promise.all(setting.mail.map((mailing) => lettersOf(mailing, round, mailroom)));
  return [...mail.flat(2), ...setting.tables.map((table) => batchOf(table, ticksFromUnixMs(round.now)))];
}

/** The copies of a case, spread evenly; the last of them `ago` before the round's `now`. */
const lettersOf = ({ case: name, count, ago, over }: Mailing, round: Round, mailroom: Mailroom) =>
  Promise.all(
    Array.from({ length: count }, (_, copy) => {
      const before = count === 1 ? 0 : Math.round((over * (count - 1 - copy)) / (count - 1));
      return mailroom.receive(name, { ...round, now: round.now - ago - before, copy });
    }),
  );

const batchOf = ({ table, columns, rows }: TestRows, now: bigint): Batch => ({
  table,
  columns,
  rows: rows.map((row) => `[${row.map((cell) => textOf(cell, now)).join(',')}]`),
});

const textOf = (cell: TestCell, now: bigint): string => ('json' in cell ? cell.json : String(now - cell.before));

/** Batches of one table and the same columns as one: fewer statements fill the store. */
export function joined(batches: readonly Batch[]): readonly Batch[] {
  const byKind = new Map<string, { readonly batch: Batch; readonly rows: string[] }>();
  for (const batch of batches) {
    const key = JSON.stringify([batch.table, batch.columns]);
    const known = byKind.get(key) ?? { batch, rows: [] };
    byKind.set(key, known);
    for (const row of batch.rows) known.rows.push(row);
  }
  return [...byKind.values()].map(({ batch: { table, columns }, rows }) => ({ table, columns, rows }));
}
