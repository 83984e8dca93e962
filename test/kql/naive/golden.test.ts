import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { isSerialized, type Plan } from '../../../src/kql/plan/index.ts';
import { TestDatabase } from '../duckdb.ts';
import { fixtures } from '../fixtures.ts';
import { compareRows, evaluatePlan, readRow } from './index.ts';
import { plansOf } from './plans.ts';
import { tablesOf } from './tables.ts';

/** Every golden query, its plan as lowered and as improved, gives the recorded rows. */
const now = 638_881_776_000_000_000n;
const root = new URL('../golden/', import.meta.url);
let database: TestDatabase;
let tables: Awaited<ReturnType<typeof tablesOf>>;
before(async () => {
  database = await TestDatabase.open();
  for (const { name, columns, values } of fixtures) await database.table(name, columns, values);
  tables = await tablesOf(database);
});
after(() => database.close());

/** Why the rows of some are not compared. */
const left: Readonly<Record<string, RegExp>> = {
  sample: /rand\(\)/,
  'column-names-of': /new_guid/,
  // the evaluator does not try patterns that could take long in JavaScript
  parse: /may take too long/,
  'parse-kv-regex': /may take too long/,
  'parse-typed-before-star': /may take too long/,
};

/** Sorted by a key that several rows share. */
const ties: ReadonlySet<string> = new Set(['union-types-of-three']);

const names = readdirSync(root)
  .filter((name) => readdirSync(new URL(`${name}/`, root)).includes('rows.jsonl'))
  .sort();

for (const name of names) {
  test(`golden rows are those of the plan: ${name}`, async () => {
    const query = readFileSync(new URL(`${name}/query.kql`, root), 'utf8');
    const context = { catalog: database.catalog, now, engine: database };
    const recorded = recordedTables(readFileSync(new URL(`${name}/rows.jsonl`, root), 'utf8'));
    const plans = await plansOf(query, context);
    assert.equal(plans.length, recorded.length);
    const compare = (plan: Plan, i: number) =>
      compareRows(
        plan,
        recorded[i]!.map(readRow),
        (part) => evaluatePlan(part, tables),
        isSerialized(plan) && !ties.has(name),
      );
    plans.forEach(({ lowered, improved }, i) => {
      for (const plan of [lowered, improved]) {
        const reason = left[name];
        if (reason === undefined) assert.equal(compare(plan, i), undefined);
        else assert.throws(() => compare(plan, i), reason);
      }
    });
  });
}

/** The rows of each table: a line of its columns comes first, what is no array is no row. */
function recordedTables(text: string): string[][] {
  const found: string[][] = [];
  for (const line of text.split('\n').filter((one) => one.startsWith('['))) {
    if (isHeader(line)) found.push([]);
    else found.at(-1)!.push(line);
  }
  return found;
}

const kinds = 'bool|int|long|real|decimal|string|datetime|timespan|guid|dynamic';
const isHeader = (line: string): boolean => new RegExp(`^\\["[^"]*:(${kinds})"[,\\]]`).test(line);
