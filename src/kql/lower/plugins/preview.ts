import { invalid, type Syntax, spanOf } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import { checked } from '../aggregate-call.ts';
import type { Environment } from '../environment.ts';
import { argumentsOf, constantArgument } from './arguments.ts';

/** True for `evaluate preview(…)`, which makes two tables and so can only stand last. */
export const isPreview = (node: Syntax): boolean => String(node.FunctionCall?.Name?.SimpleName) === 'preview';

/** `preview`: https://learn.microsoft.com/kusto/query/preview-plugin. The first rows, and how many there are. */
export function lowerPreview(node: Syntax, input: Plan, env: Environment): readonly [rows: Plan, count: Plan] {
  const { given } = argumentsOf(node, ['NumberOfRows']);
  const count = Number(constantArgument(given.get('NumberOfRows'), env) ?? Number.NaN);
  if (!Number.isSafeInteger(count) || count < 0)
    return invalid(node, 'preview', 'it needs the number of rows, a constant not below zero');
  const all = checked(node, { name: 'count', args: [], type: 'long', span: spanOf(node) });
  return [
    { kind: 'take', input, count, schema: input.schema },
    {
      kind: 'aggregate',
      input,
      by: [],
      aggregates: [{ name: 'Count', value: all }],
      schema: [{ name: 'Count', type: 'long' }],
    },
  ];
}
