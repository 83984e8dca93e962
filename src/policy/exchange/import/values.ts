import { isRaw } from './raw-rules.ts';

/** What a property of a rule holds, and what stops its reading. */
export type Texts =
  | { readonly texts: readonly string[] }
  /** What ConvertTo-Json writes instead of what lies too deep. */
  | { readonly cutOff: string }
  | { readonly unknown: string };

/** The name of a type, or a property bag as text: what is left of a value below the depth. */
const cutOff = /^(?:(?:System|Microsoft|Deserialized)\.[\w.`]+(?:\[.*\])?|@\{.*\})$/s;

/**
 * The values of a property: null, false and an empty list are none; a list, one value alone, `{ value, Count }` and
 * `{ Value }` are read alike.
 *
 * @example textsOf(['a', { Value: 'b' }]) // { texts: ['a', 'b'] }
 * @example textsOf('System.Object[]') // { cutOff: 'System.Object[]' }
 */
export function textsOf(value: unknown): Texts {
  if (value === null || value === undefined || value === false || value === '') return { texts: [] };
  if (typeof value === 'string') return cutOff.test(value) ? { cutOff: value } : { texts: [value] };
  if (typeof value === 'number' || value === true) return { texts: [String(value)] };
  if (Array.isArray(value)) return joined(value.map(textsOf));
  if (isRaw(value)) {
    for (const name of ['value', 'Value']) if (name in value) return textsOf(value[name]);
    return { unknown: JSON.stringify(value).slice(0, 100) };
  }
  return { unknown: String(value) };
}

function joined(members: readonly Texts[]): Texts {
  const wrong = members.find((one) => !('texts' in one));
  return wrong ?? { texts: members.flatMap((one) => ('texts' in one ? one.texts : [])) };
}

/**
 * A moment: `/Date(1750000000000)/` of Windows PowerShell, or ISO 8601; without an offset it is taken for UTC.
 *
 * @returns milliseconds since 1970; undefined where it is no moment
 * @example momentOf('/Date(0)/') // 0
 */
export function momentOf(text: string): number | undefined {
  const ticks = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text);
  if (ticks !== null) return Number(ticks[1]);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined;
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isFinite(at) ? at : undefined;
}

/** A size in bytes: a number, or `10 MB (10,485,760 bytes)`. */
export function bytesOf(text: string): number | undefined {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  const spelled = /\(([\d,.\u00a0\u202f ]{1,20}) bytes\)$/.exec(text)?.[1];
  return spelled === undefined ? undefined : Number(spelled.replace(/\D/g, ''));
}
