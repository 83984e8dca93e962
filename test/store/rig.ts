import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch, Store } from '../../src/store/index.ts';

/** Runs a test in a folder of its own. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-store-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** 2026-01-01 in datetime ticks. */
export const NEW_YEAR = 639_028_224_000_000_000n;
export const DAY = 864_000_000_000n;

/** A batch of mail: each row a message id, a recipient, a subject, and a day of 2026. */
export function mail(
  rows: readonly [id: string, to: string, subject: string, day?: number][],
  source?: Batch['source'],
): Batch {
  return {
    table: 'EmailEvents',
    columns: ['Timestamp', 'NetworkMessageId', 'RecipientEmailAddress', 'Subject'],
    rows: rows.map(
      ([id, to, subject, day = 0]) =>
        `[${NEW_YEAR + BigInt(day) * DAY},${JSON.stringify(id)},${JSON.stringify(to)},${JSON.stringify(subject)}]`,
    ),
    ...(source && { source }),
  };
}

/** A batch of clicks, a table without a key. */
export const clicks = (urls: readonly string[], source?: Batch['source']): Batch => ({
  table: 'UrlClickEvents',
  columns: ['Timestamp', 'Url'],
  rows: urls.map((url) => `[${NEW_YEAR},${JSON.stringify(url)}]`),
  ...(source && { source }),
});

/** Appends batches one after the other and waits until queries see them. */
export async function put(store: Store, ...batches: readonly Batch[]): Promise<void> {
  for (const batch of batches) {
    await store.append(batch);
    await store.flush();
  }
}

/** The relation of a table as the catalog gives it now. */
export const relationOf = (store: Store, table: string): string =>
  store.catalog().tables.find(({ name }) => name === table)!.relation;

/** All texts of a statement. */
export async function texts(store: Store, sql: string, signal?: AbortSignal): Promise<string[]> {
  const all: string[] = [];
  for await (const block of store.engine.texts(sql, signal)) all.push(...block);
  return all;
}

/** One column of a table as queries see it, sorted. */
export const cells = (store: Store, table: string, column: string): Promise<string[]> =>
  texts(store, `SELECT "${column}"::VARCHAR FROM ${relationOf(store, table)} ORDER BY 1`);
