import { sqlText } from '../../duckdb/index.ts';
import { type Dynamic, dynamicFrom, type KqlType, type Value } from '../../values/index.ts';
import { hasAt, isPath, keysOf, withAt, withoutAt } from './bag-path.ts';
import { convertValue } from './convert.ts';
import { toDynamicSql } from './dynamic-json.ts';
import { hostCallSql } from './host-call.ts';
import { isBag, keysOfJson, kindOfJson, memberRowByRowSql } from './json-read.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

const keyText = (call: SqlCall, arg: SqlArg): string => {
  const { constant } = arg;
  if (typeof constant !== 'string') return call.refuse('needs constant keys');
  return constant;
};

/** `bag_pack('a', 1)`; a pair with an empty key is left out. Which of equal keys counts, the reference does not say. */
const pack = (name: string): ScalarFunction => ({
  name,
  page: 'pack-function',
  nullable: false,
  sql: (call) => {
    const { args, refuse } = call;
    if (args.length % 2 !== 0) refuse('takes keys and values in pairs');
    if (args.some(({ constant }, i) => i % 2 === 0 && typeof constant !== 'string')) return hostCallSql(call);
    const pairs = args.flatMap((arg, i) => (i % 2 === 0 ? [{ key: keyText(call, arg), value: args[i + 1]! }] : []));
    const kept = pairs.filter(({ key }) => key !== '');
    if (new Set(kept.map(({ key }) => key)).size < kept.length) refuse('takes each key once');
    const members = kept.map(
      ({ key, value }, i) => `${sqlText(`${i === 0 ? '' : ','}${JSON.stringify(key)}:`)} || ${toDynamicSql(value)}`,
    );
    return members.length === 0 ? `'{}'` : `('{' || ${members.join(' || ')} || '}')`;
  },
  evaluate: (values, { argTypes }) => {
    const bag = new Map<string, Dynamic>();
    for (let i = 0; i + 1 < values.length; i += 2) {
      const key = convertValue(values[i]!, argTypes[i]!, 'string') as string;
      if (bag.has(key)) return refuseToEvaluate(name, 'takes each key once');
      if (key !== '') bag.set(key, dynamicFrom(values[i + 1] as Value, argTypes[i + 1] as KqlType));
    }
    return bag;
  },
});

/** `pack_all(true)` leaves out what is null or empty. The columns follow as pairs of name and value. */
const packAll: ScalarFunction = {
  name: 'pack_all',
  page: 'pack-all-function',
  nullable: false,
  sql: (call) => {
    const [skip, ...pairs] = call.args as [SqlArg, ...SqlArg[]];
    if (typeof skip.constant !== 'boolean') return call.refuse('needs a constant true or false');
    const members = pairs.flatMap((arg, i) => {
      if (i % 2 === 1) return [];
      const value = pairs[i + 1]!;
      const member = `${sqlText(`${JSON.stringify(keyText(call, arg))}:`)} || ${toDynamicSql(value)}`;
      return [skip.constant ? `CASE WHEN NOT (${isEmptySql(value)}) THEN ${member} END` : member];
    });
    return members.length === 0 ? `'{}'` : `('{' || concat_ws(',', ${members.join(', ')}) || '}')`;
  },
  evaluate: ([skip = null, ...pairs], { argTypes }) => {
    const bag = new Map<string, Dynamic>();
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const value = pairs[i + 1] ?? null;
      const isEmpty = value === null || value === '';
      if (skip !== true || !isEmpty) bag.set(String(pairs[i]), dynamicFrom(value, argTypes[i + 2] as KqlType));
    }
    return bag;
  },
};

const isEmptySql = ({ sql, type }: SqlArg): string => {
  if (type === 'string') return `${sql} = ''`;
  return type === 'dynamic' ? `coalesce(${sql}, '""') = '""'` : `${sql} IS NULL`;
};

/** A constant key that is no path. */
const isPlain = ({ constant }: SqlArg): boolean => typeof constant === 'string' && !constant.startsWith('$');

/** The keys that a key or path means. */
const keysAt = (name: string, key: Value): readonly string[] => {
  const text = String(key);
  if (name === 'bag_set_key' && text.startsWith('$') && !isPath(text)) return refuseToEvaluate(name, 'takes no root');
  return keysOf(text) ?? refuseToEvaluate(name, `"${text}" is no path of keys`);
};

const bagKeys: ScalarFunction = {
  name: 'bag_keys',
  page: 'bag-keys-function',
  nullable: true,
  sql: ({ args: [bag] }) => `CASE WHEN ${isBag(bag!.sql)} THEN CAST(to_json(${keysOfJson(bag!.sql)}) AS VARCHAR) END`,
  evaluate: ([bag = null]) => (bag instanceof Map ? [...bag.keys()] : null),
};

const bagHasKey: ScalarFunction = {
  name: 'bag_has_key',
  page: 'bag-has-key-function',
  nullable: false,
  sql: (call) => {
    const [bag, key] = call.args as [SqlArg, SqlArg];
    if (!isPlain(key)) return hostCallSql(call);
    return `coalesce(CASE WHEN ${isBag(bag.sql)} THEN list_contains(${keysOfJson(bag.sql)}, ${key.sql}) END, false)`;
  },
  evaluate: ([bag = null, key = '']) => bag instanceof Map && hasAt(bag, keysAt('bag_has_key', key)),
};

/** SQL of a bag's pairs, each as it stands in JSON text. */
const pairsSql = (sql: string, keys = keysOfJson(sql)): string =>
  `list_transform(${keys}, lambda _key: CAST(to_json(_key) AS VARCHAR) || ':' || coalesce(${memberRowByRowSql(sql, '_key', true)}, 'null'))`;

const bagSql = (pairs: string): string => `('{' || array_to_string(${pairs}, ',') || '}')`;

/** Of a key in several bags the value of the first counts; null counts as no bag at all, unless all are null. */
const bagMerge: ScalarFunction = {
  name: 'bag_merge',
  page: 'bag-merge-function',
  nullable: true,
  sql: ({ args }) => {
    const concat = (lists: string[]): string => lists.reduce((all, list) => `list_concat(${all}, ${list})`);
    const ofBag = (sql: string, list: string): string => `CASE WHEN ${isBag(sql)} THEN ${list} END`;
    const keys = concat(args.map(({ sql }) => ofBag(sql, keysOfJson(sql))));
    const pairs = concat(args.map(({ sql }) => ofBag(sql, pairsSql(sql))));
    const first = `list_filter(${pairs}, lambda _pair, _at: list_position(${keys}, (${keys})[_at]) = _at)`;
    const some = args.map(({ sql }) => `${sql} IS NOT NULL`).join(' OR ');
    const all = args.map(({ sql }) => `coalesce(${isBag(sql)}, ${sql} IS NULL)`).join(' AND ');
    return `CASE WHEN (${some}) AND ${all} THEN ${bagSql(first)} END`;
  },
  evaluate: (values) => {
    const bags = values.filter((value) => value !== null);
    if (bags.length === 0) return null;
    const merged = new Map<string, Dynamic>();
    for (const bag of bags) {
      if (!(bag instanceof Map)) return null;
      for (const [key, value] of bag) if (!merged.has(key)) merged.set(key, value);
    }
    return merged;
  },
};

const bagRemoveKeys: ScalarFunction = {
  name: 'bag_remove_keys',
  page: 'bag-remove-keys-function',
  nullable: true,
  sql: (call) => {
    const [bag, keys] = call.args as [SqlArg, SqlArg];
    if (!Array.isArray(keys.constant)) return hostCallSql(call);
    const names = keys.constant.filter((key) => typeof key === 'string');
    if (names.some(isPath)) return hostCallSql(call);
    const list = `CAST([${names.map(sqlText).join(', ')}] AS VARCHAR[])`;
    const kept = `list_filter(${keysOfJson(bag.sql)}, lambda _name: NOT list_contains(${list}, _name))`;
    const pairs = pairsSql(bag.sql, kept);
    return `CASE WHEN ${isBag(bag.sql)} THEN ${bagSql(pairs)} END`;
  },
  evaluate: ([bag = null, keys = null]) => {
    if (!(bag instanceof Map) || !Array.isArray(keys)) return null;
    const names = keys.filter((key) => typeof key === 'string');
    return names.reduce<Map<string, Dynamic>>((rest, key) => withoutAt(rest, keysAt('bag_remove_keys', key)), bag);
  },
};

/** `bag_set_key(bag, 'key', value)`: the value takes the place of the key's, or comes last. */
const bagSetKey: ScalarFunction = {
  name: 'bag_set_key',
  page: 'bag-set-key-function',
  nullable: true,
  sql: (call) => {
    const [bag, key, value] = call.args as [SqlArg, SqlArg, SqlArg];
    if (!isPlain(key)) return hostCallSql(call);
    const name = keyText(call, key);
    const keys = keysOfJson(bag.sql);
    const set = `${sqlText(`${JSON.stringify(name)}:`)} || ${toDynamicSql(value)}`;
    const all = `CASE WHEN list_contains(${keys}, ${key.sql}) THEN ${keys} ELSE list_append(${keys}, ${key.sql}) END`;
    const kept = `CAST(to_json(_key) AS VARCHAR) || ':' || coalesce(${memberRowByRowSql(bag.sql, '_key', true)}, 'null')`;
    const pairs = `list_transform(${all}, lambda _key: CASE WHEN _key = ${key.sql} THEN ${set} ELSE ${kept} END)`;
    return `CASE WHEN ${isBag(bag.sql)} THEN ${bagSql(pairs)} END`;
  },
  evaluate: ([bag = null, key = '', value = null], { argTypes }) =>
    bag instanceof Map ? withAt(bag, keysAt('bag_set_key', key), dynamicFrom(value, argTypes[2] as KqlType)) : null,
};

const kinds = {
  ARRAY: 'array',
  OBJECT: 'dictionary',
  VARCHAR: 'string',
  BOOLEAN: 'bool',
  DOUBLE: 'double',
  NULL: 'null',
};

/** The kind of a value; of a dynamic that of what it holds. */
const gettype: ScalarFunction = {
  name: 'gettype',
  page: 'gettype-function',
  nullable: false,
  sql: ({ args: [value] }) => {
    const { type, sql } = value as SqlArg;
    if (type !== 'dynamic') return sqlText(type);
    const cases = Object.entries(kinds).map(([kind, name]) => `WHEN '${kind}' THEN '${name}'`);
    return `CASE coalesce((${kindOfJson(sql)}), 'NULL') ${cases.join(' ')} ELSE 'long' END`;
  },
  evaluate: ([value = null], { argTypes }) => {
    if (argTypes[0] !== 'dynamic') return argTypes[0] as string;
    if (value === null) return 'null';
    if (Array.isArray(value)) return 'array';
    if (value instanceof Map) return 'dictionary';
    if (typeof value === 'bigint') return 'long';
    return { boolean: 'bool', number: 'double', string: 'string' }[typeof value as 'boolean' | 'number' | 'string'];
  },
};

/** Functions of property bags. */
export const bagFunctions: readonly ScalarFunction[] = [
  pack('bag_pack'),
  pack('pack'),
  pack('pack_dictionary'),
  pack('bag_pack_columns'),
  packAll,
  bagKeys,
  bagHasKey,
  bagMerge,
  bagRemoveKeys,
  bagSetKey,
  gettype,
];
