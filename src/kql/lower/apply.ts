import type { KqlType, Value } from '../../values/index.ts';
import { fold } from '../evaluate/index.ts';
import { scalarFunction } from '../functions/index.ts';
import { invalid, type Syntax, spanOf, unsupported } from '../parse/index.ts';
import { call, type Scalar } from '../plan/index.ts';
import { askForConstant } from './open-value.ts';

/** Applies a row of the function table, or refuses by name where there is none; folds what is constant. */
export function apply(node: Syntax, name: string, type: KqlType, args: readonly Scalar[]): Scalar {
  const word = /^\w+$/.test(name) ? 'the function' : 'the operator';
  if (scalarFunction(name) === undefined) return unsupported(node, `${word} ${name}`);
  const folded = fold(call(name, type, args, spanOf(node)));
  if (folded.kind === 'call') askForConstant(node, folded);
  if (folded.kind === 'literal' && isHuge(folded.value))
    return invalid(node, name, 'the constant that it gives is too large');
  return folded;
}

/** Characters of text, or values in arrays and bags, that a constant may have: a `let` can double one in each line. */
const MAX_CONSTANT = 1_000_000;

/** True for a constant of more than {@link MAX_CONSTANT}. */
const isHuge = (value: Value): boolean => left(value, MAX_CONSTANT) < 0;

/** What is left of a budget after a value; the walk ends where nothing is. */
function left(value: Value, budget: number): number {
  if (budget < 0) return budget;
  if (typeof value === 'string') return budget - value.length;
  if (value instanceof Map) return left([...value.values()], budget);
  return Array.isArray(value) ? value.reduce((rest: number, item) => left(item, rest), budget - 1) : budget - 1;
}

/** A scalar as another type, by KQL's own conversion function. */
export const convert = (node: Syntax, scalar: Scalar, type: KqlType): Scalar =>
  scalar.type === type ? scalar : apply(node, `to${type}`, type, [scalar]);
