/** Chance from a seed: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Different members of a list, at most as many as it has, in random order. */
  several<T>(list: readonly T[], count: number): T[];
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** A lower-case GUID in the form of version 4. */
  guid(): string;
}

/** Spreads a text over 32 bits (FNV-1a, then a final mix so that similar texts differ in every bit). */
function hash(text: string, start: number): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The generator sfc32: 128 bits of state, a few additions and shifts a number. */
function sfc32(a: number, b: number, c: number): () => number {
  let counter = 1;
  const step = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) step();
  return step;
}

/**
 * Chance for one thing, from the parts that name it: what happens to one message does not depend on how many were made
 * before it.
 *
 * @example randomFor('seed', 'newsletter', 17).between(1, 6)
 */
export function randomFor(...parts: readonly (string | number)[]): Random {
  const name = parts.join('\u0000');
  const word = sfc32(hash(name, 0x811c9dc5), hash(name, 0x9e3779b9), hash(name, 0x2545f491));
  const next = (): number => word() / 2 ** 32;
  const below = (count: number): number => Math.floor(next() * count);
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += word().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  };
  return {
    next,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
    several: (list, count) => several(list, count, below),
    hex,
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[below(4)]}${hex(3)}-${hex(12)}`,
  };
}

function several<T>(list: readonly T[], count: number, below: (count: number) => number): T[] {
  const chosen = new Set<T>();
  const wanted = Math.min(count, list.length);
  while (chosen.size < wanted) chosen.add(list[below(list.length)]!);
  return [...chosen];
}
