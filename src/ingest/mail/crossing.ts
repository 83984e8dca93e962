/**
 * How messages and rows cross between threads: what belongs to a group goes as few large values, because each value that
 * crosses has its price, whatever its size.
 */
import type { FoundMessage } from './found-message.ts';
import type { JudgedRows } from './judge-group.ts';
import type { TableRows } from './rows/message-rows.ts';

/** Messages with their bytes one behind the other, in a buffer of their own that may change hands. */
export interface MessageCargo {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly messages: readonly (Omit<FoundMessage, 'bytes'> & { readonly end: number })[];
}

/** Copies the bytes: slices of a file share its memory, all of which would travel. */
export function cargoOf(messages: readonly FoundMessage[]): MessageCargo {
  const bytes = new Uint8Array(messages.reduce((sum, message) => sum + message.bytes.length, 0));
  let end = 0;
  const listed = messages.map(({ bytes: own, ...about }) => {
    bytes.set(own, end);
    end += own.length;
    return { ...about, end };
  });
  return { bytes, messages: listed };
}

/** The messages again; their bytes are slices of the cargo's. */
export function messagesOf({ bytes, messages }: MessageCargo): readonly FoundMessage[] {
  let start = 0;
  return messages.map(({ end, ...about }) => {
    const own = Buffer.from(bytes.buffer, start, end - start);
    start = end;
    return { ...about, bytes: own };
  });
}

/** What was judged, with the rows of all messages as one text a table, a row a line. */
export interface RowCargo {
  readonly tables: readonly { readonly table: string; readonly columns: readonly string[]; readonly lines: string }[];
  /** How many of each table's lines are a message's, in the order of `tables`. */
  readonly judged: readonly (Omit<JudgedRows, 'tables'> & { readonly counts: readonly number[] })[];
}

/** Rows are JSON without line breaks (`rowTable`), so that a line is a row. */
export function rowCargoOf(judged: readonly JudgedRows[]): RowCargo {
  const tables = new Map<string, { columns: readonly string[]; rows: string[] }>();
  for (const { table, columns, rows } of judged.flatMap((one) => one.tables)) {
    const collected = tables.get(table);
    if (collected === undefined) tables.set(table, { columns, rows: [...rows] });
    else for (const row of rows) collected.rows.push(row);
  }
  const names = [...tables.keys()];
  return {
    tables: [...tables].map(([table, { columns, rows }]) => ({ table, columns, lines: rows.join('\n') })),
    judged: judged.map(({ tables: own, ...about }) => ({
      ...about,
      counts: names.map((name) => own.find(({ table }) => table === name)?.rows.length ?? 0),
    })),
  };
}

/** The rows of each message again. */
export function judgedRowsOf({ tables, judged }: RowCargo): readonly JudgedRows[] {
  const left = tables.map(({ table, columns, lines }) => ({ table, columns, rows: lines.split('\n'), next: 0 }));
  return judged.map(({ counts, ...about }) => ({
    ...about,
    tables: left.flatMap((one, at): TableRows[] => {
      const { table, columns, rows, next } = one;
      one.next += counts[at]!;
      return counts[at] === 0 ? [] : [{ table, columns, rows: rows.slice(next, one.next) }];
    }),
  }));
}
