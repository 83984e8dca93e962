import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Store } from '../store/index.ts';
import { formatDatetime, parseDatetime, ticksFromUnixMs } from '../values/index.ts';
import type { World } from './command.ts';
import { progressLine } from './progress.ts';

/** Fills an empty store with the demo, or goes on with a demo that was stopped; other mail is left alone. */
export async function fillDemo(store: Store, { now, err, signal }: World): Promise<void> {
  const { DEMO_ROWS, DEMO_SEED, demoBatches, demoSource } = await import('../lab/index.ts');
  const begun = await demoEnd(store.path);
  if (begun === undefined && (await store.summary()).some(({ rows }) => rows > 0)) return;
  const end = begun ?? (await beginDemo(store.path, ticksFromUnixMs(now())));
  const line = progressLine(err, Date.now);
  const notice = (text: string): void => void err.write(`${text}\n`);
  const demo = { seed: DEMO_SEED, now: end, rows: DEMO_ROWS, cache: cacheFolder(store.path), signal, notice };
  let rows = 0;
  try {
    const after = await store.position(demoSource(demo));
    for await (const { messages = [], ...batch } of demoBatches({ ...demo, after })) {
      await store.messages.keep(messages);
      await store.append(batch);
      rows += batch.rows.length;
      line.show(`demo: ${rows.toLocaleString('en')} rows`);
    }
    await store.flush();
    line.clear();
    const old = `demo: ends ${formatDatetime(end).slice(0, 16)}; remove ${store.path} for one that ends now`;
    await err.write(`${rows > 0 ? `demo: ${rows.toLocaleString('en')} rows are in` : old}\n`);
  } catch (error) {
    line.clear();
    if (!signal.aborted) throw error;
  }
}

/** The file in which a store says that it holds the demo, and up to when: a stopped demo goes on with the same mail. */
const demoFile = (path: string): string => join(path, 'demo.json');

/** Where demos are kept: beside the store, which is removed to have a new one. */
const cacheFolder = (path: string): string => `${resolve(path)}-cache`;

async function demoEnd(path: string): Promise<bigint | undefined> {
  const text = await readFile(demoFile(path), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (parseDatetime(String(JSON.parse(text).now)) ?? undefined);
}

async function beginDemo(path: string, now: bigint): Promise<bigint> {
  await writeFile(demoFile(path), `${JSON.stringify({ now: formatDatetime(now) })}\n`);
  return now;
}
