import { compareDecimals, type KqlType, type Value } from '../../values/index.ts';
import { convertArg, converts, convertValue } from './convert.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';

type Order = '<' | '<=' | '>' | '>=';

const incomparable = (a: KqlType, b: KqlType): string => `cannot compare ${a} with ${b}`;

const WIDTH: readonly KqlType[] = ['bool', 'int', 'long', 'real'];

/**
 * The type in which two values are compared: texts and dynamics become what stands on the other side, numbers the wider
 * of the two. Undefined where there is none. A dynamic number beside a whole one may have a fraction or be huge: equality
 * asks for all digits, order for the size.
 */
export function comparedAs(a: KqlType, b: KqlType, ordered = false): KqlType | undefined {
  if (a === b) return a === 'dynamic' ? undefined : a;
  if (b === 'dynamic' || (b === 'string' && a !== 'dynamic')) return comparedAs(b, a, ordered);
  if (a === 'dynamic') return wholeTypes.has(b) ? (ordered ? 'real' : 'decimal') : b;
  if (a === 'string') return converts(a, b) ? b : undefined;
  if (b === 'decimal') return comparedAs(b, a, ordered);
  if (a === 'decimal' && WIDTH.includes(b)) return b === 'real' ? 'real' : 'decimal';
  const width = Math.max(WIDTH.indexOf(a), WIDTH.indexOf(b));
  return WIDTH.includes(a) && WIDTH.includes(b) ? WIDTH[width] : undefined;
}

const wholeTypes: ReadonlySet<KqlType> = new Set<KqlType>(['int', 'long']);
/** Types whose values can never be NaN as reals. */
const neverNaN: ReadonlySet<KqlType> = new Set<KqlType>(['bool', 'int', 'long', 'decimal']);

/** One side, in the type of the comparison. */
interface Side extends SqlArg {
  /** This engine takes NaN for equal to itself and greater than all else; in KQL every comparison with it is false. */
  readonly mayBeNaN: boolean;
}

function side(call: SqlCall, arg: SqlArg, type: KqlType): Side {
  const converted = convertArg(arg, type);
  if (arg.type === 'string' && typeof arg.constant === 'string' && converted.constant === null)
    call.refuse(`"${arg.constant}" is not a ${type}`);
  const { constant } = converted;
  const mayBeNaN = type === 'real' && !neverNaN.has(arg.type) && (constant === undefined || Number.isNaN(constant));
  return { ...converted, mayBeNaN };
}

function sides(call: SqlCall, a: SqlArg, b: SqlArg, ordered = false): readonly [Side, Side] {
  const type = comparedAs(a.type, b.type, ordered);
  if (type === undefined) return call.refuse(incomparable(a.type, b.type));
  if (wholeTypes.has(a.type) && isWhole(b)) return [side(call, a, a.type), side(call, asLong(b), 'long')];
  if (wholeTypes.has(b.type) && isWhole(a)) return [side(call, asLong(a), 'long'), side(call, b, b.type)];
  return [side(call, a, type), side(call, b, type)];
}

/** `count > 5.0` is read as `count > 5`: a bare column is what the engine can compare while it scans. */
const isWhole = ({ type, constant }: SqlArg): boolean => type === 'real' && Number.isSafeInteger(constant);
const asLong = (arg: SqlArg): SqlArg => convertArg(arg, 'long');

function equalSql(call: SqlCall): string {
  const [a, b] = sides(call, ...(call.args as [SqlArg, SqlArg]));
  const equal = a.mayBeNaN && b.mayBeNaN ? `(${a.sql} = ${b.sql} AND NOT isnan(${a.sql}))` : `(${a.sql} = ${b.sql})`;
  if (call.asFilter || !(a.nullable || b.nullable)) return equal;
  const known = `coalesce(${equal}, false)`;
  return a.nullable && b.nullable ? `CASE WHEN ${a.sql} IS NOT NULL OR ${b.sql} IS NOT NULL THEN ${known} END` : known;
}

function unequalSql(call: SqlCall): string {
  const [a, b] = sides(call, ...(call.args as [SqlArg, SqlArg]));
  const sign = a.nullable || b.nullable ? 'IS DISTINCT FROM' : '<>';
  const differ =
    a.mayBeNaN && b.mayBeNaN
      ? `(${a.sql} ${sign} ${b.sql} OR coalesce(isnan(${a.sql}), false))`
      : `(${a.sql} ${sign} ${b.sql})`;
  if (call.asFilter || !(a.nullable && b.nullable)) return differ;
  return `CASE WHEN ${a.sql} IS NOT NULL OR ${b.sql} IS NOT NULL THEN ${differ} END`;
}

/** SQL of an order comparison of two arguments. */
export function orderSql(call: SqlCall, order: Order, left: SqlArg, right: SqlArg): string {
  const [a, b] = sides(call, left, right, true);
  const [greater, less] = order.startsWith('>') ? [a, b] : [b, a];
  const plain = `(${a.sql} ${order} ${b.sql})`;
  if (!greater.mayBeNaN) return plain;
  const nullStays = less.nullable && !call.asFilter ? ` OR ${less.sql} IS NULL` : '';
  return `(${plain} AND (NOT isnan(${greater.sql})${nullStays}))`;
}

/** How two values stand to each other: negative, 0, positive; null where one is null, NaN where no order holds. */
export function compareValues(a: Value, b: Value, [typeA, typeB]: readonly KqlType[], ordered = true) {
  const type = comparedAs(typeA!, typeB!, ordered);
  if (type === undefined) return refuseToEvaluate('comparison', incomparable(typeA!, typeB!));
  const left = convertValue(a, typeA!, type);
  const right = convertValue(b, typeB!, type);
  if (left === null || right === null) return null;
  return type === 'decimal' ? compareDecimals(left as string, right as string) : orderOf(left, right);
}

function orderOf(a: Exclude<Value, null>, b: Exclude<Value, null>): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 0;
}

/** `==` and `!=` take null for a value: unequal to all others; of two nulls nothing is known. */
function equalValues([a = null, b = null]: readonly Value[], { argTypes }: EvaluateCall): boolean | null {
  const type = comparedAs(argTypes[0]!, argTypes[1]!) ?? 'string';
  const order = compareValues(a, b, argTypes, false);
  if (order !== null) return order === 0;
  const isNull = [a, b].map((value, i) => convertValue(value, argTypes[i]!, type) === null);
  return isNull[0] && isNull[1] ? null : false;
}

const orders: Readonly<Record<Order, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const orderFunctions = Object.entries(orders).map(
  ([name, holds]): ScalarFunction => ({
    name,
    page: 'numerical-operators',
    nullable: true,
    sql: (call) => orderSql(call, name as Order, ...(call.args as [SqlArg, SqlArg])),
    evaluate: ([a = null, b = null], { argTypes }) => {
      const order = compareValues(a, b, argTypes);
      return order === null ? null : holds(order);
    },
  }),
);

const not = (value: boolean | null): boolean | null => (value === null ? null : !value);

/** `==`, `!=` and the order of numbers, datetimes and timespans. */
export const comparisonFunctions: readonly ScalarFunction[] = [
  { name: '==', page: 'logical-operators', nullable: true, sql: equalSql, evaluate: equalValues },
  {
    name: '!=',
    page: 'logical-operators',
    nullable: true,
    sql: unequalSql,
    evaluate: (args, call) => not(equalValues(args, call)),
  },
  ...orderFunctions,
];
