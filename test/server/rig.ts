import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../../src/kql/index.ts';
import { type ServeOptions, type Server, serve } from '../../src/server/index.ts';
import type { Appended, Batch, Store } from '../../src/store/index.ts';
import { type Column, UNIX_EPOCH_TICKS } from '../../src/values/index.ts';
import { TestDatabase } from '../kql/duckdb.ts';

/** 2026-07-18T12:00:00Z. */
export const NOW = Date.UTC(2026, 6, 18, 12);

/** A store that keeps what is appended in a list, over a bare DuckDB with two small tables. */
export class TestStore implements Store {
  readonly path = '/nowhere';
  readonly appended: Batch[] = [];
  flushed = 0;
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
  const server = await serve({ store, log: (line) => log.push(line), ...defaults, ...options });
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
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, address), { method, headers, agent: false });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
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
