import type { TableRows } from '../../ingest/index.ts';
import type { Authentication } from '../../mail/index.ts';
import type { Change, RuleOutcome } from '../../policy/index.ts';

/** What is written down of a message at the gate, or of what somebody did to one in quarantine. */
export interface Entry {
  /** NetworkMessageId. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What it leaves in the store. */
  readonly tables: readonly TableRows[];
  /** For a message: what was offered, and what became of it. */
  readonly told?: Told;
  /** Where the message itself is kept, and the message. */
  readonly kept?: { readonly as: 'delivered' | 'quarantined'; readonly bytes: Buffer };
}

/** A decision, for who looks into the journal and for the quarantine. Texts of the sender are hostile. */
export interface Told {
  readonly client: { readonly ip: string; readonly helo: string };
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly policy: string;
  readonly mode: string;
  /** The kind of the action that was taken, by which rule, and what became of each rule. */
  readonly action: string;
  readonly rule: string | undefined;
  readonly trace: readonly RuleOutcome[];
  /** What Enforce would have answered, for a policy in Audit. */
  readonly wouldBe: string | undefined;
  /** What the client was told: `550 5.7.26 …`. */
  readonly answer: string;
  /** Of a delivery that was put off, now or before: what all its attempts share. */
  readonly attemptId?: string;
  /** Milliseconds since 1970: until when a quarantined message is kept. */
  readonly until?: number;
  /** Of a quarantined message: whose share of the quarantine it takes. */
  readonly origin?: Origin;
  /** Of a quarantined message: what it proved, for the stamp that it gets when it is released, and the policy's changes. */
  readonly onRelease?: { readonly authentication: Authentication | undefined; readonly changes: readonly Change[] };
}

/** Who a message came from, as far as somebody can be counted: hostile, but for the address. */
export interface Origin {
  /** The client's, behind relays of the organisation; empty where it is not known. */
  readonly ip: string;
  /** The organizational domain in From; empty where there is none. */
  readonly domain: string;
}

/** What stands before the payload of a frame: all of an entry but rows and message. */
export interface EntryHeader {
  /** Names the run of the gate that wrote it, and counts its entries from 1: by both an entry is taken once. */
  readonly run: string;
  readonly number: number;
  readonly id: string;
  readonly at: number;
  readonly told?: Told;
  readonly tables: readonly { readonly table: string; readonly columns: readonly string[]; readonly count: number }[];
  /** Bytes of the rows, one a line; the message follows them. */
  readonly rowBytes: number;
  readonly kept?: 'delivered' | 'quarantined';
}

/** An entry as a frame of the journal has it. */
export function frameOf(entry: Entry, run: string, number: number): { header: EntryHeader; rows: Buffer } {
  const { id, at, told, kept } = entry;
  // Rows are JSON without line breaks (`rowTable`), so that a line is a row.
  const rows = Buffer.from(entry.tables.flatMap((table) => table.rows).join('\n'));
  const header: EntryHeader = {
    run,
    number,
    id,
    at,
    tables: entry.tables.map(({ table, columns, rows: { length } }) => ({ table, columns, count: length })),
    rowBytes: rows.length,
    ...(told && { told }),
    ...(kept && { kept: kept.as }),
  };
  return { header, rows: kept === undefined ? rows : Buffer.concat([rows, kept.bytes]) };
}

/** The entry of a frame. */
export function entryOf({ header, rows }: { readonly header: EntryHeader; readonly rows: Buffer }): Entry {
  const { id, at, told, rowBytes } = header;
  const lines = rowBytes === 0 ? [] : rows.toString('utf8', 0, rowBytes).split('\n');
  let next = 0;
  const tables = header.tables.map(({ table, columns, count }) => {
    next += count;
    return { table, columns, rows: lines.slice(next - count, next) };
  });
  const kept = header.kept === undefined ? {} : { kept: { as: header.kept, bytes: rows.subarray(rowBytes) } };
  return { id, at, tables, ...(told && { told }), ...kept };
}
