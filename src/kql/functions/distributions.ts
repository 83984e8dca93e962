import { betaBelow, betaDensity, betaQuantile, studentTwoSided } from './beta.ts';
import { convertValue } from './convert.ts';
import { erf, erfc } from './error-function.ts';
import { gamma, logGamma } from './gamma.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';

/** A function of reals, null where an argument is null. */
const ofReals = (name: string, compute: (...args: number[]) => number | null): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  evaluate: (args, { argTypes }) => {
    const reals = args.map((value, i) => convertValue(value, argTypes[i]!, 'real'));
    return reals.includes(null) ? null : compute(...(reals as number[]));
  },
});

/** Parameters of the beta distribution end here. */
const MOST = 10_000;
const isParameter = (value: number): boolean => value > 0 && value <= MOST;

function betaCdf(x: number, alpha: number, beta: number): number {
  if (!(x >= 0 && x <= 1 && isParameter(alpha) && isParameter(beta))) return Number.NaN;
  return betaBelow(x, alpha, beta);
}

function betaPdf(x: number, alpha: number, beta: number): number {
  if (!(x > 0 && x < 1 && alpha > 0 && beta > 0)) return Number.NaN;
  if (alpha > 1e15 || beta > 1e15) return refuseToEvaluate('beta_pdf', 'takes parameters up to 1e15');
  return betaDensity(x, alpha, beta);
}

/** The reference says null of parameters and NaN of probabilities, and shows it the other way round. */
function betaInv(probability: number, alpha: number, beta: number): number | null {
  if (!(alpha > 0 && beta > 0)) return Number.NaN;
  if (!(probability > 0 && probability <= 1)) return null;
  if (alpha > MOST || beta > MOST) return refuseToEvaluate('beta_inv', `takes parameters up to ${MOST}`);
  return betaQuantile(probability, alpha, beta);
}

function welchTest(mean1: number, var1: number, count1: number, mean2: number, var2: number, count2: number): number {
  const [a, b] = [var1 / count1, var2 / count2];
  const t = (mean1 - mean2) / Math.sqrt(a + b);
  const degrees = (a + b) ** 2 / (a ** 2 / (count1 - 1) + b ** 2 / (count2 - 1));
  if (!(degrees > 0) || Number.isNaN(t)) return Number.NaN;
  if (degrees > 1e9) return refuseToEvaluate('welch_test', 'takes counts up to a thousand million');
  return studentTwoSided(t, degrees);
}

/** Special functions and distributions. */
export const distributionFunctions: readonly ScalarFunction[] = [
  ofReals('gamma', gamma),
  ofReals('loggamma', logGamma),
  ofReals('erf', erf),
  ofReals('erfc', erfc),
  ofReals('beta_cdf', betaCdf),
  ofReals('beta_pdf', betaPdf),
  ofReals('beta_inv', betaInv),
  ofReals('welch_test', welchTest),
];
