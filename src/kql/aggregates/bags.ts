import type { Dynamic, Value } from '../../values/index.ts';
import { isBag, keysOfJson, memberRowByRowSql } from '../functions/json-read.ts';
import type { AggregateFunction, SqlArg, SqlCall } from '../functions/row.ts';

/** The most keys that a bag holds. */
const MOST_KEYS = 1_048_576n;

const sizeOf = (asked: Value | undefined, otherwise: bigint): bigint => {
  if (asked === undefined) return otherwise;
  return typeof asked === 'bigint' && asked < MOST_KEYS ? asked : MOST_KEYS;
};

function bagSql(call: SqlCall, conditional: boolean, otherwise: bigint): string {
  const [bag, ...rest] = call.args as [SqlArg, ...SqlArg[]];
  const size = rest[conditional ? 1 : 0];
  if (size !== undefined && typeof size.constant !== 'bigint') call.refuse('needs a constant size');
  const where = conditional ? `${isBag(bag.sql)} AND ${rest[0]!.sql}` : isBag(bag.sql);
  const entry = `{'key': _member, 'json': coalesce(${memberRowByRowSql(bag.sql, '_member', true)}, 'null')}`;
  const entries = `list_transform(list_distinct(${keysOfJson(bag.sql)}), lambda _member: ${entry})`;
  const maps = `list(map_from_entries(${entries})) FILTER (WHERE ${where})`;
  const added = 'map_from_entries(list_filter(map_entries(_next), lambda _new: NOT map_contains(_all, _new.key)))';
  const merged = `map_entries(list_reduce(${maps}, lambda _all, _next: map_concat(_all, ${added})))`;
  const pair = `CAST(to_json(_pair.key) AS VARCHAR) || ':' || _pair.value`;
  const pairs = `list_transform((${merged})[:${sizeOf(size?.constant, otherwise)}], lambda _pair: ${pair})`;
  return `coalesce('{' || array_to_string(${pairs}, ',') || '}', '{}')`;
}

/** Of a key in several bags KQL may keep any value; here, as there, it is the first. */
function merge(bags: readonly Value[], size: bigint): Dynamic {
  const all = new Map<string, Dynamic>();
  for (const bag of bags)
    if (bag instanceof Map) for (const [key, value] of bag) if (!all.has(key)) all.set(key, value);
  return new Map([...all].slice(0, Number(size)));
}

/** `size`: how many keys the bag holds where the call does not say. */
const row = (name: string, conditional: boolean, size = MOST_KEYS): AggregateFunction => ({
  name,
  page: `make-bag${conditional ? '-if' : ''}-aggregation-function`,
  sql: (call) => bagSql(call, conditional, size),
  evaluate: (rows) => {
    const chosen = conditional ? rows.filter(([, holds]) => holds === true) : rows;
    return merge(
      chosen.map(([bag = null]) => bag),
      sizeOf(rows[0]?.[conditional ? 2 : 1], size),
    );
  },
});

/** Property bags of a group merged into one; what is no bag is left out. */
export const bagAggregates: readonly AggregateFunction[] = [
  row('make_bag', false),
  row('make_bag_if', true),
  // the name that is out of use
  row('make_dictionary', false, 128n),
];
