/** A change of every text of a thing, the same wherever a text occurs: what belongs together stays together. */
export type Change = (text: string) => string;

/**
 * The same plain data with every text in it changed, names of hosts and records included.
 *
 * @example everyText({ hosts: { 'mail.a.example': '192.0.2.1' } }, (text) => text.replace('a.example', 'b.example'))
 */
export function everyText<T>(thing: T, change: Change): T {
  if (typeof thing === 'string') return change(thing) as T;
  if (Array.isArray(thing)) return thing.map((member) => everyText(member, change)) as T;
  if (typeof thing !== 'object' || thing === null) return thing;
  return Object.fromEntries(Object.entries(thing).map(([key, value]) => [change(key), everyText(value, change)])) as T;
}
