import type { KqlType } from '../../values/index.ts';
import { fold } from '../evaluate/index.ts';
import { scalarFunction } from '../functions/index.ts';
import { type Syntax, spanOf, unsupported } from '../parse/index.ts';
import { call, type Scalar } from '../plan/index.ts';

/** Applies a row of the function table, or refuses by name where there is none; folds what is constant. */
export function apply(node: Syntax, name: string, type: KqlType, args: readonly Scalar[]): Scalar {
  const word = /^\w+$/.test(name) ? 'the function' : 'the operator';
  if (scalarFunction(name) === undefined) return unsupported(node, `${word} ${name}`);
  return fold(call(name, type, args, spanOf(node)));
}

/** A scalar as another type, by KQL's own conversion function. */
export const convert = (node: Syntax, scalar: Scalar, type: KqlType): Scalar =>
  scalar.type === type ? scalar : apply(node, `to${type}`, type, [scalar]);
