/**
 * The victim of the kill test: keeps numbered messages, removes every fifth batch’s first again, and prints each number once it is
 * safe, a removed one with a minus. Ends only by being killed.
 *
 *     node test/store/messages/kill-child.ts FOLDER FIRST
 */
import { writeSync } from 'node:fs';
import { PackBox } from '../../../src/store/messages/pack-box.ts';
import { letterOf } from './letter-of.ts';

const [folder, first] = [process.argv[2]!, Number(process.argv[3])];
const box = new PackBox(folder, { now: Date.now, packBytes: 60_000 });
await box.size();
writeSync(1, 'open\n');
for (let n = first; ; n += 5) {
  const numbers = Array.from({ length: 5 }, (_, at) => n + at);
  await box.keep(numbers.map(letterOf));
  writeSync(1, numbers.map((one) => `${one}\n`).join(''));
  if (n % 25 !== 0) continue;
  await box.remove(numbers.slice(0, 1).map((one) => letterOf(one).id));
  writeSync(1, `-${n}\n`);
}
