import { scalarFunction } from '../functions/index.ts';
import { type Syntax, spanOf } from '../parse/index.ts';
import { type CallScalar, readsOuter, type Scalar, type SubqueryScalar } from '../plan/index.ts';
import { OpenValue } from '../stages/index.ts';

/** Stops the compilation where a call that takes constants only has the text of a `toscalar` in the place of one. */
export function askForConstant(node: Syntax, call: CallScalar): void {
  const [open] = call.args.flatMap(textsAsked);
  if (open === undefined || readsOuter(open.plan)) return;
  const reason = refusalOf(call);
  if (reason !== undefined) throw new OpenValue(call.name, reason, open.plan, spanOf(node));
}

/** The texts that a scalar computes with and that are first cells of tables. */
function textsAsked(scalar: Scalar): SubqueryScalar[] {
  if (scalar.kind === 'call') return scalar.args.flatMap(textsAsked);
  return scalar.kind === 'subquery' && scalar.type === 'string' ? [scalar] : [];
}

class Refused extends Error {}

/** Why the function's SQL takes no such arguments, or undefined. */
function refusalOf({ name, type, args }: CallScalar): string | undefined {
  const given = args.map((arg) => ({
    sql: 'x',
    type: arg.type,
    nullable: true,
    constant: arg.kind === 'literal' ? arg.value : undefined,
  }));
  const refuse = (reason: string): never => {
    throw new Refused(reason);
  };
  try {
    scalarFunction(name)?.sql?.({ name, type, args: given, asFilter: false, refuse });
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
