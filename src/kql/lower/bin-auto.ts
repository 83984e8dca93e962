import { invalid, kindOf, type Syntax, typeOf } from '../parse/index.ts';
import type { LiteralScalar, Scalar } from '../plan/index.ts';
import { apply } from './apply.ts';
import type { Environment } from './environment.ts';
import { lowerLiteral } from './literal.ts';

const SIZE = 'query_bin_auto_size';
const AT = 'query_bin_auto_at';

/** The name of an option in the scope: no name of a query has a blank in it. */
const inScope = (option: string): string => `set ${option}`;

/** Keeps the options of `bin_auto` where its calls find them. */
export function defineOption(statement: Syntax, env: Environment): void {
  const name = String(statement.Name.SimpleName).toLowerCase();
  const value = statement.ValueClause?.Expression;
  if ((name !== SIZE && name !== AT) || !value || !/LiteralExpression$/.test(kindOf(value))) return;
  env.scope.define(inScope(name), { kind: 'scalar', value: lowerLiteral(value) });
}

function option(name: string, env: Environment): LiteralScalar | undefined {
  const binding = env.scope.find(inScope(name));
  return binding?.kind === 'scalar' ? (binding.value as LiteralScalar) : undefined;
}

const NUMBERS = ['int', 'long', 'real'];

/** `bin_auto(x)` is `bin` or `bin_at` by what the query text sets. */
export function lowerBinAuto(node: Syntax, value: Scalar, env: Environment): Scalar {
  const [size, at] = [option(SIZE, env), option(AT, env)];
  const type = typeOf(node);
  const fits = (other: Scalar, wanted: string): boolean =>
    other.type === wanted || (NUMBERS.includes(other.type) && NUMBERS.includes(wanted));
  if (size === undefined) return invalid(node, 'bin_auto', `the query does not set ${SIZE}`);
  if (!fits(size, type === 'datetime' ? 'timespan' : type))
    return invalid(node, 'bin_auto', `${SIZE} is a ${size.type}, no size of bins of a ${type}`);
  if (at === undefined) return apply(node, 'bin', type, [value, size]);
  if (!fits(at, type)) return invalid(node, 'bin_auto', `${AT} is a ${at.type}, no place among bins of a ${type}`);
  return apply(node, 'bin_at', type, [value, size, at]);
}
