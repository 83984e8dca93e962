import { type Dynamic, dynamicFrom, dynamicToJson, type KqlType, type Value } from '../../values/index.ts';
import { toDynamicSql } from './dynamic-json.ts';
import { hostCallSql } from './host-call.ts';
import { elementsOfJson, isArray, lengthOfJson } from './json-read.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

/** SQL of an array's elements as JSON texts (VARCHAR[]), NULL where the dynamic is no array. */
export const elementsSql = (arg: SqlArg): string => `CASE WHEN ${isArray(arg.sql)} THEN ${elementsOfJson(arg.sql)} END`;

/** SQL of the JSON array of elements that are JSON texts. */
export const arraySql = (elements: string): string =>
  // Without the CAST this engine loses the type where it finds at once that the result is NULL.
  `CAST('[' || array_to_string(${elements}, ',') || ']' AS VARCHAR)`;

/** SQL of a list without what stood in it before. */
const distinctSql = (list: string): string =>
  `list_filter(${list}, lambda _item, _at: list_position(${list}, _item) = _at)`;

/** Keeps the first of equal elements, in order. */
function distinctInOrder(items: readonly Dynamic[]): Dynamic[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = dynamicToJson(item);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

const allArrays = (values: readonly Value[]): values is readonly Dynamic[][] => values.every(Array.isArray);

/** A function of arrays that gives an array, null where an argument is none. */
const ofArrays = (
  name: string,
  sql: (...lists: string[]) => string,
  evaluate: (...arrays: readonly Dynamic[][]) => Dynamic[],
): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: ({ args }) => arraySql(sql(...args.map(elementsSql))),
  evaluate: (values) => (allArrays(values) ? evaluate(...values) : null),
});

const concatSql = (lists: readonly string[]): string => lists.reduce((all, list) => `list_concat(${all}, ${list})`);

/** list_concat takes NULL for an empty list; KQL has no array then. */
const onlyIfAll = (lists: readonly string[], sql: string): string =>
  `CASE WHEN ${lists.map((list) => `(${list}) IS NOT NULL`).join(' AND ')} THEN ${sql} END`;

const holds = (array: readonly Dynamic[], item: Dynamic): boolean =>
  array.some((one) => dynamicToJson(one) === dynamicToJson(item));

const arrayLength = (name: string): ScalarFunction => ({
  name,
  page: 'array-length-function',
  nullable: true,
  sql: ({ args: [array] }) => `CASE WHEN ${isArray(array!.sql)} THEN ${lengthOfJson(array!.sql)} END`,
  evaluate: ([array = null]) => (Array.isArray(array) ? BigInt(array.length) : null),
});

const packArray: ScalarFunction = {
  name: 'pack_array',
  page: 'pack-array-function',
  nullable: false,
  sql: ({ args }) => (args.length === 0 ? `'[]'` : `('[' || ${args.map(toDynamicSql).join(` || ',' || `)} || ']')`),
  evaluate: (values, { argTypes }) => values.map((value, i) => dynamicFrom(value, argTypes[i] as KqlType)),
};

/** Both ends are part of the slice; negative ones count from the end of the array. */
const arraySlice: ScalarFunction = {
  name: 'array_slice',
  page: 'array-slice-function',
  nullable: true,
  sql: ({ args }) => {
    const [array, start, end] = args as [SqlArg, SqlArg, SqlArg];
    const length = lengthOfJson(array.sql);
    const place = (arg: SqlArg): string =>
      `greatest(CASE WHEN ${arg.sql} < 0 THEN ${length} + ${arg.sql} ELSE ${arg.sql} END + 1, 0)`;
    const slice = `list_slice(${elementsOfJson(array.sql)}, greatest(${place(start)}, 1), ${place(end)})`;
    const known = [start, end].filter(({ nullable }) => nullable).map(({ sql }) => ` AND ${sql} IS NOT NULL`);
    return `CASE WHEN ${isArray(array.sql)}${known.join('')} THEN ${arraySql(slice)} END`;
  },
  evaluate: ([array = null, start = null, end = null]) => {
    if (!Array.isArray(array) || start === null || end === null) return null;
    const place = (at: Value): number => Math.max(0, Number(at) < 0 ? array.length + Number(at) : Number(at));
    const last = Number(end) < 0 ? array.length + Number(end) : Number(end);
    return last < 0 ? [] : array.slice(place(start), last + 1);
  },
};

const setHasElement: ScalarFunction = {
  name: 'set_has_element',
  page: 'set-has-element-function',
  nullable: false,
  sql: ({ args: [array, value] }) => `coalesce(list_contains(${elementsSql(array!)}, ${toDynamicSql(value!)}), false)`,
  evaluate: ([array = null, value = null], { argTypes }) =>
    Array.isArray(array) && holds(array, dynamicFrom(value, argTypes[1] as KqlType)),
};

/** Types whose values equal numbers of arrays that are written otherwise, as 15 and 15.0. */
const numeric: ReadonlySet<KqlType> = new Set<KqlType>(['int', 'long', 'real', 'decimal', 'dynamic']);

const isNumber = (value: Dynamic): boolean => typeof value === 'number' || typeof value === 'bigint';

const sameElement = (a: Dynamic, b: Dynamic): boolean =>
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number of the same value are equal
  isNumber(a) && isNumber(b) ? a == b : dynamicToJson(a) === dynamicToJson(b);

/** `array_index_of(array, value, start, length, occurrence)`; a negative start counts from the end. */
const arrayIndexOf: ScalarFunction = {
  name: 'array_index_of',
  page: 'array-index-of-function',
  nullable: true,
  sql: (call) => {
    const { args, refuse } = call;
    const [array, value, start, length, nth] = args as [SqlArg, SqlArg, SqlArg?, SqlArg?, SqlArg?];
    const occurrence = nth === undefined ? 1n : nth.constant;
    if (typeof occurrence !== 'bigint' || occurrence === 0n) return refuse('needs a constant occurrence other than 0');
    if (occurrence < 0n) return 'CAST(NULL AS BIGINT)';
    // as indexof: whether the length is counted anew from an occurrence is not told
    if (occurrence > 1n && length !== undefined && length.constant !== -1n)
      return refuse('finds a further occurrence only without a length');
    if (numeric.has(value.type)) return hostCallSql(call);
    const list = elementsSql(array);
    const sought = toDynamicSql(value);
    if (start === undefined)
      return `CASE WHEN (${list}) IS NOT NULL THEN coalesce(CAST(list_position(${list}, ${sought}) AS BIGINT), 0) - 1 END`;
    const from = `CASE WHEN ${start.sql} < 0 THEN greatest(${lengthOfJson(array.sql)} + ${start.sql}, 0) ELSE ${start.sql} END`;
    const end = length === undefined ? '' : ` AND (${length.sql} = -1 OR _at <= ${from} + ${length.sql})`;
    const hits = `list_transform(${list}, lambda _item, _at: CASE WHEN _item = ${sought} AND _at > ${from}${end} THEN _at END)`;
    const hit = `list_filter(${hits}, lambda _hit: _hit IS NOT NULL)[${occurrence}]`;
    const known = [start, length].flatMap((arg) => (arg?.nullable ? [`${arg.sql} IS NOT NULL`] : []));
    if (length !== undefined) known.push(`${length.sql} >= -1`);
    return `CASE WHEN ${[isArray(array.sql), ...known].join(' AND ')} THEN coalesce(CAST(${hit} AS BIGINT), 0) - 1 END`;
  },
  evaluate: ([array = null, value = null, start = 0n, length = -1n, occurrence = 1n], { argTypes }) => {
    if (!Array.isArray(array) || start === null || length === null || occurrence === null) return null;
    if ((length as bigint) < -1n || (occurrence as bigint) < 0n) return null;
    const sought = dynamicFrom(value, argTypes[1] as KqlType);
    const from = Number(start) < 0 ? Math.max(array.length + Number(start), 0) : Number(start);
    const end = length === -1n ? array.length : from + Number(length);
    const hits = [...array.keys()].filter((at) => at >= from && at < end && sameElement(array[at] ?? null, sought));
    return BigInt(hits[Number(occurrence) - 1] ?? -1);
  },
};

const zip: ScalarFunction = {
  name: 'zip',
  page: 'zip-function',
  nullable: true,
  sql: ({ args }) => {
    const lists = args.map(elementsSql);
    const row = lists.map((_, i) => `coalesce(_tuple[${i + 1}], 'null')`).join(` || ',' || `);
    return onlyIfAll(
      lists,
      arraySql(`list_transform(list_zip(${lists.join(', ')}), lambda _tuple: '[' || ${row} || ']')`),
    );
  },
  evaluate: (values) => {
    if (!allArrays(values)) return null;
    const length = Math.max(...values.map((array) => array.length));
    return Array.from({ length }, (_, i) => values.map((array) => array[i] ?? null));
  },
};

/** What is no array is passed over; of nothing but that there is no array. */
const arrayConcat: ScalarFunction = {
  name: 'array_concat',
  page: 'array-concat-function',
  nullable: true,
  sql: ({ args }) => {
    const lists = args.map(elementsSql);
    const some = lists.map((list) => `(${list}) IS NOT NULL`).join(' OR ');
    return `CASE WHEN ${some} THEN ${arraySql(concatSql(lists))} END`;
  },
  evaluate: (values) => (values.some(Array.isArray) ? values.filter((value) => Array.isArray(value)).flat(1) : null),
};

/** The parts by which elements are put in order: kind (numbers, texts, the rest), number, text, JSON text. */
const orderSql =
  `struct_pack(k := CASE WHEN regexp_full_match(_item, '-?[0-9].*') THEN 0 WHEN starts_with(_item, '"') THEN 1 ELSE 2 END, ` +
  `n := coalesce(TRY_CAST(_item AS DOUBLE), 0), t := CASE WHEN starts_with(_item, '"') THEN json_extract_string(_item, '$') ELSE '' END, j := _item)`;

function compareElements(a: Dynamic, b: Dynamic): number {
  const kind = (item: Dynamic): number =>
    typeof item === 'bigint' || typeof item === 'number' ? 0 : typeof item === 'string' ? 1 : 2;
  if (kind(a) !== kind(b)) return kind(a) - kind(b);
  if (kind(a) === 0 && Number(a) !== Number(b)) return Number(a) - Number(b);
  const text = (item: Dynamic): Buffer => Buffer.from(typeof item === 'string' ? item : dynamicToJson(item));
  return Buffer.compare(text(a), text(b));
}

/** The places of an array's elements in the order of their values. */
function sortedPlaces(array: readonly Dynamic[], sign: 1 | -1, nullsLast: boolean): number[] {
  const places = [...array.keys()];
  const sorted = places
    .filter((place) => array[place] !== null)
    .sort((a, b) => sign * compareElements(array[a]!, array[b]!));
  const nulls = places.filter((place) => array[place] === null);
  return nullsLast ? [...sorted, ...nulls] : [...nulls, ...sorted];
}

/**
 * Arrays in the order of the first one; nulls at its end, or at its start where the last argument is false. Of several
 * arrays a tuple, in which one of another length is null.
 */
const arraySort = (name: string, sign: 1 | -1): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: (call) => {
    const { args, refuse } = call;
    const [array, nullsLast] = args as [SqlArg, SqlArg?];
    if (nullsLast?.type === 'dynamic') return hostCallSql(call);
    if (nullsLast !== undefined && typeof nullsLast.constant !== 'boolean') refuse('needs a constant for nulls');
    const list = elementsSql(array);
    const keys = `list_transform(list_filter(${list}, lambda _item: _item <> 'null'), lambda _item: ${orderSql})`;
    const sorted = `list_transform(list_sort(${keys}, '${sign === 1 ? 'ASC' : 'DESC'}'), lambda _sorted: _sorted.j)`;
    const nulls = `list_filter(${list}, lambda _item: _item = 'null')`;
    const both = nullsLast?.constant === false ? [nulls, sorted] : [sorted, nulls];
    return arraySql(onlyIfAll([list], concatSql(both)));
  },
  evaluate: (args, { argTypes }) => {
    const last = argTypes.at(-1) === 'bool' ? args.at(-1) !== false : true;
    const [first = null, ...others] = args.filter((_, i) => argTypes[i] === 'dynamic');
    const places = Array.isArray(first) ? sortedPlaces(first, sign, last) : undefined;
    const inOrder = (array: Value): Dynamic =>
      places !== undefined && Array.isArray(array) && array.length === places.length
        ? places.map((place) => array[place]!)
        : null;
    return others.length === 0 ? inOrder(first) : [first, ...others].map(inOrder);
  },
});

/** Functions of arrays. Elements are equal where their JSON text is: 1 and 1.0 are two. */
export const arrayFunctions: readonly ScalarFunction[] = [
  packArray,
  arrayLength('array_length'),
  arrayLength('arraylength'),
  arraySlice,
  arrayIndexOf,
  setHasElement,
  zip,
  arraySort('array_sort_asc', 1),
  arraySort('array_sort_desc', -1),
  arrayConcat,
  ofArrays(
    'array_reverse',
    (list = '') => `list_reverse(${list})`,
    (array = []) => [...array].reverse(),
  ),
  ofArrays(
    'set_union',
    (...lists) => onlyIfAll(lists, distinctSql(concatSql(lists))),
    (...arrays) => distinctInOrder(arrays.flat(1)),
  ),
  ofArrays(
    'set_intersect',
    (first = '', ...others) =>
      onlyIfAll(
        others,
        `list_filter(${distinctSql(first)}, lambda _one: ${others.map((list) => `list_contains(${list}, _one)`).join(' AND ')})`,
      ),
    (first = [], ...others) => distinctInOrder(first).filter((item) => others.every((array) => holds(array, item))),
  ),
  ofArrays(
    'set_difference',
    (first = '', ...others) =>
      onlyIfAll(
        others,
        `list_filter(${distinctSql(first)}, lambda _one: ${others.map((list) => `NOT list_contains(${list}, _one)`).join(' AND ')})`,
      ),
    (first = [], ...others) => distinctInOrder(first).filter((item) => !others.some((array) => holds(array, item))),
  ),
];
