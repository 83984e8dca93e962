import type { TableRows } from '../../ingest/index.ts';
import type { Entry, Told } from '../journal/index.ts';

/** What is kept beside a message: asked for when it is looked at, and when it leaves. */
export interface Particulars {
  /** The decision, with what it followed from. */
  readonly told: Told;
  /** Its rows of EmailEvents, as the store has them. */
  readonly events: TableRows | undefined;
}

/** The name under which they are kept in the box of messages. */
export const particularsId = (id: string): string => `${id}.json`;

/** Particulars as they are kept. */
export const particularsBytes = (told: Told, { tables }: Pick<Entry, 'tables'>): Buffer =>
  Buffer.from(
    JSON.stringify({ told, events: tables.find(({ table }) => table === 'EmailEvents') } satisfies Particulars),
  );

export const readParticulars = (bytes: Buffer): Particulars => JSON.parse(bytes.toString('utf8')) as Particulars;
