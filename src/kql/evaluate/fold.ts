import { MailhuntError } from '../../errors/index.ts';
import { isHeldDecimal, type KqlType, type Value } from '../../values/index.ts';
import { type SqlArg, scalarFunction, sqlLiteral } from '../functions/index.ts';
import { type CallScalar, type LiteralScalar, literal, type Scalar } from '../plan/index.ts';
import { evaluate } from './evaluate.ts';

const noRow = new Map();

/**
 * A call whose arguments are all constant, as the constant it stands for; anything else as it is. What printing or the
 * evaluator refuses stays a call, so that it is refused with its place: a query means the same over constants and columns.
 */
export function fold(scalar: Scalar): Scalar {
  if (scalar.kind !== 'call' || !scalar.args.every((arg) => arg.kind === 'literal')) return scalar;
  if (scalarFunction(scalar.name)?.foldable === false) return scalar;
  try {
    tryToPrint(scalar, scalar.args);
    return literal(scalar.type, evaluate(scalar, noRow));
  } catch (error) {
    if (error instanceof MailhuntError) return scalar;
    throw error;
  }
}

/** A decimal that only constants can have, of more digits than the engine holds, stands for some other here. */
const literalSql = (type: KqlType, value: Value): string =>
  sqlLiteral(type, type === 'decimal' && value !== null && !isHeldDecimal(String(value)) ? '1' : value);

/** Throws where the call would be refused in SQL. */
function tryToPrint({ name, type }: CallScalar, literals: readonly LiteralScalar[]): void {
  const refuse = (text: string): never => {
    throw new MailhuntError('KQL0005', { what: name, text });
  };
  const args = literals.map(
    ({ type, value }): SqlArg => ({ sql: literalSql(type, value), type, nullable: value === null, constant: value }),
  );
  scalarFunction(name)?.sql?.({ name, type, args, asFilter: false, refuse });
}
