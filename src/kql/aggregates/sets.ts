import { MailhuntError } from '../../errors/index.ts';
import { type Dynamic, dynamicFrom, dynamicToJson, type KqlType, type Value } from '../../values/index.ts';
import { errorSql } from '../functions/carried-error.ts';
import { toDynamicSql } from '../functions/dynamic-json.ts';
import type { AggregateFunction, EvaluateCall, SqlArg, SqlCall } from '../functions/row.ts';

/** The most elements that an array holds, and how many it holds where the call does not say. */
const MOST_ELEMENTS = 1_048_576n;

/** What one of these aggregates takes: `make_list(value, size)`, `make_list_if(value, predicate, size)`. */
interface Shape {
  readonly name: string;
  readonly page: string;
  readonly conditional: boolean;
  /** Elements where the call names no size; the names that are out of use have another. */
  readonly size?: bigint;
}

const sizeOf = ({ size = MOST_ELEMENTS }: Shape, asked: Value | undefined): bigint =>
  typeof asked === 'bigint' && asked < MOST_ELEMENTS ? asked : asked === undefined ? size : MOST_ELEMENTS;

const sizeArg = (shape: Shape, call: SqlCall): SqlArg | undefined => call.args[shape.conditional ? 2 : 1];

function sizeSql(shape: Shape, call: SqlCall): bigint {
  const arg = sizeArg(shape, call);
  if (arg !== undefined && typeof arg.constant !== 'bigint') call.refuse('needs a constant size');
  return sizeOf(shape, arg?.constant);
}

const condition = (shape: Shape, call: SqlCall): readonly string[] => (shape.conditional ? [call.args[1]!.sql] : []);
const filter = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` FILTER (WHERE ${conditions.join(' AND ')})`;

/** Null is left out; in a dynamic JSON's own null is as good as none. */
function presentSql({ sql, type, nullable }: SqlArg): readonly string[] {
  if (type === 'dynamic') return [`nullif(${sql}, 'null') IS NOT NULL`];
  return nullable ? [`${sql} IS NOT NULL`] : [];
}

const elementSql = (type: KqlType): string =>
  toDynamicSql({ sql: '_item', type, nullable: false, constant: undefined });

/** Types whose values the engine prints as JSON as KQL does: a whole list at once, in half the time. */
const printedAlike: ReadonlySet<KqlType> = new Set(['string', 'bool', 'int', 'long']);

/** SQL of a list of values as the text of a JSON array, NULL of no list. */
const textSql = (list: string, type: KqlType): string =>
  printedAlike.has(type)
    ? `CAST(to_json(${list}) AS VARCHAR)`
    : `'[' || array_to_string(list_transform(${list}, lambda _item: ${elementSql(type)}), ',') || ']'`;

/**
 * The first so many; where the call names no size, a list of more elements than an array holds is refused, never cut.
 * `ordered` puts the list in the order in which it is shown.
 */
function arraySql(shape: Shape, call: SqlCall, list: string, ordered: (list: string) => string): string {
  const { type } = call.args[0]!;
  if (shape.size === undefined && sizeArg(shape, call) === undefined) {
    const text = `CASE WHEN len(${list}) > ${MOST_ELEMENTS} THEN ${errorSql(tooMany(shape.name))} ELSE ${textSql(ordered(list), type)} END`;
    return `coalesce(${text}, '[]')`;
  }
  return `coalesce(${textSql(`(${ordered(list)})[:${sizeSql(shape, call)}]`, type)}, '[]')`;
}

const tooMany = (what: string) =>
  new MailhuntError('KQL0005', {
    what,
    text: `the array has more than ${MOST_ELEMENTS} elements; name a size to take so many`,
  });

type Rows = readonly (readonly Value[])[];

const chosen = (shape: Shape, rows: Rows): Rows =>
  shape.conditional ? rows.filter(([, holds]) => holds === true) : rows;
const askedSize = (shape: Shape, rows: Rows): Value | undefined => rows[0]?.[shape.conditional ? 2 : 1];
const valuesOf = (shape: Shape, rows: Rows, { argTypes }: EvaluateCall): Dynamic[] =>
  chosen(shape, rows)
    .map(([value = null]) => dynamicFrom(value, argTypes[0]!))
    .filter((value) => value !== null);

/** A list of a group's values. A dynamic's own nulls count as values, and an array as the elements that it holds. */
const listSql = (value: SqlArg, where: string): string =>
  value.type === 'dynamic' ? `flatten(list(${allElementsSql(value.sql)})${where})` : `list(${value.sql})${where}`;

const allElementsSql = (sql: string): string =>
  `CASE WHEN TRY(json_type(${sql})) = 'ARRAY' THEN CAST(json_extract(${sql}, '$[*]') AS VARCHAR[]) ` +
  `ELSE [coalesce(${sql}, 'null')] END`;

const elementsOf = (rows: Rows, { argTypes: [type] }: EvaluateCall): Dynamic[] => {
  const values = rows.map(([value = null]) => dynamicFrom(value, type!));
  return type === 'dynamic' ? values.flat(1) : values;
};

const listRow = (shape: Shape): AggregateFunction => ({
  name: shape.name,
  page: shape.page,
  sql: (call) => {
    const [value] = call.args as [SqlArg];
    const present = value.type === 'dynamic' ? [] : presentSql(value);
    return arraySql(shape, call, listSql(value, filter([...present, ...condition(shape, call)])), (items) => items);
  },
  evaluate: (rows, call) => {
    const dynamic = call.argTypes[0] === 'dynamic';
    const values = elementsOf(chosen(shape, rows), call).filter((value) => dynamic || value !== null);
    return values.slice(0, Number(sizeOf(shape, askedSize(shape, rows))));
  },
});

/**
 * Sets come sorted: KQL leaves their order open, and the same question should get the same answer tomorrow. An array
 * counts as the elements it holds.
 */
const setRow = (shape: Shape): AggregateFunction => ({
  name: shape.name,
  page: shape.page,
  sql: (call) => {
    const [value] = call.args as [SqlArg];
    const where = filter([...presentSql(value), ...condition(shape, call)]);
    const distinct =
      value.type === 'dynamic'
        ? `list_distinct(flatten(list(${elementsSql(value.sql)})${where}))`
        : `list(DISTINCT ${value.sql})${where}`;
    return arraySql(shape, call, distinct, (items) => `list_sort(${items})`);
  },
  evaluate: (rows, call) => {
    const values = valuesOf(shape, rows, call).flat() as Dynamic[];
    const distinct = new Map(values.filter((value) => value !== null).map((value) => [dynamicToJson(value), value]));
    const sorted = [...distinct.values()].sort(call.argTypes[0] === 'dynamic' ? byJson : byValue);
    return sorted.slice(0, Number(sizeOf(shape, askedSize(shape, rows))));
  },
});

const elementsSql = (sql: string): string =>
  `CASE WHEN TRY(json_type(${sql})) = 'ARRAY' ` +
  `THEN list_filter(CAST(json_extract(${sql}, '$[*]') AS VARCHAR[]), lambda _item: _item <> 'null') ` +
  `ELSE [${sql}] END`;

const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const byJson = (a: Dynamic, b: Dynamic): number => compareBytes(dynamicToJson(a), dynamicToJson(b));
function byValue(a: Dynamic, b: Dynamic): number {
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b);
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

const shape = (name: string, page: string, conditional = false, size?: bigint): Shape =>
  size === undefined
    ? { name, page: `${page}-aggregation-function`, conditional }
    : { name, page: `${page}-aggregation-function`, conditional, size };

const withNulls = shape('make_list_with_nulls', 'make-list-with-nulls');

/** Arrays of a group's values. */
export const setAggregates: readonly AggregateFunction[] = [
  listRow(shape('make_list', 'make-list')),
  listRow(shape('make_list_if', 'make-list-if', true)),
  listRow(shape('makelist', 'make-list', false, 128n)),
  {
    name: 'make_list_with_nulls',
    page: 'make-list-with-nulls-aggregation-function',
    sql: (call) => arraySql(withNulls, call, listSql(call.args[0]!, ''), (items) => items),
    evaluate: elementsOf,
  },
  setRow(shape('make_set', 'make-set')),
  setRow(shape('make_set_if', 'make-set-if', true)),
  setRow(shape('makeset', 'make-set', false, 128n)),
];
