import { refuseToEvaluate } from '../refusal.ts';
import type { ScalarFunction } from '../row.ts';
import { rsquareOf, sampleVariance } from './line-fit.ts';
import { checkWork, numbersOf, realArgument, realsToDynamic, seriesRow, squaresAbout, sum } from './series.ts';

/** Beyond this the powers of any x drown in rounding. */
const MAX_DEGREE = 50;

/** Coefficients from the constant up: `c[0] + c[1] x + c[2] x² + …`. */
type Polynomial = readonly number[];

const valueAt = (polynomial: Polynomial, x: number): number =>
  polynomial.reduceRight((value, coefficient) => value * x + coefficient, 0);

/** Columns made orthogonal to each other, one after the other and twice, for rounding spoils the first time. */
function fitColumns(columns: number[][], y: readonly number[]): number[] | undefined {
  const basis: number[][] = [];
  const upper: number[][] = [];
  for (const column of columns) {
    const size = Math.sqrt(sum(column.map((item) => item * item)));
    const shares = columns.map(() => 0);
    for (const _ of ['first', 'again'])
      basis.forEach((base, i) => {
        const share = sum(base.map((item, j) => item * column[j]!));
        shares[i]! += share;
        base.forEach((item, j) => {
          column[j]! -= share * item;
        });
      });
    const length = Math.sqrt(sum(column.map((item) => item * item)));
    if (!(length > size * 1e-13)) return undefined;
    shares[basis.length] = length;
    basis.push(column.map((item) => item / length));
    upper.push(shares);
  }
  return solved(
    upper,
    basis.map((base) => sum(base.map((item, j) => item * y[j]!))),
  );
}

/** Solves `upper` (column by column) times x = `right`, from the last row up. */
function solved(upper: readonly (readonly number[])[], right: readonly number[]): number[] {
  const x = [...right];
  for (let row = x.length - 1; row >= 0; row--) {
    for (let column = row + 1; column < x.length; column++) x[row]! -= upper[column]![row]! * x[column]!;
    x[row]! /= upper[row]![row]!;
  }
  return x;
}

/** The polynomial of `(x - shift) / scale` as one of x. */
function stretched(polynomial: Polynomial, shift: number, scale: number): Polynomial {
  let result: number[] = [];
  for (const coefficient of polynomial.toReversed()) {
    const raised = [0, ...result.map((item) => item / scale)];
    result.forEach((item, i) => {
      raised[i]! -= (item * shift) / scale;
    });
    raised[0]! += coefficient;
    result = raised;
  }
  return result.slice(0, polynomial.length);
}

/** Least squares over x in -1…1, where powers stay apart. */
function fitPolynomial(
  x: readonly number[],
  y: readonly number[],
  degree: number,
): { c: Polynomial; fit: number[] } | undefined {
  const least = x.reduce((a, b) => Math.min(a, b));
  const greatest = x.reduce((a, b) => Math.max(a, b));
  const [shift, scale] = [(least + greatest) / 2, (greatest - least) / 2 || 1];
  const inner = x.map((item) => (item - shift) / scale);
  const columns = Array.from({ length: degree + 1 }, (_, power) => inner.map((item) => item ** power));
  const found = fitColumns(columns, y);
  if (found === undefined) return undefined;
  return { c: stretched(found, shift, scale), fit: inner.map((item) => valueAt(found, item)) };
}

/** The degree argument of a call: a whole number from 0 up. */
function degreeOf(degree: number | null, name: string): number {
  if (degree === null || !Number.isInteger(degree) || degree < 0 || degree > MAX_DEGREE)
    return refuseToEvaluate(name, `needs a degree from 0 to ${MAX_DEGREE}`);
  return degree;
}

/** Polynomials through a series. */
export const polynomialFunctions: readonly ScalarFunction[] = [
  seriesRow('series_fit_poly', (args, call) => {
    const y = numbersOf(args[0]);
    const x = args[1] === undefined ? y?.map((_, i) => i + 1) : numbersOf(args[1]);
    const degree = degreeOf(realArgument(args, call, 2, 1), call.name);
    if (y === undefined || x === undefined || x.length !== y.length || y.length <= degree) return null;
    checkWork(call.name, 4 * y.length * (degree + 1) ** 2);
    const found = fitPolynomial(x, y, degree);
    if (found === undefined) return null;
    const total = squaresAbout(y);
    const residual = sum(y.map((item, i) => (item - found.fit[i]!) ** 2));
    return [
      rsquareOf(residual, total),
      realsToDynamic(found.c.toReversed()),
      sampleVariance(total, y.length),
      sampleVariance(residual, y.length),
      realsToDynamic(found.fit),
    ];
  }),
];
