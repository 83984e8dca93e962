/** Published hunts that lie in a folder beside the clone, run over a store that holds what each of them looks for. */
import { readFileSync } from 'node:fs';
import { type Hunt, type Outcome, runHunts } from '../test/conformance/witness/run-hunts.ts';
import type { HuntCounts } from './ratchet.ts';

/** The clock of the hunts. */
const NOW = Date.parse('2026-07-18T14:00:00Z');

/**
 * Runs the hunts of a file of JSON lines and prints what became of them: which were refused, by whom and why, which
 * found nothing, which gave other rows than the naive evaluation.
 */
export async function runPublishedHunts(file: string): Promise<HuntCounts> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const outcomes = await runHunts(
    lines.map((line): Hunt => JSON.parse(line)),
    NOW,
  );
  const say = (title: string, found: readonly Outcome[], words: (one: never) => string): void => {
    process.stdout.write(`${title}: ${found.length}\n`);
    for (const one of found) process.stdout.write(`  ${one.id} ${words(one as never)}\n`);
  };
  const of = (kind: Outcome['kind']): Outcome[] => outcomes.filter((one) => one.kind === kind);
  const ran = outcomes.filter((one) => one.kind === 'ran');
  say("refused by Microsoft's binder", of('unbound'), ({ words }: { words: string }) => words);
  say('refused by us', of('refused'), ({ words }: { words: string }) => words);
  say('ended by an error', of('failed'), ({ words }: { words: string }) => words);
  say(
    'without rows',
    ran.filter(({ rows }) => rows === 0),
    () => '',
  );
  say(
    'other rows',
    ran.filter((one) => one.difference !== undefined),
    ({ difference }: { difference: string }) => difference,
  );
  const counts = {
    run: ran.length,
    rows: ran.filter(({ rows }) => rows > 0).length,
    equal: ran.filter((one) => one.difference === undefined).length,
  };
  process.stdout.write(`hunts: ${lines.length}, ${counts.run} run, ${counts.rows} with rows, ${counts.equal} equal\n`);
  return counts;
}
