import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../../src/kql/index.ts';
import { type ServeOptions, type Server, serve } from '../../src/server/index.ts';
import type {
  Appended,
  Batch,
  KeptMessage,
  MessageBox,
  PurgeReport,
  PurgeRequest,
  Store,
} from '../../src/store/index.ts';
import { type Column, UNIX_EPOCH_TICKS } from '../../src/values/index.ts';
import { TestDatabase } from '../kql/duckdb.ts';

/** 2026-07-18T12:00:00Z. */
export const NOW = Date.UTC(2026, 6, 18, 12);

/** A message box in memory. */
function boxInMemory(): MessageBox {
  const held = new Map<string, Buffer>();
  return {
    problems: [],
    keep: async (messages: readonly KeptMessage[]) => {
      for (const { id, bytes } of messages) held.set(id, Buffer.from(bytes));
      return { kept: messages.length, known: 0 };
    },
    read: async (id) => held.get(id),
    has: async (ids) => new Set(ids.filter((id) => held.has(id))),
    remove: async (ids) => [...ids].filter((id) => held.delete(id)).length,
    all: async function* () {
      for (const [id, bytes] of held) yield { id, bytes };
    },
    keptBefore: async () => [],
    size: async () => ({ messages: held.size, bytes: 0 }),
    freezeInto: async () => [],
  };
}

/** A store that keeps what is appended in a list, over a bare DuckDB with two small tables. */
export class TestStore implements Store {
  readonly path = mkdtempSync(join(tmpdir(), 'mailhunt-rig-'));
  readonly appended: Batch[] = [];
  flushed = 0;
  readonly messages = boxInMemory();
  readonly engine: TestDatabase;

  private constructor(engine: TestDatabase) {
    this.engine = engine;
  }

  static async open(): Promise<TestStore> {
    const database = await TestDatabase.open();
    const columns: Column[] = [
      { name: 'Timestamp', type: 'datetime' },
      { name: 'Subject', type: 'string' },
    ];
    await database.table('EmailEvents', columns, `(${UNIX_EPOCH_TICKS}::BIGINT, 'a'), (${UNIX_EPOCH_TICKS}, 'b')`);
    await database.table("Odd'<b>]|;", [{ name: "x']|", type: 'long' }], '(1::BIGINT)');
    return new TestStore(database);
  }

  catalog() {
    return this.engine.catalog;
  }

  async append(batch: Batch): Promise<Appended> {
    this.appended.push(batch);
    return { sequence: this.appended.length };
  }

  async *backup(): AsyncGenerator<Buffer> {
    yield Buffer.from('a tar');
  }

  async purge({ dryRun }: PurgeRequest): Promise<PurgeReport> {
    return { dryRun, tables: [{ table: 'EmailEvents', removed: 2, changed: 1 }], messages: 3, rejected: 0, left: [] };
  }

  async flush() {
    this.flushed++;
  }

  async position(source: string) {
    return this.appended.findLast((batch) => batch.source?.id === source)?.source?.position ?? 0;
  }

  async summary() {
    return this.catalog().tables.map(({ name }) => ({ name, rows: 2, from: UNIX_EPOCH_TICKS, to: null }));
  }

  async retain() {
    return 0;
  }

  readonly notices: Error[] = [];
  readonly counts = { stored: 0, duplicates: 0, superseded: 0, rejected: 0 };

  async compact() {
    return [];
  }

  async publish() {}

  async close() {
    this.engine.close();
    rmSync(this.path, { recursive: true, force: true });
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}

/** A server on a free port over a {@link TestStore}, and what it logged. */
export interface Rig extends AsyncDisposable {
  readonly server: Server;
  readonly store: TestStore;
  readonly log: string[];
}

export async function rig(options: Partial<ServeOptions> = {}): Promise<Rig> {
  const store = await TestStore.open();
  const log: string[] = [];
  const defaults = { host: '127.0.0.1', port: 0, now: () => NOW, version: '1.2.3' };
  // Passwords are hashed with little work, and what runs when the server stops is not waited for.
  const settings = { grace: 50, scrypt: { N: 16, r: 8, p: 1 }, ...options.settings };
  const server = await serve({ store, log: (line) => log.push(line), ...defaults, ...options, settings });
  const dispose = async () => {
    await server.close();
    await store.close();
  };
  return { server, store, log, [Symbol.asyncDispose]: dispose };
}

/** A table of an answer that no engine made. */
export const table = (
  columns: readonly Column[],
  blocks: AsyncIterable<readonly string[]>,
): Answer['tables'][number] => ({
  name: 'PrimaryResult',
  columns,
  blocks,
  visualization: undefined,
  sql: '',
});

/** Rows of one long column: 0, 1, 2 …, a hundred a block, without end unless `count` says so. */
export async function* numbers(count = Infinity): AsyncGenerator<readonly string[]> {
  for (let at = 0; at < count; at += 100) {
    const size = Math.min(100, count - at);
    yield Array.from({ length: size }, (_, i) => `[${at + i}]`);
    // Lets timers and sockets have their turn.
    await new Promise(setImmediate);
  }
}

export const long: readonly Column[] = [{ name: 'n', type: 'long' }];

/** An answer as it came over the wire. */
export interface Sent {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of every shape
  readonly json: any;
}

/** One request with exactly these headers, on a connection of its own. */
export function send(
  address: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
    signal,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer; signal?: AbortSignal } = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: false, ...(signal && { signal }) };
    const sent = httpRequest(new URL(path, address), options);
    sent.on('error', reject);
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.once('end', () => {
        const bytes = Buffer.concat(parts);
        const text = bytes.toString('utf8');
        const status = response.statusCode ?? 0;
        resolve({ status, headers: response.headers, bytes, text, json: jsonOf(text) });
      });
    });
    sent.end(body);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A POST with a JSON body. */
export const post = (
  address: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Sent> =>
  send(address, path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
