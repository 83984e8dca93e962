import { setImmediate } from 'node:timers/promises';
import type { Batch } from '../store/index.ts';
import { unixMsFromTicks } from '../values/index.ts';
import { type Calendar, calendarUpTo } from './calendar.ts';
import { tracesOf } from './delivery.ts';
import type { Message, NamedMessage } from './message.ts';
import { randomFor } from './random.ts';
import { demoTables } from './rows.ts';
import { stories } from './stories/index.ts';
import type { Scene } from './stories/story.ts';
import { traffic } from './traffic/index.ts';
import { witnessOf } from './witness.ts';

/** Rows of `EmailEvents` that the stories are measured for. */
export const DEMO_ROWS = 20_000;

/** The seed of the demo that `npm start` shows and the README describes. */
export const DEMO_SEED = 1;

/** Messages whose rows travel together. Few enough that the first are there at once. */
const MESSAGES_A_SLICE = 500;

/** Which demo. */
export interface DemoOptions {
  readonly seed: number;
  /** The end of the 30 days, in datetime ticks. */
  readonly now: bigint;
  /** Rows of EmailEvents, exactly; the stories grow and shrink with it. */
  readonly rows?: number;
  /** The position of this source that the store has reached: what lies before it is not yielded again. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

/** The source id of a demo: other options, other source. */
export const demoSource = ({ seed, now, rows = DEMO_ROWS }: DemoOptions): string => `demo:${seed}:${now}:${rows}`;

/**
 * The demo tenant as batches for the store: 30 days of mail up to `now`, newest first. The same seed, `now` and `rows`
 * give the same batches with the same positions, so a run that was stopped goes on and doubles nothing.
 *
 * @example
 * const demo = { seed: DEMO_SEED, now };
 * for await (const batch of demoBatches({ ...demo, after: await store.position(demoSource(demo)) })) await store.append(batch);
 */
export async function* demoBatches(options: DemoOptions): AsyncGenerator<Batch> {
  const { seed, rows = DEMO_ROWS, after = 0, signal } = options;
  const id = demoSource(options);
  const now = unixMsFromTicks(options.now);
  const messages = demoMessages(seed, now, rows);
  const witness = witnessOf(seed);
  let position = 0;
  for (let start = 0; start < messages.length; start += MESSAGES_A_SLICE) {
    signal?.throwIfAborted();
    const slice = messages.slice(start, start + MESSAGES_A_SLICE);
    const traces = (await Promise.all(slice.map(witness))).map((message) => tracesOf(message, seed, now));
    for (const table of demoTables) {
      position += 1;
      if (position <= after) continue;
      const texts = traces.flatMap(table.rows);
      if (texts.length > 0) yield { table: table.name, columns: table.columns, rows: texts, source: { id, position } };
    }
    await setImmediate();
  }
}

/** Every message of a demo, newest first: the stories, and as much everyday mail as makes the rows full. */
export function demoMessages(seed: number, now: number, rows: number): NamedMessage[] {
  const calendar = calendarUpTo(now);
  const told = tell(seed, calendar, rows);
  const messages = [...told, ...everyday(seed, calendar, rows - rowsOf(told))];
  return messages.sort((a, b) => b.message.at - a.message.at || (a.name < b.name ? -1 : 1));
}

const rowsOf = (messages: readonly NamedMessage[]): number =>
  messages.reduce((sum, { message }) => sum + message.to.length, 0);

function tell(seed: number, calendar: Calendar, rows: number): NamedMessage[] {
  return stories.flatMap((story) => {
    const count = Math.max(1, Math.round((story.messages * rows) / DEMO_ROWS));
    return Array.from({ length: count }, (_, index) => {
      const scene = sceneOf(seed, story.name, index, calendar);
      return { name: `${story.name}/${index}`, message: story.write(scene) };
    });
  });
}

function everyday(seed: number, calendar: Calendar, rows: number): NamedMessage[] {
  let left = rows;
  return traffic.flatMap((kind, i) => {
    const isLast = i === traffic.length - 1;
    const quota = isLast ? left : Math.min(left, Math.round(kind.share * rows));
    left -= quota;
    return fill(quota, (index) => ({
      name: `${kind.name}/${index}`,
      message: kind.write(sceneOf(seed, kind.name, index, calendar)),
    }));
  });
}

/** Messages until their rows are as many as wanted; the last one loses the recipients that are too many. */
function fill(rows: number, write: (index: number) => NamedMessage): NamedMessage[] {
  const messages: NamedMessage[] = [];
  for (let left = rows; left > 0; ) {
    const { name, message } = write(messages.length);
    const to = message.to.slice(0, left);
    messages.push({ name, message: { ...message, to } satisfies Message });
    left -= to.length;
  }
  return messages;
}

const sceneOf = (seed: number, name: string, index: number, calendar: Calendar): Scene => ({
  index,
  calendar,
  random: randomFor(seed, name, index),
});
