import type { TableRows } from '../../ingest/index.ts';
import type { Entry, Told } from '../journal/index.ts';

/** What is kept beside a message: asked for when it is looked at, and when it leaves. */
export interface Particulars {
  /** The decision, with what it followed from. */
  readonly told: Told;
  /** Its rows of EmailEvents, as the store has them. */
  readonly events: TableRows | undefined;
}

/** Particulars as they are kept. */
export const particularsBytes = (told: Told, { tables }: Pick<Entry, 'tables'>): Buffer =>
  Buffer.from(
    JSON.stringify({ told, events: tables.find(({ table }) => table === 'EmailEvents') } satisfies Particulars),
  );

/** @throws Error where the bytes are none */
export function readParticulars(bytes: Buffer): Particulars {
  const read = JSON.parse(bytes.toString('utf8')) as Particulars | null;
  if (typeof read?.told !== 'object') throw new Error('what was decided does not stand beside it');
  return read;
}
