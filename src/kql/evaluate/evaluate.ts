import { MailhuntError } from '../../errors/index.ts';
import type { Value } from '../../values/index.ts';
import { scalarFunction } from '../functions/index.ts';
import type { Scalar } from '../plan/index.ts';

/** A row as the evaluator reads it: a value by column name. */
export type Row = ReadonlyMap<string, Value>;

/**
 * The value of a plan scalar over one row: the same meaning as its SQL. Serves constant folding, the property tests as
 * their oracle, and predicates that must be decided without a database.
 *
 * @throws MailhuntError KQL0002 where the scalar needs the database (a subquery)
 */
export function evaluate(scalar: Scalar, row: Row): Value {
  switch (scalar.kind) {
    case 'literal':
      return scalar.value;
    case 'column':
      return row.get(scalar.name) ?? (scalar.type === 'string' ? '' : null);
    case 'call': {
      const fn = scalarFunction(scalar.name);
      if (fn === undefined) throw new MailhuntError('KQL0002', { what: `the function ${scalar.name}` });
      const args = scalar.args.map((arg) => evaluate(arg, row));
      return fn.evaluate(args, { name: scalar.name, argTypes: scalar.args.map((arg) => arg.type), type: scalar.type });
    }
    default:
      throw new MailhuntError('KQL0002', { what: `a ${scalar.kind} outside the database` });
  }
}
