import { MailhuntError } from '../../errors/index.ts';
import { scalarFunction } from '../functions/index.ts';
import { literal, type Scalar } from '../plan/index.ts';
import { evaluate } from './evaluate.ts';

const noRow = new Map();

/**
 * A call whose arguments are all constant, as the constant it stands for; anything else as it is. What the evaluator
 * refuses stays a call, so that printing refuses it with its place.
 */
export function fold(scalar: Scalar): Scalar {
  if (scalar.kind !== 'call' || !scalar.args.every((arg) => arg.kind === 'literal')) return scalar;
  if (scalarFunction(scalar.name)?.foldable === false) return scalar;
  try {
    return literal(scalar.type, evaluate(scalar, noRow));
  } catch (error) {
    if (error instanceof MailhuntError) return scalar;
    throw error;
  }
}
