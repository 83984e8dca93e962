/**
 * The victim of the kill test: ingests numbered rows, in the order of their numbers, from where its sources were left,
 * and prints the number of each acknowledged row. Ends only by being killed.
 *
 *     node test/store/kill-child.ts FOLDER SEED
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/index.ts';
import { NEW_YEAR } from './rig.ts';

const [folder, seed] = [process.argv[2]!, Number(process.argv[3])];
let state = seed;
const random = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return Math.floor((state / 0x8000_0000) * below);
};

const store = await openStore(folder, { idle: 0 });
writeSync(1, 'open\n');

/** Mail has a key, clicks have none: every second click is a twin of the one before. */
async function feed(table: 'EmailEvents' | 'UrlClickEvents'): Promise<never> {
  const columns =
    table === 'EmailEvents' ? ['Timestamp', 'NetworkMessageId', 'RecipientEmailAddress'] : ['Timestamp', 'Url'];
  const row = (n: number) =>
    table === 'EmailEvents' ? `[${NEW_YEAR},"${n}","r"]` : `[${NEW_YEAR},"${Math.floor(n / 2)}"]`;
  for (;;) {
    const from = await store.position(table);
    const to = from + 1 + random(40);
    const rows = Array.from({ length: to - from }, (_, index) => row(from + index));
    await store.append({ table, columns, rows, source: { id: table, position: to } });
    writeSync(1, `${table} ${to}\n`);
    if (random(10) === 0) await store.flush();
    if (random(40) === 0) await store.compact();
  }
}
await Promise.all([feed('EmailEvents'), feed('UrlClickEvents')]);
