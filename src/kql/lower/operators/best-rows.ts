import type { AggregateCall, Named, Plan, Scalar, Schema } from '../../plan/index.ts';

/**
 * `summarize arg_max(t, …) by k` and nothing else is the best row of each group: `*` of a wide table costs no more than
 * one column. Undefined where the aggregates are others, or where an empty input must give a row.
 */
export function bestRows(
  input: Plan,
  by: readonly Named<Scalar>[],
  aggregates: readonly Named<AggregateCall>[],
  outputs: readonly Named<Scalar>[],
  schema: Schema,
): Plan | undefined {
  const first = aggregates[0]?.value;
  const order = first?.args[0];
  const descending = orders[first?.name ?? ''];
  const isOne = aggregates.every(({ value }) => value.span === first?.span && value.args[0] === order);
  if (first === undefined || order === undefined || descending === undefined || by.length === 0 || !isOne)
    return undefined;
  const values = new Map(aggregates.map(({ name, value }) => [name, value.args.at(-1)!]));
  const plain = outputs.every(({ value }) => value.kind === 'column' && values.has(value.name));
  if (!plain || aggregates.length < 3) return undefined;
  const best = { value: order, descending, nullsFirst: false };
  const rows: Plan = { kind: 'unique', input, keys: by.map(({ value }) => value), best, schema: input.schema };
  const columns = outputs.map(({ name, value }) => ({ name, value: values.get((value as { name: string }).name)! }));
  return { kind: 'project', input: rows, columns: [...by, ...columns], schema };
}

/** Whether the greatest value comes first. */
const orders: Readonly<Record<string, boolean>> = { arg_max: true, argmax: true, arg_min: false, argmin: false };
