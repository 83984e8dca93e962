import { call, column, evaluate, literal, type Named, type Scalar, type Schema } from '../../kql/index.ts';
import type { Value } from '../../values/index.ts';

/** Each column of a row to come, as a scalar over the cells of the wanted rows. */
export type Symbols = ReadonlyMap<string, Scalar>;

/** A column of which nothing can be foretold: a condition that reads it is left to chance. */
export const UNKNOWN = '?';
export const unknown = (type: Scalar['type']): Scalar => column(UNKNOWN, type);

export const conjuncts = (scalar: Scalar): readonly Scalar[] =>
  scalar.kind === 'call' && scalar.name === 'and' ? scalar.args.flatMap(conjuncts) : [scalar];

export const valuesOf = (columns: readonly Named<Scalar>[]): Symbols =>
  new Map(columns.map(({ name, value }) => [name, value]));
export const literals = (schema: Schema, values: readonly Value[]): Symbols =>
  new Map(schema.map(({ name, type }, i) => [name, literal(type, values[i] ?? (type === 'string' ? '' : null))]));
export const nothing = (type: Scalar['type']): Scalar => literal(type, type === 'string' ? '' : null);
export const text = (scalar: Scalar): Scalar =>
  scalar.type === 'string' ? scalar : call('tostring', 'string', [scalar]);

/** Two values that are the same, of whatever types. */
export const equal = (a: Scalar, b: Scalar): Scalar =>
  a.type === b.type && a.type !== 'dynamic' ? call('==', 'bool', [a, b]) : call('==', 'bool', [text(a), text(b)]);

export const elementOf = (items: Scalar): Scalar =>
  items.type === 'dynamic' ? call('[]', 'dynamic', [items, literal('long', 0n)]) : items;

/** A scalar with columns replaced by what they stand for; of others nothing is known. */
export function substitute(scalar: Scalar, symbols: Symbols): Scalar {
  if (scalar.kind === 'column') return symbols.get(scalar.name) ?? unknown(scalar.type);
  if (scalar.kind === 'call') return { ...scalar, args: scalar.args.map((arg) => substitute(arg, symbols)) };
  return scalar.kind === 'literal' ? scalar : unknown(scalar.type);
}

/** Whether a scalar reads a column of which `which` is true. */
export function reads(scalar: Scalar, which: (name: string) => boolean): boolean {
  if (scalar.kind === 'column') return which(scalar.name);
  return scalar.kind === 'call' && scalar.args.some((arg) => reads(arg, which));
}

/** The value of a scalar, undefined where it cannot be had. */
export function valueIn(scalar: Scalar, cells: ReadonlyMap<string, Value>): Value | undefined {
  try {
    return evaluate(scalar, cells);
  } catch {
    return matchesIn(scalar, cells);
  }
}

/** Whether a text matches, with a pattern that the evaluator does not try. */
function matchesIn(scalar: Scalar, cells: ReadonlyMap<string, Value>): Value | undefined {
  if (scalar.kind !== 'call' || scalar.name !== 'matches regex') return undefined;
  const [text, pattern] = scalar.args.map((arg) => String(valueIn(arg, cells)));
  try {
    return text!.length < 500 && new RegExp(pattern!).test(text!);
  } catch {
    return undefined;
  }
}
