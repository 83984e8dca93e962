import { type Dynamic, dynamicFrom, dynamicToJson, type KqlType, type Value } from '../../values/index.ts';
import type { ScalarFunction } from './row.ts';

const textsIn = (array: readonly Dynamic[]): ReadonlySet<string> => new Set(array.map(dynamicToJson));

/** How many elements stand in both. */
const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter((item) => b.has(item)).length;

/** A function of two sets, null where an argument is no array. Elements are equal where their JSON text is. */
const ofSets = (name: string, compute: (a: ReadonlySet<string>, b: ReadonlySet<string>) => Value): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  evaluate: ([a = null, b = null]) => (Array.isArray(a) && Array.isArray(b) ? compute(textsIn(a), textsIn(b)) : null),
});

/** What stands at a place: of an array its element there, of a scalar the scalar. */
const at = (value: Value, type: KqlType, place: number): Dynamic =>
  Array.isArray(value) ? (value[place] ?? null) : dynamicFrom(value, type);

/** Whether a condition holds; undefined where it is neither a bool nor a number. */
function truth(condition: Dynamic): boolean | undefined {
  if (typeof condition === 'bigint') return condition !== 0n;
  if (typeof condition === 'number') return condition !== 0;
  return typeof condition === 'boolean' ? condition : undefined;
}

/** `array_iff(conditions, whenTrue, whenFalse)`: element by element. */
const arrayIff = (name: string): ScalarFunction => ({
  name,
  page: 'array-iff-function',
  nullable: true,
  evaluate: ([conditions = null, whenTrue = null, whenFalse = null], { argTypes }) => {
    if (!Array.isArray(conditions)) return null;
    return conditions.map((condition, place) => {
      const holds = truth(condition);
      if (holds === undefined) return null;
      return holds ? at(whenTrue, argTypes[1]!, place) : at(whenFalse, argTypes[2]!, place);
    });
  },
});

/** Functions of whole arrays and sets. */
export const setFunctions: readonly ScalarFunction[] = [
  ofSets('jaccard_index', (a, b) => shared(a, b) / (a.size + b.size - shared(a, b))),
  ofSets('set_equals', (a, b) => a.size === b.size && shared(a, b) === a.size),
  arrayIff('array_iff'),
  arrayIff('array_iif'),
  {
    name: 'bag_zip',
    page: 'bag-zip',
    nullable: true,
    evaluate: ([keys = null, values = null]) => {
      if (!Array.isArray(keys)) return null;
      const bag = new Map<string, Dynamic>();
      keys.forEach((key, place) => {
        if (typeof key === 'string') bag.set(key, Array.isArray(values) ? (values[place] ?? null) : null);
      });
      return bag;
    },
  },
];
