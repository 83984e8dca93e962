const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_CODE = 128;
const FIRST_BIAS = 72;
const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Longer texts are no names; encoding compares every sign with every other. */
export const MAX_SIGNS = 2_000;

function adapted(delta: number, count: number, isFirst: boolean): number {
  let left = Math.floor(delta / (isFirst ? DAMP : 2));
  left += Math.floor(left / count);
  let k = 0;
  for (; left > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) left = Math.floor(left / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}

const threshold = (k: number, bias: number): number => Math.min(Math.max(k - bias, T_MIN), T_MAX);

/** A number as digits of growing worth, the last of them below its threshold. */
function digitsOf(delta: number, bias: number): string {
  let [digits, left] = ['', delta];
  for (let k = BASE; ; k += BASE) {
    const t = threshold(k, bias);
    if (left < t) return digits + DIGITS[left];
    digits += DIGITS[t + ((left - t) % (BASE - t))];
    left = Math.floor((left - t) / (BASE - t));
  }
}

/**
 * A text in Punycode (RFC 3492): its ASCII signs, a hyphen, and where the others stand.
 *
 * @example encodePunycode('bücher') // 'bcher-kva'
 */
export function encodePunycode(text: string): string {
  const points = Array.from(text, (sign) => sign.codePointAt(0)!);
  const basic = points.filter((point) => point < FIRST_CODE);
  let result = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let [code, delta, bias, done] = [FIRST_CODE, 0, FIRST_BIAS, basic.length];
  for (const next of [...new Set(points.filter((point) => point >= FIRST_CODE))].sort((a, b) => a - b)) {
    delta += (next - code) * (done + 1);
    for (const point of points) {
      if (point < next) delta += 1;
      if (point !== next) continue;
      result += digitsOf(delta, bias);
      bias = adapted(delta, done + 1, done === basic.length);
      delta = 0;
      done += 1;
    }
    delta += 1;
    code = next + 1;
  }
  return result;
}

const isScalar = (point: number): boolean => point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);

/** The text that Punycode spells, or undefined where it spells none. */
export function decodePunycode(text: string): string | undefined {
  if (!/^[\0-\x7f]*$/.test(text)) return undefined;
  const hyphen = text.lastIndexOf('-');
  const points = Array.from(text.slice(0, Math.max(hyphen, 0)), (sign) => sign.codePointAt(0)!);
  const digits = text.slice(hyphen < 0 ? 0 : hyphen + 1).toLowerCase();
  let [code, place, bias, at] = [FIRST_CODE, 0, FIRST_BIAS, 0];
  while (at < digits.length) {
    const before = place;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = at < digits.length ? DIGITS.indexOf(digits[at++]!) : -1;
      if (digit < 0) return undefined;
      place += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= BASE - t;
      if (place > 0x7fffffff || weight > 0x7fffffff) return undefined;
    }
    const count = points.length + 1;
    bias = adapted(place - before, count, before === 0);
    code += Math.floor(place / count);
    place %= count;
    if (!isScalar(code)) return undefined;
    points.splice(place++, 0, code);
  }
  return points.map((point) => String.fromCodePoint(point)).join('');
}
