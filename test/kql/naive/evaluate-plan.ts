import { operationNamed } from '../../../src/kql/compute/index.ts';
import { valueOfHostText } from '../../../src/kql/functions/index.ts';
import { call, literal, type Plan, type PlanKind, type PlanOf, type Scalar } from '../../../src/kql/plan/index.ts';
import type { Dynamic, Value } from '../../../src/values/index.ts';
import { gather, identities } from './identity.ts';
import { joinRows } from './join.ts';
import { sorted } from './order.ts';
import { type Row, type Rows, rowOf, type Surroundings, valuesOf } from './rows.ts';
import { type Scalars, scalarsIn } from './scalars.ts';
import { seriesRows } from './series.ts';
import { windowValues } from './windows.ts';

/**
 * The rows of a plan, computed by one plain function for each node: the definition of the nodes, to hold the SQL against.
 * Nothing here is fast. Rows stand in the order that KQL keeps; where KQL keeps none, in some order.
 */
export const evaluatePlan = (plan: Plan, tables: Surroundings['tables']): Rows =>
  evaluateIn(plan, { tables, outer: new Map() });

function evaluateIn(plan: Plan, surroundings: Surroundings): Rows {
  const place: Place = {
    surroundings,
    scalars: scalarsIn(surroundings, evaluateIn),
    rows: (input, around = surroundings) => evaluateIn(input, around),
  };
  return { schema: plan.schema, rows: evaluateNode(plan, place) };
}

/** What the function of a node reads. */
interface Place {
  readonly surroundings: Surroundings;
  readonly scalars: Scalars;
  readonly rows: (input: Plan, surroundings?: Surroundings) => Rows;
}

type Nodes = { readonly [K in PlanKind]: (plan: PlanOf<K>, place: Place) => readonly Row[] };

const evaluateNode = <K extends PlanKind>(plan: PlanOf<K>, place: Place): readonly Row[] =>
  (nodes[plan.kind] as (plan: PlanOf<K>, place: Place) => readonly Row[])(plan, place);

const noRow: Row = new Map();

const nodes: Nodes = {
  scan: (plan, { surroundings }) => surroundings.tables.get(plan.table)!,
  rows: (plan) => plan.rows.map((values) => rowOf(plan.schema, values)),
  loaded: (plan) => {
    const rows: (string | null)[][] = JSON.parse(plan.rows);
    return rows.map((texts) =>
      rowOf(
        plan.schema,
        plan.schema.map(({ type }, i) => valueOfHostText(texts[i] ?? null, type)),
      ),
    );
  },
  range: rangeRows,
  filter: (plan, { rows, scalars }) =>
    rows(plan.input).rows.filter((row) => scalars.value(plan.predicate, row) === true),
  project: (plan, { rows, scalars }) =>
    rows(plan.input).rows.map(
      (row) => new Map(plan.columns.map(({ name, value }) => [name, scalars.value(value, row)])),
    ),
  aggregate: aggregateRows,
  sort: (plan, { rows, scalars }) => sorted(rows(plan.input).rows, plan.keys, scalars),
  take: (plan, { rows }) => rows(plan.input).rows.slice(0, plan.count),
  join: (plan, { rows, scalars }) => joinRows(plan, rows(plan.left), rows(plan.right), scalars),
  union: (plan, { rows }) =>
    plan.inputs.flatMap((input) => rows(input).rows.map((row) => rowOf(plan.schema, valuesOf(plan.schema, row)))),
  series: (plan, { rows, scalars }) => seriesRows(plan, rows(plan.input), scalars),
  expand: (plan, { rows, scalars }) => rows(plan.input).rows.flatMap((row) => expandRow(plan, row, scalars)),
  unique: uniqueRows,
  window: (plan, { rows, scalars }) =>
    plan.calls.reduce<readonly Row[]>((before, { name, value }) => {
      const values = windowValues(value, before, scalars);
      return before.map((row, i) => new Map([...row, [name, values[i]!]]));
    }, rows(plan.input).rows),
  compute: (plan, { rows }) => {
    const inputs = plan.inputs.map((input) => {
      const { schema, rows: found } = rows(input);
      return { schema, rows: found.map((row) => valuesOf(schema, row)) };
    });
    const result = operationNamed(plan.operation)!.run(inputs, plan.options, plan.schema);
    return result.map((values) => rowOf(plan.schema, values));
  },
  apply: applyRows,
  outer: (plan, { surroundings }) => [surroundings.outer.get(plan.row)!],
  shared: (plan, { rows }) => rows(plan.input).rows,
};

/** Each value of a range; no step or bound, no rows. */
function rangeRows(plan: PlanOf<'range'>, { scalars }: Place): Row[] {
  const [from, to, step] = [plan.from, plan.to, plan.step].map((part) => scalars.value(part, noRow) as bigint | null);
  const rows: Row[] = [];
  if (from == null || to == null || step == null || step === 0n) return rows;
  for (let value = from; step > 0n ? value <= to : value >= to; value += step) rows.push(rowOf(plan.schema, [value]));
  return rows;
}

/** Without `by` all rows are one group, even where there is none. */
function aggregateRows(plan: PlanOf<'aggregate'>, { rows, scalars }: Place): Row[] {
  const input = rows(plan.input).rows;
  const types = plan.by.map(({ value }) => value.type);
  const keysOf = (row: Row): Value[] => plan.by.map(({ value }) => scalars.value(value, row));
  const groups = plan.by.length === 0 ? [[...input]] : gather(input, (row) => identities(keysOf(row), types));
  return groups.map((group) => {
    const keys = group[0] === undefined ? [] : keysOf(group[0]);
    const values = plan.aggregates.map(({ value }) => scalars.aggregate(value, group));
    const names = [...plan.by, ...plan.aggregates].map(({ name }) => name);
    return new Map(names.map((name, i) => [name, [...keys, ...values][i]!]));
  });
}

/** The first rows of each key, by `best` or as they come. */
function uniqueRows(plan: PlanOf<'unique'>, { rows, scalars }: Place): Row[] {
  const types = plan.keys.map(({ type }) => type);
  const keysOf = (row: Row): string =>
    identities(
      plan.keys.map((key) => scalars.value(key, row)),
      types,
    );
  return gather(rows(plan.input).rows, keysOf).flatMap((group) => {
    const { best, count = 1, rank } = plan;
    const first = best === undefined ? group.slice(0, 1) : sorted(group, [best], scalars).slice(0, count);
    return rank === undefined ? first : first.map((row, i) => new Map([...row, [rank, BigInt(i + 1)]]));
  });
}

/** The elements side by side, the shorter lists filled up with null. */
function expandRow(plan: PlanOf<'expand'>, row: Row, scalars: Scalars): Row[] {
  const lists = plan.items.map(({ value, asText }) => {
    const elements = elementsOf(scalars.value(value, row), plan.pairs);
    return asText ? elements.map((element) => scalars.value(textOf(element), row)) : elements;
  });
  const longest = Math.max(...lists.map((list) => list.length));
  const count = plan.limit === undefined ? longest : Math.min(longest, Number(plan.limit));
  const places = Array.from({ length: count }, (_, i) => i);
  return places.map((at) => {
    const elements = plan.items.map(({ name, asText }, i): [string, Value] => [
      name,
      lists[i]![at] ?? (asText ? '' : null),
    ]);
    const index: [string, Value][] = plan.index === undefined ? [] : [[plan.index, BigInt(at)]];
    return new Map([...row, ...elements, ...index]);
  });
}

const textOf = (element: Dynamic): Scalar => call('tostring', 'string', [literal('dynamic', element)]);

function elementsOf(value: Dynamic, pairs: boolean): Dynamic[] {
  if (Array.isArray(value)) return value;
  if (!(value instanceof Map)) return [value];
  return [...value].map(([key, member]) => (pairs ? [key, member] : new Map([[key, member]])));
}

/** The inner plan once for each row, which its `outer` leaves see. */
function applyRows(plan: PlanOf<'apply'>, { surroundings, rows }: Place): Row[] {
  const input = rows(plan.input).rows;
  if (plan.limit !== undefined && input.length > plan.limit.rows)
    throw new Error(`${plan.limit.what} has too many values`);
  return input.flatMap((row) => {
    const outer = new Map([...surroundings.outer, [plan.row, row]]);
    return rows(plan.inner, { ...surroundings, outer }).rows.map((own) => new Map([...row, ...own]));
  });
}
