import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { TestDatabase } from '../duckdb.ts';
import { type Outcome, tryQuery } from './difference.ts';
import { query } from './query.ts';
import { createTables, rowsByTable } from './tables.ts';

/**
 * Random queries over small tables: the engine's rows are those of the naive evaluation of the same plan. Runs for
 * RANDOM_SECONDS (15 unless told); RANDOM_SEED repeats a run, which prints its seed.
 */
const seconds = Number(process.env.RANDOM_SECONDS ?? 15);
const seed = Number(process.env.RANDOM_SEED ?? Date.now() % 2 ** 31);
let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  await createTables(database);
});
after(() => database.close());

test('the rows of random queries are those of the naive evaluation', {
  timeout: (seconds + 120) * 1_000,
}, async (t) => {
  t.diagnostic(`RANDOM_SEED=${seed}`);
  const found: Record<Outcome['kind'], number> = { same: 0, overflow: 0, 'both fail': 0, refused: 0, different: 0 };
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      const outcome = await tryQuery(text, database, rowsByTable);
      found[outcome.kind] += 1;
      if (outcome.kind === 'different') assert.fail(`${text}\n${outcome.words}`);
    }),
    { seed, numRuns: 1_000_000, interruptAfterTimeLimit: seconds * 1_000, markInterruptAsFailure: false },
  );
  const all = Object.values(found).reduce((sum, count) => sum + count, 0);
  t.diagnostic(JSON.stringify(found));
  assert.ok(found.same > 0.8 * all, `too few queries can be compared: ${JSON.stringify(found)}`);
});

test('a difference is found: rows that are not the tables’', async () => {
  const others = new Map([...rowsByTable].map(([name, rows]) => [name, rows.slice(1)]));
  for (const text of ['A', 'A | count', 'A | take 3', 'A | sort by n asc | take 1']) {
    const outcome = await tryQuery(text, database, others);
    assert.equal(outcome.kind, 'different', text);
  }
});
