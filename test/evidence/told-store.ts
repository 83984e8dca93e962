import { after } from 'node:test';
import type { EvidenceMeans } from '../../src/evidence/index.ts';
import { runQuery } from '../../src/kql/index.ts';
import { tableNamed } from '../../src/schema/index.ts';
import { type Batch, openSandbox } from '../../src/store/index.ts';
import { parseDatetime } from '../../src/values/index.ts';

/** Rows of tables as a test tells them: cells by column, times as ISO 8601 text. */
export type Told = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** A moment of the made-up week in which the stories happen: minutes after Monday, 2026-03-02 09:00 UTC. */
export const minute = (n: number): string => new Date(Date.UTC(2026, 2, 2, 9, n)).toISOString();

const now = parseDatetime(minute(10 * 24 * 60))!;

const sandbox = await openSandbox();
after(() => sandbox.close());

/** Means to look things up in a store that holds what is told, and these batches, and nothing else. */
export async function meansOf(
  told: Told,
  own: Partial<EvidenceMeans> = {},
  batches: readonly Batch[] = [],
): Promise<EvidenceMeans> {
  await sandbox.fill([...Object.entries(told).map(([table, rows]) => batchOf(table, rows)), ...batches]);
  const { catalog, engine } = sandbox;
  const store: EvidenceMeans['store'] = {
    query: (text, { now, parameters, signal }) => runQuery(text, { catalog, engine, now, parameters, signal }),
  };
  return { store, now, signal: new AbortController().signal, ...own };
}

function batchOf(table: string, rows: Told[string]): Batch {
  const types = new Map(tableNamed(table)!.columns.map(({ name, type }) => [name, type]));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (row: Told[string][number], name: string): string => {
    const value = row[name];
    if (value === undefined) return 'null';
    if (types.get(name) === 'datetime') return String(parseDatetime(value as string));
    if (types.get(name) === 'dynamic') return JSON.stringify(JSON.stringify(value));
    return JSON.stringify(value);
  };
  return { table, columns, rows: rows.map((row) => `[${columns.map((name) => cell(row, name)).join(',')}]`) };
}

/** The id of the message that stories are about. */
export const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** A row of `EmailEvents`: a forged invoice to Anna, unless told otherwise. */
export const mail = (own: Readonly<Record<string, unknown>> = {}) => ({
  Timestamp: minute(0),
  NetworkMessageId: ID,
  InternetMessageId: '<one@billing.example>',
  SenderFromAddress: 'billing@supplier.example',
  SenderFromDomain: 'supplier.example',
  SenderMailFromAddress: 'x@bulk.test',
  SenderMailFromDomain: 'bulk.test',
  SenderDisplayName: 'Billing',
  SenderIPv4: '203.0.113.7',
  RecipientEmailAddress: 'anna.berg@contoso.com',
  RecipientObjectId: 'a1111111-1111-4111-8111-111111111111',
  Subject: 'Overdue invoice 4711 from Supplier',
  EmailDirection: 'Inbound',
  DeliveryAction: 'Delivered',
  DeliveryLocation: 'Inbox/folder',
  AuthenticationDetails: '{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}',
  ...own,
});

/** Another message, `n` standing for its id. */
export const other = (n: number, own: Readonly<Record<string, unknown>> = {}) =>
  mail({
    NetworkMessageId: `3f2504e0-4f89-41d3-9a0c-${String(n).padStart(12, '0')}`,
    InternetMessageId: `<other-${n}@billing.example>`,
    RecipientEmailAddress: `carl.${n}@contoso.com`,
    ...own,
  });

export const idOf = (n: number): string => `3f2504e0-4f89-41d3-9a0c-${String(n).padStart(12, '0')}`;

export const passing = { AuthenticationDetails: '{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}' };
