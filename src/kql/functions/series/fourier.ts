import type { Value } from '../../../values/index.ts';
import type { ScalarFunction } from '../row.ts';
import { numbersOf, realsToDynamic, seriesRow } from './series.ts';

/** Complex numbers: real parts and imaginary parts, as many of each. */
export interface Complex {
  readonly real: Float64Array;
  readonly imag: Float64Array;
}

const zeros = (length: number): Complex => ({ real: new Float64Array(length), imag: new Float64Array(length) });

/** The quarters of the circle, where the sine of a machine is not quite 0. */
const quarters = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** Cosine and sine of so large a part of the whole circle. */
function turn(part: number, whole: number): readonly [cos: number, sin: number] {
  const quarter = (4 * part) / whole;
  if (Number.isInteger(quarter)) return quarters[((quarter % 4) + 4) % 4]!;
  const angle = (2 * Math.PI * part) / whole;
  return [Math.cos(angle), Math.sin(angle)];
}

/** Up to here the plain sum is as quick, and exacter. */
const SHORT = 64;

/** Discrete Fourier transform of any length, in n log n steps. */
export function transform(input: Complex): Complex {
  const { length } = input.real;
  if (length < 2) return { real: input.real.slice(), imag: input.imag.slice() };
  if ((length & (length - 1)) === 0) return transformPowerOfTwo(input);
  return length <= SHORT ? transformShort(input) : transformAny(input);
}

/** The definition: each frequency is a sum over all points. */
function transformShort({ real, imag }: Complex): Complex {
  const { length } = real;
  const output = zeros(length);
  const turns = Array.from({ length }, (_, i) => turn(-i, length));
  for (let k = 0; k < length; k++)
    for (let i = 0; i < length; i++) {
      const [cos, sin] = turns[(i * k) % length]!;
      output.real[k]! += real[i]! * cos - imag[i]! * sin;
      output.imag[k]! += real[i]! * sin + imag[i]! * cos;
    }
  return output;
}

/** The inverse: conjugate, transform, conjugate, divide. */
export function inverse({ real, imag }: Complex): Complex {
  const { length } = real;
  const result = transform({ real, imag: imag.map((item) => 0 - item) });
  return { real: result.real.map((item) => item / length), imag: result.imag.map((item) => (0 - item) / length) };
}

/** Cooley and Tukey: evens and odds apart, in place after sorting by reversed bits. */
function transformPowerOfTwo(input: Complex): Complex {
  const { length } = input.real;
  const { real, imag } = reordered(input);
  for (let size = 2; size <= length; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const [cos, sin] = turn(-k, size);
      for (let even = k; even < length; even += size) {
        const odd = even + half;
        const re = real[odd]! * cos - imag[odd]! * sin;
        const im = real[odd]! * sin + imag[odd]! * cos;
        real[odd] = real[even]! - re;
        imag[odd] = imag[even]! - im;
        real[even]! += re;
        imag[even]! += im;
      }
    }
  }
  return { real, imag };
}

function reordered(input: Complex): Complex {
  const { length } = input.real;
  const output = zeros(length);
  const shift = 32 - Math.log2(length);
  for (let i = 0; i < length; i++) {
    const at = reversedBits(i) >>> shift;
    output.real[at] = input.real[i]!;
    output.imag[at] = input.imag[i]!;
  }
  return output;
}

function reversedBits(number: number): number {
  let bits = number;
  bits = ((bits >>> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
  bits = ((bits >>> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
  bits = ((bits >>> 4) & 0x0f0f0f0f) | ((bits & 0x0f0f0f0f) << 4);
  bits = ((bits >>> 8) & 0x00ff00ff) | ((bits & 0x00ff00ff) << 8);
  return (bits >>> 16) | (bits << 16);
}

/** Bluestein: a transform of any length is a convolution with a chirp, and that one goes through powers of two. */
function transformAny({ real, imag }: Complex): Complex {
  const { length } = real;
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const [signal, chirp, output] = [zeros(size), zeros(size), zeros(length)];
  // The angle is π·i²/length; i² is reduced first, for large angles lose digits.
  const chirps = Array.from({ length }, (_, i) => turn((i * i) % (2 * length), 2 * length));
  chirps.forEach(([cos, sin], i) => {
    signal.real[i] = real[i]! * cos + imag[i]! * sin;
    signal.imag[i] = imag[i]! * cos - real[i]! * sin;
    chirp.real[i] = cos;
    chirp.imag[i] = sin;
    if (i === 0) return;
    chirp.real[size - i] = cos;
    chirp.imag[size - i] = sin;
  });
  const convolved = inverse(product(transform(signal), transform(chirp)));
  chirps.forEach(([cos, sin], i) => {
    output.real[i] = convolved.real[i]! * cos + convolved.imag[i]! * sin;
    output.imag[i] = convolved.imag[i]! * cos - convolved.real[i]! * sin;
  });
  return output;
}

const product = (a: Complex, b: Complex): Complex => ({
  real: a.real.map((item, i) => item * b.real[i]! - a.imag[i]! * b.imag[i]!),
  imag: a.real.map((item, i) => item * b.imag[i]! + a.imag[i]! * b.real[i]!),
});

/** A series of real numbers, and so many zeros after it. */
export function padded(series: readonly number[], length: number = series.length): Complex {
  const complex = zeros(length);
  complex.real.set(series);
  return complex;
}

function complexOf(real: Value | undefined, imag: Value | undefined): Complex | undefined {
  const parts = [numbersOf(real), imag === undefined ? undefined : numbersOf(imag)];
  if (parts[0] === undefined || (imag !== undefined && parts[1]?.length !== parts[0].length)) return undefined;
  return { real: Float64Array.from(parts[0]), imag: Float64Array.from(parts[1] ?? parts[0].map(() => 0)) };
}

const ofComplex = (name: string, compute: (input: Complex) => Complex): ScalarFunction =>
  seriesRow(name, ([real, imag]) => {
    const input = complexOf(real, imag);
    if (input === undefined) return null;
    const output = compute(input);
    return [realsToDynamic([...output.real]), realsToDynamic([...output.imag])];
  });

/** Between time and frequency. */
export const fourierFunctions: readonly ScalarFunction[] = [
  ofComplex('series_fft', transform),
  ofComplex('series_ifft', inverse),
];
