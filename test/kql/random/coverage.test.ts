import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { MailhuntError } from '../../../src/errors/index.ts';
import { mapChildren, mapScalarPlans, mapScalars, type Plan, type PlanKind } from '../../../src/kql/plan/index.ts';
import { TestDatabase } from '../duckdb.ts';
import { plansOf } from '../naive/plans.ts';
import { expressions, query } from './query.ts';
import { createTables } from './tables.ts';

/** What random queries are made of: one seed's worth of them, compiled and not run. */
const QUERIES = 250;
const FUNCTIONS = 120;
let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  await createTables(database);
});
after(() => database.close());

const kinds: Readonly<Record<PlanKind, boolean>> = {
  scan: true,
  rows: true,
  range: true,
  // a list of a file, which stands outside of a query
  loaded: false,
  filter: true,
  project: true,
  aggregate: true,
  sort: true,
  take: true,
  join: true,
  union: true,
  series: true,
  expand: true,
  unique: true,
  window: true,
  compute: true,
  apply: true,
  outer: true,
  shared: true,
};

/** The kinds of a plan's nodes and the names of its calls. */
function gather(plan: Plan, nodes: Set<string>, calls: Set<string>): Plan {
  nodes.add(plan.kind);
  mapScalars(plan, (scalar) => {
    const see = (part: typeof scalar): void => {
      if (part.kind !== 'call') return;
      calls.add(part.name);
      part.args.forEach(see);
    };
    see(scalar);
    return scalar;
  });
  mapScalarPlans(plan, (inside) => gather(inside, nodes, calls));
  return mapChildren(plan, (child) => gather(child, nodes, calls));
}

/** What the plans of queries are made of; those that are refused are made of nothing. */
async function partsOf(texts: readonly string[]): Promise<{ nodes: Set<string>; calls: Set<string>; refused: number }> {
  const parts = { nodes: new Set<string>(), calls: new Set<string>(), refused: 0 };
  for (const text of texts) {
    try {
      const [plans] = await plansOf(text, { catalog: database.catalog, now: 0n, engine: database });
      gather(plans!.lowered, parts.nodes, parts.calls);
    } catch (error) {
      if (!(error instanceof MailhuntError)) throw error;
      parts.refused++;
    }
  }
  return parts;
}

test('random queries reach each kind of node', async () => {
  const { nodes, refused } = await partsOf(fc.sample(query, { numRuns: QUERIES, seed: 1 }));
  for (const [kind, reached] of Object.entries(kinds)) assert.equal(nodes.has(kind), reached, kind);
  assert.ok(refused < QUERIES / 10, `${refused} refused`);
});

test('random expressions reach the functions of their table', async () => {
  const { calls } = await partsOf(fc.sample(expressions, { numRuns: 60, seed: 1 }));
  assert.ok(calls.size > FUNCTIONS, `only ${calls.size} functions: ${[...calls].sort().join(' ')}`);
});
