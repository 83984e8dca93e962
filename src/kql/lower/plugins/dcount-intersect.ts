import { columnsOf, type Syntax, typeOf, unsupported } from '../../parse/index.ts';
import { column, literal, type Named, type Plan, type Scalar } from '../../plan/index.ts';
import { apply } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { argumentsIn } from './timeline.ts';

/** `dcount_intersect(hll, hll, …)`: how many values the first set has, the first two share, the first three, … */
export function lowerDcountIntersect(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const sets = argumentsIn(node).map((arg) => hashesOf(arg, env));
  const known = schema.slice(0, -sets.length);
  if (known.length !== input.schema.length)
    return unsupported(node.FunctionCall, 'dcount_intersect with these columns');
  const columns: Named<Scalar>[] = [
    ...known.map(({ name, type }) => ({ name, value: column(name, type) })),
    ...sets.map((_, i) => ({ name: schema[known.length + i]!.name, value: shared(node, sets.slice(0, i + 1)) })),
  ];
  return { kind: 'project', input, columns, schema };
}

/** The hashes of the values that a sketch has seen: its second part. */
function hashesOf(node: Syntax, env: Environment): Scalar {
  if (typeOf(node) !== 'dynamic') return unsupported(node, 'dcount_intersect of what hll did not give');
  const sketch = env.scalar(node, env);
  const hashes = apply(node, '[]', 'dynamic', [sketch, literal('long', 1n)]);
  return apply(node, 'iff', 'dynamic', [
    apply(node, 'hll_isvalid', 'bool', [sketch]),
    hashes,
    literal('dynamic', null),
  ]);
}

function shared(node: Syntax, sets: readonly Scalar[]): Scalar {
  const common = sets.length === 1 ? sets[0]! : apply(node, 'set_intersect', 'dynamic', sets);
  return apply(node, 'coalesce', 'long', [apply(node, 'array_length', 'long', [common]), literal('long', 0n)]);
}
