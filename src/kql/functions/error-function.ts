/*
 * The error function, to about 15 digits of erf and of erfc.
 */

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
/** From here on the continued fraction converges fast and the series begins to cancel. */
const BORDER = 2;
const STEPS = 500;

/** The share of a normal distribution's mass around zero, made odd. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  return Math.abs(x) < BORDER ? series(x) : Math.sign(x) * (1 - tail(Math.abs(x)));
}

/** 1 - erf(x), with all its digits where it is small. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= BORDER) return tail(x);
  return x <= -BORDER ? 2 - tail(-x) : 1 - series(x);
}

/** 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms of one sign. */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < STEPS && Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
}

/** erfc for x ≥ 2: e^(-x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))), from the inside out. */
function tail(x: number): number {
  if (x > 27.3) return 0;
  let fraction = x;
  for (let n = 120; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
