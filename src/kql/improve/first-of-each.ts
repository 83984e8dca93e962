import { column, type Plan, type PlanOf, type Scalar, type SortKey, type WindowCall } from '../plan/index.ts';
import type { Rewrite } from './rewrite.ts';

/**
 * `sort by K asc, T asc | extend n = row_number(1, K != prev(K)) | where n <= 3`: the first rows of each key. They are
 * found before anything is sorted (a third of the processor's time), and numbered as they are found.
 */
export const firstOfEach: Rewrite = (plan) => {
  if (plan.kind !== 'filter' || plan.input.kind !== 'window' || plan.input.input.kind !== 'sort') return plan;
  const window = plan.input;
  const sort = plan.input.input;
  const rank = rankIn(window, sort.keys);
  const count = rank === undefined ? undefined : greatest(plan.predicate, rank);
  if (rank === undefined || count === undefined) return plan;
  const first: PlanOf<'unique'> = {
    kind: 'unique',
    input: sort.input,
    keys: sort.keys.slice(0, -1).map(({ value }) => value),
    best: sort.keys.at(-1)!,
    count,
    rank,
    schema: [...sort.input.schema, { name: rank, type: 'long' }],
  };
  const last: SortKey = { value: column(rank, 'long'), descending: false, nullsFirst: true };
  const filtered: Plan = { ...plan, input: first, schema: first.schema };
  const sorted: Plan = { ...sort, input: filtered, keys: [...sort.keys, last], schema: first.schema };
  if (plan.schema.length === first.schema.length) return sorted;
  const columns = plan.schema.map(({ name, type }) => ({ name, value: column(name, type) }));
  return { kind: 'project', input: sorted, columns, schema: plan.schema };
};

/**
 * The one column of a window that is read, where it numbers from 1 the rows that agree in all keys of the sort but its last.
 * Keys are strings: of nulls `!=` would say nothing, and no row would start anew.
 */
function rankIn({ calls, input, schema }: PlanOf<'window'>, keys: readonly SortKey[]): string | undefined {
  const numbering = calls.filter(({ value }) => value.name === 'row_number');
  const [number] = numbering;
  if (number === undefined || numbering.length > 1) return undefined;
  const added = schema.filter(({ name }) => input.schema.every((column) => column.name !== name));
  if (added.length !== 1 || added[0]!.name !== number.name) return undefined;
  const [start, restart] = number.value.args;
  if (restart === undefined || start?.kind !== 'literal' || start.value !== 1n) return undefined;
  const before = new Map(calls.map(({ name, value }) => [name, value]));
  const changed = alternatives(restart).map((part) => changedColumn(part, before));
  const keyed = keys.slice(0, -1).map(({ value }) => (value.kind === 'column' ? value.name : undefined));
  const same =
    changed.every((name) => name !== undefined && keyed.includes(name)) &&
    keyed.every((name) => changed.includes(name));
  return same ? number.name : undefined;
}

const alternatives = (scalar: Scalar): readonly Scalar[] =>
  scalar.kind === 'call' && scalar.name === 'or' ? scalar.args.flatMap(alternatives) : [scalar];

/** The string column of which a scalar says `K != prev(K)`. */
function changedColumn(scalar: Scalar, before: ReadonlyMap<string, WindowCall>): string | undefined {
  if (scalar.kind !== 'call' || scalar.name !== '!=') return undefined;
  const [left, right] = scalar.args;
  return precedes(left!, right!, before) ?? precedes(right!, left!, before);
}

function precedes(value: Scalar, previous: Scalar, before: ReadonlyMap<string, WindowCall>): string | undefined {
  if (value.kind !== 'column' || value.type !== 'string' || previous.kind !== 'column') return undefined;
  const call = before.get(previous.name);
  if (call?.name !== 'prev' || call.args.length > 2) return undefined;
  const [source, offset] = call.args;
  const isOneBefore = offset === undefined || (offset.kind === 'literal' && offset.value === 1n);
  return isOneBefore && source?.kind === 'column' && source.name === value.name ? value.name : undefined;
}

/** The greatest number that a predicate lets through, where it says so. */
function greatest(predicate: Scalar, rank: string): number | undefined {
  if (predicate.kind !== 'call') return undefined;
  const [left, right] = predicate.args;
  if (predicate.name === 'and') return greatest(left!, rank) ?? greatest(right!, rank);
  if (left?.kind !== 'column' || left.name !== rank || right?.kind !== 'literal') return undefined;
  const bound = typeof right.value === 'bigint' ? Number(right.value) : undefined;
  if (bound === undefined || bound < 1 || bound > Number.MAX_SAFE_INTEGER) return undefined;
  return predicate.name === '<=' || predicate.name === '==' || predicate.name === '<' ? bound : undefined;
}
