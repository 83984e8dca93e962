import type { KqlType, Value } from '../../values/index.ts';
import type { AggregateFunction, SqlCall } from '../functions/row.ts';

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

const isBetter = (order: Order, value: Value, than: Value): boolean =>
  than === null || (value !== null && (order === 'max' ? value > than : value < than));

const best = (order: Order, values: readonly Value[]): Value =>
  values.reduce((found, value) => (value !== null && isBetter(order, value, found) ? value : found), null);

const extreme = (name: string, order: Order, conditional: boolean): AggregateFunction => ({
  name,
  page: page(name),
  sql: (call) => {
    checked(call);
    const [value, predicate] = call.args;
    return notNull(`${order}(${value!.sql})${conditional ? ` FILTER (WHERE ${predicate!.sql})` : ''}`, value!.type);
  },
  evaluate: (rows, { argTypes: [type] }) => {
    const values = rows.filter(([, holds]) => !conditional || holds === true).map(([value = null]) => value);
    return orEmpty(best(order, values), type);
  },
});

/** Called once a column of the result, with the value to order by and the value to return. */
const argument = (name: string, order: Order): AggregateFunction => ({
  name,
  page: page(name),
  // arg_max() of the engine skips rows whose value is NULL, arg_max_null() keeps them; where nothing can be compared any
  // row will do
  sql: (call) => {
    checked(call);
    const [by, value = by] = call.args;
    const sql =
      by!.sql === value!.sql
        ? `${order}(${by!.sql})`
        : `CASE WHEN count(${by!.sql}) = 0 THEN first(${value!.sql}) ELSE arg_${order}_null(${value!.sql}, ${by!.sql}) END`;
    return notNull(sql, value!.type);
  },
  evaluate: (rows, { argTypes }) => {
    const of = (row: readonly Value[] | undefined): Value => row?.[0] ?? null;
    const found = rows.reduce<readonly Value[] | undefined>(
      (kept, row) => (of(row) !== null && isBetter(order, of(row), of(kept)) ? row : kept),
      undefined,
    );
    const row = found ?? rows[0];
    const last = argTypes.length - 1;
    return orEmpty(row?.[last] ?? null, argTypes[last]);
  },
});

const any = (name: string, conditional: boolean): AggregateFunction => ({
  name,
  page: page(name === 'any' ? 'take_any' : name),
  // with one column it prefers a value to null, and a text to none
  sql: ({ args: [value, predicate] }) => {
    const where = conditional ? ` FILTER (WHERE ${predicate!.sql})` : '';
    if (value!.type !== 'string') return `any_value(${value!.sql})${where}`;
    return `coalesce(any_value(nullif(${value!.sql}, ''))${where}, '')`;
  },
  evaluate: (rows, { argTypes: [type] }) => {
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
  any('take_any', false),
  any('any', false),
  any('take_anyif', true),
];
