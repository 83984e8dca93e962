import { compareDecimals, type KqlType, type Value } from '../../values/index.ts';
import type { AggregateFunction, SqlArg, SqlCall } from '../functions/row.ts';

type Order = 'max' | 'min';

const page = (name: string): string => `${name.replaceAll('_', '-')}-aggregation-function`;

/** Types that have a greatest and a least value. */
const orderable: readonly KqlType[] = ['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan'];

function checked(call: SqlCall): void {
  const { type } = call.args[0]!;
  if (!orderable.includes(type)) call.refuse(`cannot order values of type ${type}`);
}

/** A string is never null: of no rows it is empty. */
const notNull = (sql: string, type: KqlType): string => (type === 'string' ? `coalesce(${sql}, '')` : sql);

const orEmpty = (value: Value, type: KqlType | undefined): Value => (value === null && type === 'string' ? '' : value);

/** NaN has no place in the order: where there is one, it is the greatest and the least. */
function isBetter(order: Order, value: Value, than: Value, type: KqlType | undefined): boolean {
  if (than === null) return true;
  if (Number.isNaN(than) || Number.isNaN(value)) return !Number.isNaN(than);
  const [greater, less] = order === 'max' ? [value, than] : [than, value];
  return type === 'decimal' ? compareDecimals(String(greater), String(less)) > 0 : greater! > less!;
}

/** The engine takes NaN for the greatest alone: the least real is the greatest with the other sign. */
const isTurned = (order: Order, type: KqlType): boolean => order === 'min' && type === 'real';

/** SQL of the greatest or least value, of the rows that a filter leaves. */
const extremeSql = (order: Order, { sql, type }: SqlArg, filter = ''): string =>
  isTurned(order, type) ? `(-(max(-(${sql}))${filter}))` : `${order}(${sql})${filter}`;

const best = (order: Order, values: readonly Value[], type: KqlType | undefined): Value =>
  values.reduce((found, value) => (value !== null && isBetter(order, value, found, type) ? value : found), null);

const extreme = (name: string, order: Order, conditional: boolean): AggregateFunction => ({
  name,
  page: page(name),
  sql: (call) => {
    checked(call);
    const [value, predicate] = call.args;
    return notNull(extremeSql(order, value!, conditional ? ` FILTER (WHERE ${predicate!.sql})` : ''), value!.type);
  },
  evaluate: (rows, { argTypes: [type] }) => {
    const values = rows.filter(([, holds]) => !conditional || holds === true).map(([value = null]) => value);
    return orEmpty(best(order, values, type), type);
  },
});

/** Called once a column of the result, with the value to order by and the value to return. */
const argument = (name: string, order: Order): AggregateFunction => ({
  name,
  page: page(`arg_${order}`),
  // arg_max() of the engine skips rows whose value is NULL, arg_max_null() keeps them; where nothing can be compared any
  // row will do
  sql: (call) => {
    checked(call);
    const [by, value = by] = call.args;
    if (by!.sql === value!.sql) return notNull(extremeSql(order, by!), value!.type);
    const best = isTurned(order, by!.type)
      ? `arg_max_null(${value!.sql}, -(${by!.sql}))`
      : `arg_${order}_null(${value!.sql}, ${by!.sql})`;
    return notNull(`CASE WHEN count(${by!.sql}) = 0 THEN first(${value!.sql}) ELSE ${best} END`, value!.type);
  },
  evaluate: (rows, { argTypes }) => {
    const of = (row: readonly Value[] | undefined): Value => row?.[0] ?? null;
    const found = rows.reduce<readonly Value[] | undefined>(
      (kept, row) => (of(row) !== null && isBetter(order, of(row), of(kept), argTypes[0]) ? row : kept),
      undefined,
    );
    const row = found ?? rows[0];
    const last = argTypes.length - 1;
    return orEmpty(row?.[last] ?? null, argTypes[last]);
  },
});

/**
 * With one column it prefers a value to null, and a text to none. With several, each is called with `true` after it and
 * gives what stands in the first row: values of one record.
 */
const any = (name: string, conditional: boolean): AggregateFunction => ({
  name,
  page: page(conditional ? 'take_anyif' : 'take_any'),
  sql: ({ args: [value, predicate] }) => {
    if (!conditional && predicate !== undefined) return notNull(`first(${value!.sql})`, value!.type);
    const where = conditional ? ` FILTER (WHERE ${predicate!.sql})` : '';
    if (value!.type !== 'string') return `any_value(${value!.sql})${where}`;
    return `coalesce(any_value(nullif(${value!.sql}, ''))${where}, '')`;
  },
  evaluate: (rows, { argTypes: [type, ofRecord] }) => {
    if (!conditional && ofRecord !== undefined) return orEmpty(rows[0]?.[0] ?? null, type);
    const values = rows.filter(([, holds]) => !conditional || holds === true).map(([value = null]) => value);
    return orEmpty(values.find((value) => value !== null && value !== '') ?? null, type);
  },
});

/** Greatest and least values, the rows they stand in, and any value. */
export const extremeAggregates: readonly AggregateFunction[] = [
  extreme('max', 'max', false),
  extreme('min', 'min', false),
  extreme('maxif', 'max', true),
  extreme('minif', 'min', true),
  argument('arg_max', 'max'),
  argument('arg_min', 'min'),
  argument('argmax', 'max'),
  argument('argmin', 'min'),
  any('take_any', false),
  any('any', false),
  any('take_anyif', true),
  any('anyif', true),
];
