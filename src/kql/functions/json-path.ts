import { type Dynamic, parseDynamic } from '../../values/index.ts';
import { convertSql, convertValue } from './convert.ts';
import { constantMemberSql, parseJsonSql } from './json-read.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

const STEP = /\.([A-Za-z_][A-Za-z0-9_]*)|\['([^']*)'\]|\["([^"]*)"\]|\[([0-9]{1,9})\]/y;

/** The keys and indexes that a JSONPath of KQL's kind names (`$.a['b c'][0]`), or undefined where it is none. */
export function readJsonPath(path: string): readonly (string | bigint)[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: (string | bigint)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const [all, plain, single, double, index] = STEP.exec(path) ?? [];
    if (all === undefined) return undefined;
    steps.push(index === undefined ? ((plain ?? single ?? double) as string) : BigInt(index));
  }
  return steps;
}

const memberOf = (value: Dynamic, key: string | bigint): Dynamic => {
  if (typeof key === 'bigint') return (Array.isArray(value) ? value[Number(key)] : undefined) ?? null;
  return (value instanceof Map ? value.get(key) : undefined) ?? null;
};

/** `extract_json('$.a', text)`: what stands at a path, as text or, with a type as third argument, as that. */
const extractJson = (name: string): ScalarFunction => ({
  name,
  page: 'extract-json-function',
  nullable: true,
  sql: ({ args, type, refuse }) => {
    const [path, source] = args as [SqlArg, SqlArg];
    const steps = typeof path.constant === 'string' ? readJsonPath(path.constant) : undefined;
    if (steps === undefined || steps.length === 0) return refuse('needs a constant path such as $.key');
    const json = source.type === 'string' ? parseJsonSql(source.sql) : source.sql;
    const sql = steps.reduce<string>((from, key) => constantMemberSql(from, key), json);
    return type === 'dynamic' ? sql : convertSql({ sql, type: 'dynamic', nullable: true, constant: undefined }, type);
  },
  evaluate: ([path = '', source = null], { argTypes, type }) => {
    const json = argTypes[1] === 'string' ? (parseDynamic(String(source)) ?? null) : source;
    const found = (readJsonPath(String(path)) ?? []).reduce(memberOf, json);
    return type === 'dynamic' ? found : convertValue(found, 'dynamic', type);
  },
});

/** Reading JSON by path. */
export const jsonPathFunctions: readonly ScalarFunction[] = [extractJson('extract_json'), extractJson('extractjson')];
