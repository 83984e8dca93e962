import { MailhuntError } from '../../errors/index.ts';
import type { Value } from '../../values/index.ts';
import { convertSql, convertValue } from './convert.ts';
import type { EvaluateCall, ScalarFunction } from './row.ts';

/** Arguments as reals, or undefined where one is null. */
function realsOf(args: readonly Value[], { argTypes }: EvaluateCall): number[] | undefined {
  const reals = args.map((value, i) => convertValue(value, argTypes[i]!, 'real'));
  return reals.includes(null) ? undefined : (reals as number[]);
}

/** A function of reals; `sql` and `compute` agree to the last digit but one. */
const ofReals = (
  name: string,
  sql: (...args: string[]) => string,
  compute: (...args: number[]) => Value,
): ScalarFunction => ({
  name,
  page: `${name}-function`,
  nullable: true,
  sql: ({ args }) => sql(...args.map((arg) => convertSql(arg, 'real'))),
  evaluate: (args, call) => {
    const reals = realsOf(args, call);
    return reals === undefined ? null : compute(...reals);
  },
});

/** The engine fails on arguments that these functions are not defined for; KQL has null, or what IEEE says. */
const logarithm = (name: string, sqlName: string, compute: (x: number) => number): ScalarFunction =>
  ofReals(
    name,
    (x) => `CASE WHEN ${x} > 0 THEN ${sqlName}(${x}) WHEN ${x} = 0 THEN '-Infinity'::DOUBLE END`,
    (x) => (x < 0 ? null : compute(x)),
  );
const wave = (name: string, sql: (x: string) => string, compute: (x: number) => number): ScalarFunction =>
  ofReals(name, (x) => `CASE WHEN isinf(${x}) THEN 'NaN'::DOUBLE ELSE ${sql(x)} END`, compute);
const arc = (name: string, compute: (x: number) => number): ScalarFunction =>
  ofReals(
    name,
    (x) => `CASE WHEN ${x} BETWEEN -1 AND 1 THEN ${name}(${x}) END`,
    (x) => (x >= -1 && x <= 1 ? compute(x) : null),
  );
const plain = (name: string, compute: (...args: number[]) => number): ScalarFunction =>
  ofReals(name, (...args) => `${name}(${args.join(', ')})`, compute);

/** C's pow, and so the engine's: 1 to any power is 1, even to NaN. */
const power = (base: number, exponent: number): number => {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
};

const test = (name: string, holds: (x: number) => boolean): ScalarFunction =>
  ofReals(name, (x) => `${name}(${x})`, holds);

/** Exponents, logarithms, angles; tests for what is no ordinary number; random numbers. */
export const mathFunctions: readonly ScalarFunction[] = [
  plain('exp', Math.exp),
  ofReals(
    'exp2',
    (x) => `pow(2::DOUBLE, ${x})`,
    (x) => power(2, x),
  ),
  ofReals(
    'exp10',
    (x) => `pow(10::DOUBLE, ${x})`,
    (x) => power(10, x),
  ),
  plain('pow', power),
  ofReals('sqrt', (x) => `CASE WHEN ${x} >= 0 THEN sqrt(${x}) WHEN ${x} < 0 THEN 'NaN'::DOUBLE END`, Math.sqrt),
  logarithm('log', 'ln', Math.log),
  logarithm('log2', 'log2', Math.log2),
  logarithm('log10', 'log10', Math.log10),
  wave('sin', (x) => `sin(${x})`, Math.sin),
  wave('cos', (x) => `cos(${x})`, Math.cos),
  wave('tan', (x) => `tan(${x})`, Math.tan),
  wave(
    'cot',
    (x) => `(1 / tan(${x}))`,
    (x) => 1 / Math.tan(x),
  ),
  arc('asin', Math.asin),
  arc('acos', Math.acos),
  plain('atan', Math.atan),
  plain('atan2', Math.atan2),
  ofReals(
    'radians',
    (x) => `(${x} * ${Math.PI / 180}::DOUBLE)`,
    (x) => x * (Math.PI / 180),
  ),
  ofReals(
    'degrees',
    (x) => `(${x} * ${180 / Math.PI}::DOUBLE)`,
    (x) => x * (180 / Math.PI),
  ),
  { name: 'pi', page: 'pi-function', nullable: false, sql: () => `${Math.PI}::DOUBLE`, evaluate: () => Math.PI },
  test('isnan', Number.isNaN),
  test('isinf', (x) => !Number.isNaN(x) && !Number.isFinite(x)),
  test('isfinite', Number.isFinite),
  {
    name: 'rand',
    page: 'rand-function',
    foldable: false,
    sql: ({ args: [count] }) => (count === undefined ? 'random()' : `floor(random() * ${convertSql(count, 'real')})`),
    evaluate: () => {
      throw new MailhuntError('KQL0002', { what: 'rand() outside the database' });
    },
  },
];
