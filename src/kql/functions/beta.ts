import { stirlingError } from './gamma.ts';

/*
 * The beta distribution, to about 13 digits.
 */

const STEPS = 100_000;
const TINY = 1e-300;
const EPSILON = 1e-16;

/** x ln(x/m) + m - x without the loss of digits where x is near m (Loader). */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let n = 1; n < 1000; n++) {
    term *= v * v;
    const next = sum + term / (2 * n + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** xᵃ (1-x)ᵇ / B(a, b) for 0 < x < 1, by Loader's form of the binomial. */
function kernel(x: number, rest: number, a: number, b: number): number {
  const n = a + b;
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * rest);
  return ((a * b) / n) * Math.sqrt(n / (2 * Math.PI * a * b)) * Math.exp(exponent);
}

/** The continued fraction of the incomplete beta function (Lentz), for x below its mean; NaN where it does not settle. */
function fraction(x: number, a: number, b: number): number {
  const settle = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / settle(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m <= STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / settle(1 + even * d);
    c = settle(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / settle(1 + odd * d);
    c = settle(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < EPSILON * 4) return product;
  }
  return Number.NaN;
}

/**
 * The share of the beta distribution below x (the regularized incomplete beta function).
 *
 * @param rest 1 - x, for whom it is known with more digits
 */
export function betaBelow(x: number, a: number, b: number, rest = 1 - x): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  if (x <= (a + 1) / (a + b + 2)) return (kernel(x, rest, a, b) * fraction(x, a, b)) / a;
  return 1 - (kernel(x, rest, a, b) * fraction(rest, b, a)) / b;
}

/** The density of the beta distribution at 0 < x < 1. */
export const betaDensity = (x: number, a: number, b: number): number => kernel(x, 1 - x, a, b) / (x * (1 - x));

/** The x below which the share p of the beta distribution lies: Newton's steps, halvings where they leave the bracket. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p >= 1) return 1;
  let [low, high] = [0, 1];
  let x = a / (a + b);
  for (let step = 0; step < 2000; step++) {
    const excess = betaBelow(x, a, b) - p;
    if (excess > 0) high = x;
    else low = x;
    const newton = x - excess / betaDensity(x, a, b);
    // Towards zero a bracket is halved by its exponent: quantiles of small parameters lie at 1e-100 and below.
    const middle = low === 0 && high < 0.1 ? high / 1e3 : (low + high) / 2;
    const next = newton > low && newton < high ? newton : middle;
    if (next === x || high - low <= EPSILON * high || next <= Number.MIN_VALUE) return next;
    x = next;
  }
  return x;
}

/** The two-sided p value of Student's t with some degrees of freedom. */
export function studentTwoSided(t: number, degrees: number): number {
  const square = t * t;
  return betaBelow(degrees / (degrees + square), degrees / 2, 0.5, square / (degrees + square));
}
