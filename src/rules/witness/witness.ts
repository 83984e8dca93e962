import { MailhuntError } from '../../../src/errors/index.ts';
import type { Row } from '../../../src/kql/evaluate/index.ts';
import { hostTextOfValue } from '../../../src/kql/functions/index.ts';
import { type Catalog, compileOn, type RunContext } from '../../../src/kql/index.ts';
import { mapChildren, mapScalarPlans, type Plan, type Schema } from '../../../src/kql/plan/index.ts';
import { tableNamed, tables } from '../../../src/schema/index.ts';
import type { Value } from '../../../src/values/index.ts';
import { evaluatePlan } from '../../kql/naive/index.ts';
import { demandOf, type WantedRow } from './demand.ts';
import { type ExternalList, listings } from './lists.ts';
import { randomFrom } from './random.ts';
import { solve } from './solve.ts';
import { ownName } from './tables.ts';
import { typicalTexts, typicalValue } from './typical.ts';

/** Rows that make a hunt find something, and the lists from outside that it has to read for that. */
export interface Witness {
  readonly rows: readonly WitnessRow[];
  readonly lists: readonly (ExternalList & { readonly rows: readonly Row[] })[];
}

/** A row of a table: a value by column. */
export interface WitnessRow {
  readonly table: string;
  readonly cells: Row;
}

/** What a search for witnesses draws on. */
export interface WitnessContext extends RunContext {
  /** Counts up, so that no two things of any witness are alike. */
  readonly serial: () => number;
  readonly seed: number;
  readonly attempts?: number;
}

const ATTEMPTS = 24;
const HOUR = 36_000_000_000n;

/** What was found for a hunt. Without a witness there are its lists, with rows of the kind that their columns promise. */
export interface Search {
  readonly witness: Witness | undefined;
  readonly lists: Witness['lists'];
}

/** Rows over which the hunt finds something, as far as can be told without the engine. */
export async function witnessOf(text: string, context: WitnessContext): Promise<Search> {
  const lists = listings();
  const { tables: results } = await compileOn(text, { ...context, surroundings: lists.around(context.surroundings) });
  for (let attempt = 0; attempt < (context.attempts ?? ATTEMPTS); attempt++)
    for (const { plan } of results.length > 4 ? [results[attempt % results.length]!] : results) {
      const witness = attempted(plan, attempt, lists.lists, context);
      if (witness !== undefined) return { witness, lists: witness.lists };
    }
  const row = ({ schema }: ExternalList): Row =>
    new Map(schema.map((column) => [column.name, typicalValue('', column, context.serial())]));
  return { witness: undefined, lists: lists.lists.map((list) => ({ ...list, rows: [row(list)] })) };
}

/** One try: a demand, a solution, and a look whether the plan really gives a row over it. */
function attempted(
  plan: Plan,
  attempt: number,
  known: readonly ExternalList[],
  context: WitnessContext,
): Witness | undefined {
  const random = randomFrom(context.seed * 1_000 + attempt);
  const listOf = (rows: string): string | undefined => known.find((list) => list.marker === rows)?.marker;
  const demand = demandOf(plan, { random, plain: attempt === 0, listOf });
  if (demand === undefined) return undefined;
  const { rows: wanted, conditions } = demand;
  const cells = new Map<string, Value>();
  const asked = new Set<string>();
  const fresh = (cell: string): Value => {
    const again = asked.has(cell);
    asked.add(cell);
    const { table, schema } = wanted[Number(cell.slice(0, cell.indexOf('.')))]!;
    const found = schema.find(({ name }) => ownName(table, name) === cell.slice(cell.indexOf('.') + 1))!;
    if (found.type === 'datetime')
      return context.now - (again ? BigInt(Math.floor(random() * 40 * 24)) : 0n) * HOUR - HOUR / 2n;
    if (again && found.type === 'string' && random() < 0.3)
      return typicalTexts(context.serial())[Math.floor(random() * typicalTexts(0).length)]!;
    return typicalValue(table, found, context.serial());
  };
  const solved = solve(conditions, cells, fresh, random);
  const made = wanted.map((row) => ({ row, cells: filled(row, cells, context) }));
  const lists = known.map((list) => ({
    ...list,
    rows: made.filter(({ row }) => row.table === list.marker).map((one) => one.cells),
  }));
  const rows = made
    .filter(({ row }) => tableNamed(row.table) !== undefined)
    .map(({ row, cells: own }) => ({ table: row.table, cells: own }));
  const witness = { rows, lists };
  try {
    return evaluatePlan(withLists(plan, lists), tablesWith(rows, context.catalog)).rows.length > 0
      ? witness
      : undefined;
  } catch (error) {
    // The evaluator does not try every pattern; the engine does.
    return solved && error instanceof MailhuntError && error.code === 'KQL0005' ? witness : undefined;
  }
}

/** A row with all columns of its table: those that conditions read, the others as they typically are. */
function filled(
  { id, table, schema }: WantedRow,
  cells: ReadonlyMap<string, Value>,
  { now, serial }: WitnessContext,
): Row {
  const columns: Schema = tableNamed(table)?.columns ?? schema;
  const n = serial();
  return new Map(
    columns.map((column) => {
      const solved = cells.get(`${id}.${column.name}`);
      if (solved !== undefined) return [column.name, solved];
      return [column.name, column.type === 'datetime' ? now - HOUR / 2n : typicalValue(table, column, n)];
    }),
  );
}

/** What Sentinel writes into each row. */
const SENTINEL: Readonly<Record<string, string>> = { TenantId: '', SourceSystem: 'mailhunt' };

/** The tables of the schema, holding these rows; what Sentinel calls them by is there too, and each name of a renamed table. */
export function tablesWith(rows: readonly WitnessRow[], catalog: Catalog): Map<string, Row[]> {
  const byTable = new Map<string, Row[]>(tables.map(({ name }) => [name, []]));
  for (const { table, cells } of rows) {
    const hidden = catalog.tables.find(({ name }) => name === table)?.hidden ?? [];
    const others = hidden.map(({ name }): [string, Value] => [
      name,
      SENTINEL[name] ?? cells.get(ownName(table, name)) ?? null,
    ]);
    const row = new Map([...others, ...cells]);
    byTable.get(table)!.push(row);
  }
  for (const { name, successor } of tables)
    if (successor !== undefined) {
      const both = [...byTable.get(name)!, ...byTable.get(successor)!];
      byTable.set(name, both).set(successor, both);
    }
  return byTable;
}

/** The plan with the rows of lists in place of their markers. */
function withLists(plan: Plan, lists: Witness['lists']): Plan {
  const replaced = (inner: Plan): Plan => {
    if (inner.kind === 'loaded') {
      const list = lists.find(({ marker }) => marker === inner.rows);
      if (list === undefined) return inner;
      const texts = list.rows.map((row) =>
        inner.schema.map(({ name, type }) => hostTextOfValue(row.get(name) ?? (type === 'string' ? '' : null), type)),
      );
      return { ...inner, rows: JSON.stringify(texts) };
    }
    return mapScalarPlans(mapChildren(inner, replaced), replaced);
  };
  return replaced(plan);
}
