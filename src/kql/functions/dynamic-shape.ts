import { type Dynamic, dynamicToJson } from '../../values/index.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { textValue } from './strings.ts';

/** Paths of one value: each holds all the keys above it. */
const MAX_PATHS = 100_000;

/** Every place in a value below its root, each once, in the order in which it is met; all items of an array are one place. */
function collectPaths(value: Dynamic, path: string, paths: Set<string>): void {
  if (path !== '') paths.add(path);
  if (paths.size > MAX_PATHS) refuseToEvaluate('treepath', `the value has more than ${MAX_PATHS} paths`);
  if (Array.isArray(value)) for (const item of value) collectPaths(item, `${path}[0]`, paths);
  else if (value instanceof Map) {
    for (const [key, item] of value) collectPaths(item, `${path}['${key.replace(/[\\']/g, '\\$&')}']`, paths);
  }
}

const treepath: ScalarFunction = {
  name: 'treepath',
  page: 'treepath-function',
  nullable: true,
  evaluate: ([object = null]) => {
    if (!(object instanceof Map)) return null;
    const paths = new Set<string>();
    collectPaths(object, '', paths);
    return [...paths];
  },
};

const byCodePoints = ([a]: [string, Dynamic], [b]: [string, Dynamic]): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The same value with the keys of every bag in order. */
function canonical(value: Dynamic): Dynamic {
  if (Array.isArray(value)) return value.map(canonical);
  if (!(value instanceof Map)) return value;
  return new Map([...value].sort(byCodePoints).map(([key, item]) => [key, canonical(item)]));
}

const dynamicToJsonFunction: ScalarFunction = {
  name: 'dynamic_to_json',
  page: 'dynamic-to-json-function',
  nullable: false,
  evaluate: ([value = null], { argTypes: [type] }) => {
    if (type !== 'dynamic') return textValue(value, type);
    return value === null ? '' : dynamicToJson(canonical(value));
  },
};

/** What a dynamic value is made of. */
export const dynamicShapeFunctions: readonly ScalarFunction[] = [treepath, dynamicToJsonFunction];
