import { columnsOf, invalid, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import type { Plan, Scalar } from '../../plan/index.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';

/** The share of the rows that a pattern must have where a query does not say. */
const THRESHOLD = 0.1;

/** `reduce by`: https://learn.microsoft.com/kusto/query/reduce-operator. The texts go in, the patterns come out. */
export function lowerReduce(node: Syntax, input: Plan, env: Environment): Plan {
  for (const parameter of listOf(node.Parameters))
    unsupported(parameter, `reduce with ${String(parameter.Name.SimpleName)}`);
  const value = convert(node.Expression, env.scalar(node.Expression, env), 'string');
  const texts: Plan = {
    kind: 'project',
    input,
    columns: [{ name: 'text', value }],
    schema: [{ name: 'text', type: 'string' }],
  };
  const options = { threshold: THRESHOLD, characters: undefined, ...given(node, env) };
  return { kind: 'compute', operation: 'reduce', options, inputs: [texts], schema: columnsOf(node) };
}

function given(node: Syntax, env: Environment): Record<string, number | string> {
  const entries = listOf(node.With?.Parameters).map((parameter) => {
    const name = String(parameter.Name.SimpleName);
    const read = readers[name] ?? unsupported(parameter, `the parameter ${name} of reduce`);
    return [name, read(parameter.Expression, env)] as const;
  });
  return Object.fromEntries(entries);
}

const readers: Readonly<Record<string, (node: Syntax, env: Environment) => number | string>> = {
  threshold: (node, env) => {
    const { value } = constant(node, convert(node, env.scalar(node, env), 'real'));
    return typeof value === 'number' && value >= 0 && value <= 1
      ? value
      : invalid(node, 'the threshold', 'it must be from 0 to 1');
  },
  characters: (node, env) => String(constant(node, convert(node, env.scalar(node, env), 'string')).value),
};

const constant = (node: Syntax, scalar: Scalar) =>
  scalar.kind === 'literal' ? scalar : invalid(node, 'the argument', 'it must be a constant');
