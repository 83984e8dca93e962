import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runQuery, type Visualization } from '../../src/kql/index.ts';
import { type Batch, openStore } from '../../src/store/index.ts';
import { ticksFromUnixMs } from '../../src/values/index.ts';
import { clicks, mails, NOW } from './mail.ts';

/** A result as tests like to see it: rows by column name, cells as the answer prints them. */
export interface Found {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly visualization: Visualization | undefined;
}

/** A store of its own, and the way to ask it. */
export interface HuntingStore extends AsyncDisposable {
  find(kql: string): Promise<Found>;
}

/** Datetime ticks of a text with seven digits behind the second. */
export const ticksOf = (text: string): bigint =>
  ticksFromUnixMs(Date.parse(`${text.slice(0, 19)}Z`)) + BigInt(text.slice(20, 27));

const domain = (address: string): string => address.slice(address.indexOf('@') + 1);
const row = (...cells: readonly (string | bigint | null)[]): string =>
  `[${cells.map((cell) => (typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell))).join(',')}]`;

const emailEvents: Batch = {
  table: 'EmailEvents',
  columns: [
    'Timestamp',
    'NetworkMessageId',
    'EmailDirection',
    'SenderFromAddress',
    'SenderFromDomain',
    'SenderMailFromAddress',
    'SenderMailFromDomain',
    'RecipientEmailAddress',
    'Subject',
    'DeliveryAction',
    'AuthenticationDetails',
  ],
  rows: mails.map((mail) =>
    row(
      ticksOf(mail.at),
      mail.id,
      mail.direction,
      mail.from,
      domain(mail.from),
      mail.mailFrom,
      domain(mail.mailFrom),
      mail.to,
      `About ${mail.id}`,
      mail.action,
      mail.checks,
    ),
  ),
};

const urlClickEvents: Batch = {
  table: 'UrlClickEvents',
  columns: ['Timestamp', 'NetworkMessageId', 'Url', 'ActionType'],
  rows: clicks.map((click) => row(ticksOf(click.at), click.id, click.url, click.action)),
};

/** Opens a store in a folder of its own, filled with batches; the folder goes when the store is disposed of. */
export async function openHuntingStore(
  batches: Iterable<Batch> | AsyncIterable<Batch> = [emailEvents, urlClickEvents],
  now: bigint = ticksOf(NOW),
): Promise<HuntingStore> {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-hunts-'));
  const store = await openStore(folder);
  for await (const batch of batches) await store.append(batch);
  await store.flush();
  return {
    async find(kql) {
      const answer = await runQuery(kql, { catalog: store.catalog(), engine: store.engine, now });
      const [table] = answer.tables;
      const columns = table!.columns.map((column) => column.name);
      const rows: Found['rows'][number][] = [];
      for await (const block of table!.blocks)
        for (const text of block)
          rows.push(Object.fromEntries((JSON.parse(text) as unknown[]).map((cell, i) => [columns[i]!, cell])));
      return { columns, rows, visualization: table!.visualization };
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
