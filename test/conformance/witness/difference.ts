import { column, type Plan, type PlanOf } from '../../../src/kql/plan/index.ts';
import { type Dynamic, dynamicToJson } from '../../../src/values/index.ts';
import { type Cells, cellsOf, readRow } from '../../kql/naive/compare.ts';
import { type Rows, valuesOf } from '../../kql/naive/index.ts';

type Evaluate = (plan: Plan) => Rows;

/**
 * What is wrong with rows that the engine gave for a plan, in words; undefined where nothing is. Their order is not looked
 * at; of rows that tie where some are taken (`top 10 by Count`, `arg_max`), any may be among them.
 */
export function differenceOf(plan: Plan, texts: readonly string[], evaluate: Evaluate): string | undefined {
  const given = texts.map((text) => textOf(readRow(text)));
  const expected = textsOf(evaluate(plan));
  const [surplus, missing] = [without(given, expected), without(expected, given)];
  if (surplus.length === 0 && missing.length === 0) return undefined;
  const choice = choiceOf(plan, evaluate);
  const isChoice = choice !== undefined && given.length === expected.length && without(choice.sure, given).length === 0;
  if (isChoice && without(given, choice.possible).length === 0) return undefined;
  const show = (rows: readonly string[]): string =>
    rows
      .slice(0, 2)
      .map((row) => `\n    ${row.slice(0, 600)}`)
      .join('');
  return `${given.length} rows, ${expected.length} expected; only given:${show(surplus)}\n  only expected:${show(missing)}`;
}

/** Rows that must be in a result, and all that may be, where the plan leaves a choice on its way to the result. */
function choiceOf(plan: Plan, evaluate: Evaluate): { sure: string[]; possible: string[] } | undefined {
  const chosen = openNode(plan);
  if (chosen === undefined) return undefined;
  const { sure, tied } = tiesOf(chosen, evaluate);
  const over = (rows: readonly Dynamic[][]): string[] =>
    textsOf(evaluate(replaced(plan, chosen, { kind: 'rows', schema: chosen.schema, rows })));
  return { sure: over(sure), possible: over([...sure, ...tied]) };
}

type Open = PlanOf<'take'> | PlanOf<'unique'> | PlanOf<'aggregate'>;

function tiesOf(open: Open, evaluate: Evaluate): Ties {
  if (open.kind === 'take') return tiesOfTake(open, evaluate);
  if (open.kind === 'unique') return tiesOfUnique(open, evaluate);
  const { sure, tied } = tiesOfUnique(uniqueOf(open), evaluate);
  return { sure, tied: tied.map((row) => row.slice(0, -1)) };
}

const BEST = '$best';

/** Whether all of a group's values come from the row of one greatest or least value. */
function takesBest({ aggregates: [first, ...rest] }: PlanOf<'aggregate'>): boolean {
  if (first === undefined || !/^arg_(max|min)$/.test(first.value.name)) return false;
  const by = JSON.stringify(first.value.args[0]);
  return rest.every(({ value }) => value.name === first.value.name && JSON.stringify(value.args[0]) === by);
}

/** The rows that such groups choose among, each key's best first: the columns of the result, and what it is best by. */
function uniqueOf({ input, by, aggregates, schema }: PlanOf<'aggregate'>): PlanOf<'unique'> {
  const { name, args } = aggregates[0]!.value;
  const best = args[0]!;
  const values = aggregates.map((item) => ({ name: item.name, value: item.value.args.at(-1)! }));
  const columns = [...by, ...values, { name: BEST, value: best }];
  const all = [...schema, { name: BEST, type: best.type }];
  const keys = by.map((key) => column(key.name, key.value.type));
  const order = { value: column(BEST, best.type), descending: name === 'arg_max', nullsFirst: false };
  return { kind: 'unique', input: { kind: 'project', input, columns, schema: all }, keys, best: order, schema: all };
}

/** The first node on the way down that takes some of several rows, where all above it goes row by row. */
function openNode(plan: Plan): Open | undefined {
  if (plan.kind === 'take' || plan.kind === 'unique') return plan;
  if (plan.kind === 'aggregate') return takesBest(plan) ? plan : undefined;
  return plan.kind === 'project' || plan.kind === 'sort' || plan.kind === 'filter' ? openNode(plan.input) : undefined;
}

const replaced = (plan: Plan, old: Plan, by: Plan): Plan =>
  plan === old ? by : 'input' in plan ? { ...plan, input: replaced(plan.input, old, by) } : plan;

const valuesIn = ({ schema, rows }: Rows): Dynamic[][] => rows.map((row) => valuesOf(schema, row));

interface Ties {
  readonly sure: readonly Dynamic[][];
  readonly tied: readonly Dynamic[][];
}

/** The rows that stand before the last one taken, and those that stand level with it. */
function tiesOfTake({ input, count }: PlanOf<'take'>, evaluate: Evaluate): Ties {
  const rows = valuesIn(evaluate(input));
  const sort = sortBelow(input);
  if (sort === undefined) return { sure: [], tied: rows };
  const columns = sort.keys.map(({ value }, i) => ({ name: `key ${i}`, value }));
  const schema = columns.map(({ name, value }) => ({ name, type: value.type }));
  const keys = textsOf(evaluate({ kind: 'project', input: sort, columns, schema }));
  const last = keys[Math.min(count, keys.length) - 1];
  const start = keys.indexOf(last ?? '');
  return { sure: rows.slice(0, start), tied: rows.slice(start, keys.lastIndexOf(last ?? '') + 1) };
}

const sortBelow = (plan: Plan): PlanOf<'sort'> | undefined =>
  plan.kind === 'sort' ? plan : plan.kind === 'project' ? sortBelow(plan.input) : undefined;

/** Of each key, the rows that are level with its best. */
function tiesOfUnique({ input, keys, best }: PlanOf<'unique'>, evaluate: Evaluate): Ties {
  const sort: Plan = best === undefined ? input : { kind: 'sort', input, keys: [best], schema: input.schema };
  const rows = valuesIn(evaluate(sort));
  const columns = [...keys, ...(best === undefined ? [] : [best.value])].map((value, i) => ({
    name: `key ${i}`,
    value,
  }));
  const schema = columns.map(({ name, value }) => ({ name, type: value.type }));
  const read = valuesIn(evaluate({ kind: 'project', input: sort, columns, schema }));
  const first = new Map<string, string>();
  const tied = rows.filter((_, i) => {
    const [key, value] = [read[i]!.slice(0, keys.length), read[i]!.slice(keys.length)].map(dynamicToJson) as [
      string,
      string,
    ];
    if (!first.has(key)) first.set(key, value);
    return first.get(key) === value;
  });
  return { sure: [], tied };
}

/** The texts that are left when those of another list are taken out, each once. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  return texts.filter((text) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left <= 0;
  });
}

const textsOf = (rows: Rows): string[] => cellsOf(rows).map(textOf);

/** Reals to twelve digits: the order of additions is open. */
const textOf = (row: Cells): string =>
  dynamicToJson(
    row.map((cell) => (typeof cell === 'number' && Number.isFinite(cell) ? Number(cell.toPrecision(12)) : cell)),
  );
