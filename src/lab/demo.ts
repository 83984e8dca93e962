import { setImmediate } from 'node:timers/promises';
import type { TableRows } from '../ingest/index.ts';
import type { Batch, KeptMessage } from '../store/index.ts';
import { unixMsFromTicks } from '../values/index.ts';
import { aftermathOf } from './aftermath.ts';
import { keptDemo, whileKeeping } from './demo-cache.ts';
import { DEMO_ROWS, demoMessages } from './demo-messages.ts';
import { followUpRows, followUpTables } from './follow-up-rows.ts';
import { followUpsOf } from './follow-ups.ts';
import { judgedOf } from './judged.ts';
import type { NamedMessage } from './message.ts';
import { joinedRows, demoTables as mailTables, rowsOf } from './rows.ts';
import { witnessOf } from './witness.ts';

/** The seed of the demo that `npm start` shows and the README describes. */
export const DEMO_SEED = 1;

/** Messages whose rows travel together. Few enough that the first are there at once. */
const MESSAGES_A_SLICE = 500;

/** Messages written and checked at a time: whoever else needs this thread, as the server does, has it in between. */
const MESSAGES_A_TURN = 20;

/** Which demo. */
export interface DemoOptions {
  readonly seed: number;
  /** The end of the 30 days, in datetime ticks. */
  readonly now: bigint;
  /** Rows of EmailEvents, exactly; the stories grow and shrink with it. */
  readonly rows?: number;
  /** The position of this source that the store has reached: what lies before it is not yielded again. */
  readonly after?: number;
  /** A folder in which demos that were made whole are kept: the same one is not signed and checked a second time. */
  readonly cache?: string;
  readonly signal?: AbortSignal;
  /** Told what went wrong and does not matter: where a demo cannot be kept, it is made all the same. */
  readonly notice?: (text: string) => void;
}

/** Rows of one table; with those of `EmailEvents` come the messages themselves, to be kept before the rows are stored. */
export interface DemoBatch extends Batch {
  readonly messages?: readonly KeptMessage[];
}

/** The tables that the demo fills, in the order in which they are written. */
const demoTables = [...mailTables, ...followUpTables];

/** Rises when the tables do: positions in a demo of before mean other batches. */
const EDITION = 2;

/** The source id of a demo: other options, other source. */
export const demoSource = ({ seed, now, rows = DEMO_ROWS }: DemoOptions): string =>
  `demo:${EDITION}:${seed}:${now}:${rows}`;

/**
 * The demo tenant as batches for the store: 30 days of mail up to `now`, newest first. The same seed, `now` and `rows`
 * give the same batches with the same positions, so a run that was stopped goes on and doubles nothing.
 *
 * @example
 * const demo = { seed: DEMO_SEED, now };
 * for await (const { messages = [], ...batch } of demoBatches({ ...demo, after: await store.position(demoSource(demo)) })) {
 *   await store.messages.keep(messages);
 *   await store.append(batch);
 * }
 */
export async function* demoBatches(options: DemoOptions): AsyncGenerator<DemoBatch> {
  const { cache, after = 0, signal, notice = () => {} } = options;
  const entry = cache === undefined ? undefined : { folder: cache, id: demoSource(options) };
  const batches = entry && (await keptDemo(entry));
  if (batches !== undefined) {
    for (const batch of batches) {
      signal?.throwIfAborted();
      if (batch.source!.position > after) yield batch;
    }
  } else if (entry === undefined || after > 0) yield* made(options);
  else yield* whileKeeping(entry, made(options), notice);
}

async function* made(options: DemoOptions): AsyncGenerator<DemoBatch> {
  const { seed, rows = DEMO_ROWS, after = 0, signal } = options;
  const id = demoSource(options);
  const now = unixMsFromTicks(options.now);
  const messages = demoMessages(seed, now, rows);
  const witness = witnessOf(seed);
  const told = async (named: NamedMessage): Promise<Told> => {
    const aftermath = aftermathOf(named, seed, now);
    const judged = await judgedOf(await witness(named), { seed, removed: aftermath.removal !== undefined });
    const rows = [...rowsOf(judged, aftermath), ...followUpRows(judged, followUpsOf(named, seed, now))];
    return { kept: { id: judged.networkMessageId, bytes: judged.message.bytes }, rows };
  };
  let position = 0;
  for (let start = 0; start < messages.length; start += MESSAGES_A_SLICE) {
    const first = position + 1;
    position += demoTables.length;
    if (position <= after) continue;
    const slice: Told[] = [];
    for (const turn of turnsOf(messages.slice(start, start + MESSAGES_A_SLICE))) {
      signal?.throwIfAborted();
      slice.push(...(await Promise.all(turn.map(told))));
      await setImmediate();
    }
    const tables = slice.flatMap(({ rows }) => rows);
    for (const [i, name] of demoTables.entries()) {
      const batch = joinedRows(tables.filter(({ table }) => table === name));
      if (!batch || first + i <= after) continue;
      const source = { id, position: first + i };
      yield i === 0 ? { ...batch, source, messages: slice.map(({ kept }) => kept) } : { ...batch, source };
    }
  }
}

/** What a message leaves in the store. */
interface Told {
  readonly kept: KeptMessage;
  readonly rows: readonly TableRows[];
}

function* turnsOf(messages: readonly NamedMessage[]): Generator<readonly NamedMessage[]> {
  for (let start = 0; start < messages.length; start += MESSAGES_A_TURN)
    yield messages.slice(start, start + MESSAGES_A_TURN);
}
