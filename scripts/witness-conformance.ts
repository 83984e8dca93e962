/** Witnesses of published hunts that lie in a folder beside the clone: rows over which the real engine finds something. */
import { readFileSync } from 'node:fs';
import { MailhuntError } from '../src/errors/index.ts';
import { queryRule, witnessRule } from '../src/rules/index.ts';
import { openSandbox } from '../src/store/index.ts';
import { ticksFromUnixMs } from '../src/values/index.ts';

/** The clock of the hunts. */
const NOW = ticksFromUnixMs(Date.parse('2026-07-18T14:00:00Z'));
const ATTEMPTS = 12;

/** Looks for a witness of each hunt of a file of JSON lines; says which have none and why, and returns how many have one. */
export async function countWitnesses(file: string): Promise<number> {
  await using sandbox = await openSandbox();
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  let count = 0;
  for (const [i, line] of lines.entries()) {
    const { id, query } = JSON.parse(line) as { readonly id: string; readonly query: string };
    const problem = await withoutWitness(query, i + 1);
    if (problem === '') count++;
    else process.stdout.write(`  ${id} ${problem}\n`);
  }
  process.stdout.write(`witnesses: ${count} of ${lines.length} hunts fire on rows that were built from them\n`);
  return count;

  async function withoutWitness(query: string, seed: number): Promise<string> {
    try {
      const rule = queryRule(query, 'hunt');
      const { witness, obstacles } = await witnessRule(rule, { sandbox, now: NOW, seed, attempts: ATTEMPTS });
      return witness === undefined ? obstacles.map(({ kind, text }) => `${kind} ${text}`.trim()).join(' | ') : '';
    } catch (error) {
      if (error instanceof MailhuntError) return error.message;
      throw error;
    }
  }
}
