import { aggregateFunction } from '../../../src/kql/aggregates/index.ts';
import { evaluate } from '../../../src/kql/evaluate/index.ts';
import { type AggregateCall, type CallScalar, literal, type Plan, type Scalar } from '../../../src/kql/plan/index.ts';
import type { Value } from '../../../src/values/index.ts';
import { identity } from './identity.ts';
import { holdsPattern } from './pattern-match.ts';
import { type Evaluate, type Row, type Surroundings, valuesOf } from './rows.ts';

/** A search for a pattern as what it gives, where the pattern is known here: our own rows refuse what may take long in JavaScript. */
function matched(call: CallScalar, row: Row): Scalar {
  if (call.args.some(({ type }) => type !== 'string')) return call;
  const [text, pattern] = call.args.map((arg) => String(evaluate(arg, row) ?? ''));
  const holds = holdsPattern(text!, pattern!);
  return holds === undefined ? call : literal('bool', holds);
}

/** Computes scalars over rows. */
export interface Scalars {
  readonly value: (scalar: Scalar, row: Row) => Value;
  readonly aggregate: (call: AggregateCall, rows: readonly Row[]) => Value;
}

export function scalarsIn(surroundings: Surroundings, evaluatePlan: Evaluate): Scalars {
  /** The first column of a plan's rows, which is the same for every row that asks. */
  const known = new Map<Plan, readonly Value[]>();
  const column = (plan: Plan): readonly Value[] => {
    const found = known.get(plan);
    if (found !== undefined) return found;
    const { schema, rows } = evaluatePlan(plan, surroundings);
    const values = rows.map((row) => valuesOf(schema, row)[0] ?? null);
    known.set(plan, values);
    return values;
  };

  const subquery = (scalar: Extract<Scalar, { kind: 'subquery' }>): Value =>
    column(scalar.plan)[0] ?? (scalar.type === 'string' ? '' : null);

  const membership = (scalar: Extract<Scalar, { kind: 'membership' }>, row: Row): boolean => {
    const { type } = scalar.value;
    const fold = (value: Value): Value => (scalar.caseless && typeof value === 'string' ? value.toLowerCase() : value);
    const members = column(scalar.plan).filter((value) => value !== null);
    const sought = value(scalar.value, row);
    const found = members.some((member) => identity(fold(member), type) === identity(fold(sought), type));
    return found !== scalar.negated;
  };

  /** A scalar without tables in it: those that it has become what they give. */
  const plain = (scalar: Scalar, row: Row): Scalar => {
    if (scalar.kind === 'subquery') return literal(scalar.type, subquery(scalar));
    if (scalar.kind === 'membership') return literal('bool', membership(scalar, row));
    if (scalar.kind === 'column' && !row.has(scalar.name)) throw new Error(`no column ${scalar.name} in the input`);
    if (scalar.kind !== 'call') return scalar;
    const call = { ...scalar, args: scalar.args.map((arg) => plain(arg, row)) };
    return scalar.name === 'matches regex' ? matched(call, row) : call;
  };

  const value = (scalar: Scalar, row: Row): Value => evaluate(plain(scalar, row), row);

  const aggregate = ({ name, args, type }: AggregateCall, rows: readonly Row[]): Value =>
    aggregateFunction(name)!.evaluate(
      rows.map((row) => args.map((arg) => value(arg, row))),
      { name, argTypes: args.map((arg) => arg.type), type },
    );

  return { value, aggregate };
}
