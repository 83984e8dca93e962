import type { Column } from '../values/index.ts';

/**
 * The engine's names for a schema's columns. KQL tells `LogonId` from `LogonID`, the engine does not: a name that an
 * earlier column has in another case gets `~2`, `~3`, …, and another where a column is called just that. An empty name,
 * which the engine has not, is `~`; NUL and half of a surrogate pair, which it cannot spell, are U+FFFD. The store names its columns by the same rule.
 *
 * @example physicalNames([{ name: 'LogonId', type: 'long' }, { name: 'LogonID', type: 'long' }]) // Map LogonID -> "LogonID~2"
 */
export function physicalNames(schema: readonly Column[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  for (const { name } of schema) {
    const spelt = name.replaceAll('\0', '\ufffd').toWellFormed();
    const folded = spelt.toLowerCase();
    let count = seen.get(folded) ?? 0;
    let physical: string;
    do {
      count++;
      physical = count === 1 ? spelt || '~' : `${spelt}~${count}`;
    } while (taken.has(physical.toLowerCase()));
    seen.set(folded, count);
    taken.add(physical.toLowerCase());
    names.set(name, physical);
  }
  return names;
}
