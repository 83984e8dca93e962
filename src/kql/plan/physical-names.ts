import type { Schema } from './plan.ts';

/**
 * The engine's names for a schema's columns. KQL tells `LogonId` from `LogonID`, the engine does not: a name that an
 * earlier column has in another case gets `~2`, `~3`, … The store names its columns by the same rule.
 *
 * @example physicalNames([{ name: 'LogonId', type: 'long' }, { name: 'LogonID', type: 'long' }]) // Map LogonID -> "LogonID~2"
 */
export function physicalNames(schema: Schema): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  const names = new Map<string, string>();
  for (const { name } of schema) {
    const folded = name.toLowerCase();
    const seen = (taken.get(folded) ?? 0) + 1;
    taken.set(folded, seen);
    names.set(name, seen === 1 ? name : `${name}~${seen}`);
  }
  return names;
}
