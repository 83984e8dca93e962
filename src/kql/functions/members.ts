import { type Dynamic, dynamicFrom, parseDynamic, type Value } from '../../values/index.ts';
import { asDynamicSql } from './dynamic-json.ts';
import { constantMemberSql, memberRowByRowSql, parseJsonSql } from './json-read.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

const NO_MEMBER = 'CAST(NULL AS VARCHAR)';
/** No array is longer; the engine's paths end somewhat above. */
const LAST_INDEX = 2n ** 31n;

/** `d.key`, `d['key']`, `d[1]`; a negative index counts from the end. */
const member: ScalarFunction = {
  name: '[]',
  page: 'scalar-data-types/dynamic',
  nullable: true,
  sql: ({ args, refuse }) => {
    const [from, key] = args as [SqlArg, SqlArg];
    const byText = key.type === 'string' || (key.type === 'dynamic' && typeof key.constant === 'string');
    if (!byText && key.type !== 'long' && key.type !== 'int')
      refuse(`takes text or a whole number as key, not ${key.type}`);
    if (key.constant === null) return NO_MEMBER;
    if (key.constant === undefined) return memberRowByRowSql(from.sql, key.sql, byText);
    if (byText) return constantMemberSql(from.sql, key.constant as string);
    const index = key.constant as bigint;
    return index >= LAST_INDEX || index <= -LAST_INDEX ? NO_MEMBER : constantMemberSql(from.sql, index);
  },
  evaluate: ([from = null, key = null]) => {
    if (typeof key === 'string') return (from instanceof Map ? from.get(key) : undefined) ?? null;
    if (typeof key !== 'bigint' || !Array.isArray(from)) return null;
    return from.at(Number(key)) ?? null;
  },
};

const parsed = (value: Value, isText: boolean): Dynamic => {
  if (!isText || typeof value !== 'string') return value;
  const found = parseDynamic(value);
  if (found !== undefined) return found;
  return value === '' ? null : value;
};

const parseJson = (name: string): ScalarFunction => ({
  name,
  page: 'parse-json-function',
  nullable: true,
  sql: ({ args }) => {
    const [text] = args as [SqlArg];
    return text.type === 'string' ? parseJsonSql(text.sql) : asDynamicSql(text);
  },
  evaluate: ([value = null], { argTypes }) =>
    argTypes[0] === 'string' ? parsed(value, true) : dynamicFrom(value, argTypes[0] ?? 'dynamic'),
});

/** Reading JSON and its members. */
export const memberFunctions: readonly ScalarFunction[] = [
  member,
  ...['parse_json', 'todynamic', 'parsejson', 'toobject'].map(parseJson),
];
