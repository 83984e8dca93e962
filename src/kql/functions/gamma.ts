/*
 * The gamma function and its kin, to about 15 digits.
 */

/** Numerator and denominator of gamma on 2 ≤ x < 3 over x - 2 (Cephes), highest power first. */
const P = [
  1.6011952247675185e-4, 1.1913514700658638e-3, 1.0421379756176158e-2, 4.763678004571372e-2, 2.0744822764843598e-1,
  4.942148268014971e-1, 1.0,
];
const Q = [
  -2.3158187332412014e-5, 5.396055804933034e-4, -4.456419138517973e-3, 1.1813978522206043e-2, 3.5823639860549865e-2,
  -2.3459179571824335e-1, 7.14304917030273e-2, 1.0,
];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** Below this gamma's own series is used, above it Stirling's. */
const STIRLING = 16;
/** The greatest whole number whose gamma is a real. */
const GREATEST = 171;

/**
 * What Stirling's formula leaves: ln n! - ((n + ½) ln n - n + ½ ln 2π), for n > 0.
 */
export function stirlingError(n: number): number {
  if (n < STIRLING) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_TWO_PI;
  const s = 1 / (n * n);
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360)))))) / n;
}

/** Gamma of a real; NaN at zero and the negative whole numbers, where it has poles. */
export function gamma(x: number): number {
  if (Number.isInteger(x) && x <= GREATEST) return x <= 0 ? Number.NaN : factorial(x - 1);
  if (x < 0) return Math.PI / (sinePi(x) * gamma(1 - x));
  if (x >= STIRLING) return x > GREATEST + 1 ? Number.POSITIVE_INFINITY : Math.exp(logGamma(x));
  let factor = 1;
  let at = x;
  for (; at >= 3; factor *= at) at -= 1;
  for (; at < 2; at += 1) factor /= at;
  return (factor * polynomial(P, at - 2)) / polynomial(Q, at - 2);
}

/** The natural logarithm of the absolute value of gamma; infinite at the poles. */
export function logGamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) return Number.POSITIVE_INFINITY;
  if (x < 0) return Math.log(Math.PI / Math.abs(sinePi(x))) - logGamma(1 - x);
  if (x <= STIRLING) return Math.log(gamma(x));
  const n = x - 1;
  return n === Number.POSITIVE_INFINITY ? n : (n + 0.5) * Math.log(n) - n + HALF_LOG_TWO_PI + stirlingError(n);
}

/** sin(πx), without the loss of digits that a large πx has. */
const sinePi = (x: number): number => Math.sin(Math.PI * (x % 2));

const factorial = (n: number): number => {
  let product = 1;
  for (let factor = 2; factor <= n; factor++) product *= factor;
  return product;
};
