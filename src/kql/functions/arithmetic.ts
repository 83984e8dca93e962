import {
  addDecimals,
  divideDecimals,
  type KqlType,
  LONG_MAX,
  LONG_MIN,
  MAX_DATETIME_TICKS,
  moduloDecimals,
  multiplyDecimals,
  subtractDecimals,
  type Value,
} from '../../values/index.ts';
import { convertArg, convertValue } from './convert.ts';
import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';

type Operator = '+' | '-' | '*' | '/' | '%';

/** How one operator computes over operands of one kind, none of them null. */
interface Computation {
  /** Absent where SQL cannot say it. */
  readonly sql?: (a: string, b: string) => string;
  readonly evaluate: (a: Exclude<Value, null>, b: Exclude<Value, null>) => Value;
}

const infix =
  (sign: string) =>
  (a: string, b: string): string =>
    `(${a} ${sign} ${b})`;
const whole = (sign: string, compute: (a: bigint, b: bigint) => bigint | null): Computation => ({
  sql: infix(sign),
  evaluate: (a, b) => compute(a as bigint, b as bigint),
});
const real = (sign: string, compute: (a: number, b: number) => number): Computation => ({
  sql: infix(sign),
  evaluate: (a, b) => compute(a as number, b as number),
});
const decimal = (
  sign: string,
  compute: (a: string, b: string) => string | null,
  sql?: Computation['sql'],
): Computation => ({
  ...(sql === undefined ? {} : { sql }),
  evaluate: (a, b) =>
    compute(String(a), String(b)) ?? refuseToEvaluate(sign, `${a} ${sign} ${b} is no decimal that can be held`),
});
/** The sum of what DECIMAL(38,18) holds is one, or the engine says that it is too large. */
const sumSql =
  (sign: string): Computation['sql'] =>
  (a, b) =>
    `CAST((${a} ${sign} ${b}) AS DECIMAL(38,18))`;

// Constants wrap at 64 bits as in Kusto. In the engine an overflow ends the query with an error (KQL0007), never with
// another number. The wrap can be had, coalesce(TRY(a + b), a sum of 128 bits cut to 64), but for every row: 289 ms against
// 23 for 5 million sums, for numbers that say nothing to anybody who hunts.
const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);
const quotient = (a: bigint, b: bigint): bigint | null => (b === 0n ? null : wrapped(a / b));

/** Never negative: `-14 % 12` is 10. */
function modulo(a: bigint, b: bigint): bigint | null {
  if (b === 0n) return null;
  const rest = a % b;
  return rest >= 0n ? rest : rest + (b < 0n ? -b : b);
}
function realModulo(a: number, b: number): number {
  const rest = a % b;
  return rest < 0 ? rest + Math.abs(b) : rest;
}
const moduloSql = (a: string, b: string): string => {
  // This engine keeps the sign of the dividend, and fails on the least long % -1.
  const rest = `(${a} % nullif(${b}, -1))`;
  const positive = /^\d/.test(b) ? `${rest} + ${b}` : `CASE WHEN ${b} < 0 THEN ${rest} - ${b} ELSE ${rest} + ${b} END`;
  return `CASE WHEN ${b} = -1 THEN 0 * ${a} WHEN ${rest} < 0 THEN ${positive} ELSE ${rest} END`;
};
const realModuloSql = (a: string, b: string): string =>
  `CASE WHEN (${a} % ${b}) < 0 THEN (${a} % ${b}) + abs(${b}) ELSE (${a} % ${b}) END`;

const longs: Readonly<Record<Operator, Computation>> = {
  '+': whole('+', (a, b) => wrapped(a + b)),
  '-': whole('-', (a, b) => wrapped(a - b)),
  '*': whole('*', (a, b) => wrapped(a * b)),
  '/': whole('//', quotient),
  '%': { sql: moduloSql, evaluate: (a, b) => modulo(a as bigint, b as bigint) },
};
const reals: Readonly<Record<Operator, Computation>> = {
  '+': real('+', (a, b) => a + b),
  '-': real('-', (a, b) => a - b),
  '*': real('*', (a, b) => a * b),
  '/': real('/', (a, b) => a / b),
  '%': { sql: realModuloSql, evaluate: (a, b) => realModulo(a as number, b as number) },
};
const decimals: Readonly<Record<Operator, Computation>> = {
  '+': decimal('+', addDecimals, sumSql('+')),
  '-': decimal('-', subtractDecimals, sumSql('-')),
  '*': decimal('*', multiplyDecimals),
  '/': decimal('/', divideDecimals),
  '%': decimal('%', moduloDecimals),
};

/** A real number of ticks as a timespan: the nearest, of two the even one, as .NET multiplies timespans. */
const ticksOfReal = (ticks: number): bigint | null => {
  if (!Number.isFinite(ticks)) return null;
  const floor = Math.floor(ticks);
  const odd = floor % 2 !== 0;
  const nearest = BigInt(floor) + (ticks - floor > 0.5 || (ticks - floor === 0.5 && odd) ? 1n : 0n);
  return nearest < LONG_MIN || nearest > LONG_MAX ? null : nearest;
};
const scaledTicks = (sign: '*' | '/', compute: (a: number, b: number) => number): Computation => ({
  sql: (a, b) => `TRY_CAST((CAST(${a} AS DOUBLE) ${sign} CAST(${b} AS DOUBLE)) AS BIGINT)`,
  evaluate: (a, b) => ticksOfReal(compute(Number(a), Number(b))),
});
const ratio: Computation = {
  sql: (a, b) => `(CAST(${a} AS DOUBLE) / CAST(${b} AS DOUBLE))`,
  evaluate: (a, b) => Number(a) / Number(b),
};

/** What an operator does with operands of two types: how it computes, and the types that the operands take first. */
interface Rule {
  readonly types: readonly [KqlType, KqlType];
  readonly computation: Computation;
}

/** Datetimes and timespans are ticks; what is missing here has no meaning (two datetimes added). */
const timeRules: Readonly<Record<string, Computation>> = {
  'datetime - datetime': longs['-'],
  'datetime - timespan': longs['-'],
  'datetime + timespan': longs['+'],
  'timespan + datetime': longs['+'],
  'timespan + timespan': longs['+'],
  'timespan - timespan': longs['-'],
  'timespan % timespan': longs['%'],
  'datetime % timespan': longs['%'],
  'timespan / timespan': ratio,
  'datetime / timespan': ratio,
  'timespan * long': longs['*'],
  'long * timespan': longs['*'],
  'timespan / long': longs['/'],
  'timespan * real': scaledTicks('*', (a, b) => a * b),
  'real * timespan': scaledTicks('*', (a, b) => a * b),
  'timespan / real': scaledTicks('/', (a, b) => a / b),
};

const TIMES: readonly KqlType[] = ['datetime', 'timespan'];
const byType: Readonly<Partial<Record<KqlType, Readonly<Partial<Record<Operator, Computation>>>>>> = {
  long: longs,
  real: reals,
  decimal: decimals,
};

/** A dynamic beside a time is taken for a timespan, beside a number for what the binder made of the result. */
function operandTypes([a, b]: readonly KqlType[], result: KqlType): readonly [KqlType, KqlType] {
  const known = (type: KqlType, other: KqlType): KqlType => {
    if (type === 'int') return 'long';
    if (type !== 'dynamic') return type;
    if (TIMES.includes(other)) return other === 'datetime' && result === 'timespan' ? 'datetime' : 'timespan';
    return result;
  };
  return [known(a!, b!), known(b!, a!)];
}

function ruleFor(operator: Operator, argTypes: readonly KqlType[], result: KqlType): Rule | undefined {
  const types = operandTypes(argTypes, result);
  const [a, b] = types;
  if (TIMES.includes(a) || TIMES.includes(b)) {
    const computation = timeRules[`${a} ${operator} ${b}`];
    return computation === undefined ? undefined : { types, computation };
  }
  const computation = byType[result]?.[operator];
  return computation === undefined ? undefined : { types: [result, result], computation };
}

const meaningless = (operator: Operator, [a, b]: readonly KqlType[]): string => `cannot compute ${a} ${operator} ${b}`;

const isOutside = (ticks: Value): boolean => typeof ticks === 'bigint' && (ticks < 0n || ticks > MAX_DATETIME_TICKS);

/** What leaves the years 1 to 9999 is null. */
const withinCalendarSql = (ticks: string): string =>
  `CASE WHEN ${ticks} BETWEEN 0 AND ${MAX_DATETIME_TICKS} THEN ${ticks} END`;

function printOperator(operator: Operator, call: SqlCall): string {
  const [a, b] = call.args as [SqlArg, SqlArg];
  const rule = ruleFor(operator, [a.type, b.type], call.type);
  if (rule === undefined) return call.refuse(meaningless(operator, [a.type, b.type]));
  const { sql } = rule.computation;
  if (sql === undefined) return hostCallSql(call);
  const result = sql(convertArg(a, rule.types[0]).sql, convertArg(b, rule.types[1]).sql);
  return call.type === 'datetime' ? withinCalendarSql(result) : result;
}

function computed(operator: Operator, args: readonly Value[], { argTypes, type }: EvaluateCall): Value {
  const rule = ruleFor(operator, argTypes, type);
  if (rule === undefined) return refuseToEvaluate(operator, meaningless(operator, argTypes));
  const [a, b] = args.map((arg, i) => convertValue(arg, argTypes[i]!, rule.types[i]!));
  return a == null || b == null ? null : rule.computation.evaluate(a, b);
}

function evaluateOperator(operator: Operator, args: readonly Value[], call: EvaluateCall): Value {
  const result = computed(operator, args, call);
  return call.type === 'datetime' && isOutside(result) ? null : result;
}

const operatorRow = (name: Operator): ScalarFunction => ({
  name,
  page: 'numerical-operators',
  nullable: true,
  sql: (call) => printOperator(name, call),
  evaluate: (args, call) => evaluateOperator(name, args, call),
});

const negated = (value: Value): Value => {
  if (typeof value === 'number') return -value;
  if (typeof value === 'bigint') return wrapped(-value);
  return typeof value === 'string' ? subtractDecimals('0', value) : null;
};

/** `+ - * / %` of numbers, datetimes and timespans, and the minus sign (`negate`). Null stays null. */
export const arithmeticFunctions: readonly ScalarFunction[] = [
  ...(['+', '-', '*', '/', '%'] as const).map(operatorRow),
  {
    name: 'negate',
    page: 'numerical-operators',
    sql: ({ args: [arg], type }) => `(- ${convertArg(arg!, arg!.type === 'dynamic' ? type : arg!.type).sql})`,
    evaluate: ([value = null], { argTypes: [from], type }) =>
      negated(from === 'dynamic' ? convertValue(value, from, type) : value),
  },
];
