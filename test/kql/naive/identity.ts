import { dynamicToJson, type KqlType, type Value } from '../../../src/values/index.ts';

/** A text that two values of a type share where they are the same value in KQL: null is the same as null, 1.50 as 1.5. */
export function identity(value: Value, type: KqlType): string {
  if (type === 'real' && value === 0) return '0.0';
  if (type === 'decimal' && typeof value === 'string') return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
  return dynamicToJson(value);
}

/** The same of several values. */
export const identities = (values: readonly Value[], types: readonly KqlType[]): string =>
  JSON.stringify(values.map((value, i) => identity(value, types[i]!)));

/** Items gathered by a text, in the order in which the texts first come. */
export function gather<T>(items: readonly T[], text: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(text(item));
    if (group === undefined) groups.set(text(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
