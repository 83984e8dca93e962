import type { Dynamic } from '../../values/index.ts';
import { readJsonPath } from './json-path.ts';

type Bag = ReadonlyMap<string, Dynamic>;

/** Keys by which KQL means a path into the bag. */
export const isPath = (key: string): boolean => key.startsWith('$.') || key.startsWith('$[');

/** The keys that a name or path goes through; undefined where the path is none or counts into an array. */
export function keysOf(name: string): readonly [string, ...string[]] | undefined {
  if (!isPath(name)) return [name];
  const steps = readJsonPath(name);
  return steps?.every((step) => typeof step === 'string') ? (steps as unknown as [string, ...string[]]) : undefined;
}

/** Whether the bag has a value there. */
export function hasAt(bag: Bag, [key, ...inner]: readonly string[]): boolean {
  const value = bag.get(key!);
  if (inner.length === 0) return bag.has(key!);
  return value instanceof Map && hasAt(value, inner);
}

/** The bag without what stands there. */
export function withoutAt(bag: Bag, [key, ...inner]: readonly string[]): Map<string, Dynamic> {
  const copy = new Map(bag);
  const value = copy.get(key!);
  if (inner.length === 0) copy.delete(key!);
  else if (value instanceof Map) copy.set(key!, withoutAt(value, inner));
  return copy;
}

/** The bag with a value there; what is no bag on the way becomes one. */
export function withAt(bag: Bag, [key, ...inner]: readonly string[], value: Dynamic): Map<string, Dynamic> {
  const old = bag.get(key!);
  const next = inner.length === 0 ? value : withAt(old instanceof Map ? old : new Map(), inner, value);
  return new Map([...bag, [key!, next]]);
}
