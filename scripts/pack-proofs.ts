/**
 * Proves the rules that come with mailhunt and writes what came of it to `rules/proofs.json`, by the hash of each rule's text
 * and tests: `node scripts/pack-proofs.ts` (minutes). The workbench shows these verdicts; a text that was changed since has none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testRules } from '../src/rules/index.ts';
import { proofKey } from '../src/server/workbench/rules/rule-work.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const VARIATIONS = 20;

const { proofs } = await testRules({
  paths: [join(root, 'rules')],
  variations: VARIATIONS,
  seed: 1,
  mutate: false,
  withHeaderForm: false,
  stopwatch: () => performance.now(),
  progress: (words) => process.stderr.write(`${words}\n`),
});

const entries = proofs
  .map(({ rule, verdict, testPath, results }) => {
    const tests = testPath === undefined ? undefined : readFileSync(testPath, 'utf8');
    const key = proofKey(readFileSync(rule.path, 'utf8'), tests);
    return [key, { verdict, tests: results.length, variations: VARIATIONS }] as const;
  })
  .sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(
  join(root, 'rules', 'proofs.json'),
  `${JSON.stringify({ proofs: Object.fromEntries(entries) }, null, 2)}\n`,
);
