import { type Dynamic, dynamicFrom, type KqlType, type Value } from '../../values/index.ts';
import { arraySql } from './arrays.ts';
import { toDynamicSql } from './dynamic-json.ts';
import { hostCallSql } from './host-call.ts';
import { elementsOfJson, isArray, lengthOfJson } from './json-read.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

/** SQL: only of an array, and of a count that is known. */
const whenKnown = (array: SqlArg, count: SqlArg, sql: string): string =>
  `CASE WHEN ${isArray(array.sql)}${count.nullable ? ` AND ${count.sql} IS NOT NULL` : ''} THEN ${sql} END`;

/** The elements moved round the end of the array; a negative count moves them the other way. */
const rotation = (name: string, sign: 1 | -1): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: ({ args }) => {
    const [array, count] = args as [SqlArg, SqlArg];
    const [list, length] = [elementsOfJson(array.sql), lengthOfJson(array.sql)];
    const by = `(${sign === 1 ? '' : '-'}CAST(${count.sql} AS HUGEINT))`;
    const first = `CAST(coalesce((${by} % nullif(${length}, 0) + ${length}) % nullif(${length}, 0), 0) AS BIGINT)`;
    const rotated = `list_concat(list_slice(${list}, ${first} + 1, ${length}), list_slice(${list}, 1, ${first}))`;
    return whenKnown(array, count, arraySql(rotated));
  },
  evaluate: ([array = null, count = null]) => {
    if (!Array.isArray(array) || typeof count !== 'bigint') return null;
    const length = BigInt(array.length);
    const by = BigInt(sign) * count;
    const first = length === 0n ? 0 : Number(((by % length) + length) % length);
    return [...array.slice(first), ...array.slice(0, first)];
  },
});

/** The default of the default: an empty text in an array of texts, else null. */
function emptyOf(name: string, array: readonly Dynamic[]): Dynamic {
  const texts = array.filter((item) => typeof item === 'string').length;
  if (texts > 0 && texts < array.length) return refuseToEvaluate(name, 'needs a default value for a mixed array');
  return texts > 0 ? '' : null;
}

/** The elements moved off one end of the array, with a default in the places that become free. */
const shift = (name: string, sign: 1 | -1): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: (call) => {
    const [array, count, filler] = call.args as [SqlArg, SqlArg, SqlArg?];
    if (filler === undefined) return hostCallSql(call);
    const [list, length] = [elementsOfJson(array.sql), lengthOfJson(array.sql)];
    const by = `(${sign === 1 ? '' : '-'}CAST(${count.sql} AS HUGEINT))`;
    const free = `CAST(least(abs(${by}), ${length}) AS BIGINT)`;
    const fill = `list_transform(range(${free}), lambda _free: ${toDynamicSql(filler)})`;
    const left = `list_concat(list_slice(${list}, ${free} + 1, ${length}), ${fill})`;
    const right = `list_concat(${fill}, list_slice(${list}, 1, ${length} - ${free}))`;
    return whenKnown(array, count, arraySql(`CASE WHEN ${by} >= 0 THEN ${left} ELSE ${right} END`));
  },
  evaluate: ([array = null, count = null, fill], { argTypes }) => {
    if (!Array.isArray(array) || typeof count !== 'bigint') return null;
    const by = BigInt(sign) * count;
    const size = by < 0n ? -by : by;
    const free = size > BigInt(array.length) ? array.length : Number(size);
    const filler = fill === undefined ? emptyOf(name, array) : dynamicFrom(fill, argTypes[2] as KqlType);
    const put = Array<Dynamic>(free).fill(filler);
    return by >= 0n ? [...array.slice(free), ...put] : [...put, ...array.slice(0, array.length - free)];
  },
});

const cutsOf = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : [value ?? null]);

/** `array_split(array, 2)`, `array_split(array, dynamic([1,3]))`: the array cut before the places named. */
const split: ScalarFunction = {
  name: 'array_split',
  page: 'array-split-function',
  nullable: true,
  sql: (call) => {
    const { args, refuse } = call;
    const [array, cuts] = args as [SqlArg, SqlArg];
    if (cuts.constant === undefined) return hostCallSql(call);
    const places = cutsOf(cuts.constant).map((cut) =>
      typeof cut === 'bigint' && cut >= 0n ? cut : refuse('needs constant indexes from 0 on'),
    );
    if (places.some((place, i) => i > 0 && place < places[i - 1]!)) refuse('needs its indexes in order');
    const list = elementsOfJson(array.sql);
    const ends = [...places.map(String), lengthOfJson(array.sql)];
    const parts = ends.map((end, i) => arraySql(`list_slice(${list}, ${i === 0 ? 0n : places[i - 1]!} + 1, ${end})`));
    return `CASE WHEN ${isArray(array.sql)} THEN '[' || ${parts.join(` || ',' || `)} || ']' END`;
  },
  evaluate: ([array = null, cuts]) => {
    if (!Array.isArray(array)) return null;
    const places = cutsOf(cuts).map(Number);
    return [...places, array.length].map((end, i) => array.slice(i === 0 ? 0 : places[i - 1], end));
  },
};

/** Arrays taken apart and put together by place. */
export const arrayShapeFunctions: readonly ScalarFunction[] = [
  rotation('array_rotate_left', 1),
  rotation('array_rotate_right', -1),
  shift('array_shift_left', 1),
  shift('array_shift_right', -1),
  split,
];
