import type { KqlType } from '../../../values/index.ts';
import { columnsOf, type Syntax } from '../../parse/index.ts';
import { column, literal, type Plan, type Scalar } from '../../plan/index.ts';
import { apply } from '../apply.ts';
import type { LowerPlugin } from './plugin.ts';

/** `narrow`: https://learn.microsoft.com/kusto/query/narrow-plugin. A row for each cell, its value as display text. */
export const lowerNarrow: LowerPlugin = (node, input) => {
  const texts: Plan = {
    kind: 'project',
    input,
    columns: input.schema.map(({ name, type }) => ({ name, value: display(node, column(name, type)) })),
    schema: input.schema.map(({ name }) => ({ name, type: 'string' })),
  };
  return { kind: 'compute', operation: 'narrow', options: undefined, inputs: [texts], schema: columnsOf(node) };
};

const text = (value: string): Scalar => literal('string', value);

/** How a type is shown where `tostring` says it otherwise. */
const shown: Readonly<Partial<Record<KqlType, (node: Syntax, value: Scalar) => Scalar>>> = {
  string: (_, value) => value,
  bool: (node, value) => apply(node, 'iff', 'string', [value, text('True'), text('False')]),
  datetime: (node, value) => apply(node, 'format_datetime', 'string', [value, text('yyyy-MM-dd HH:mm:ss.fffffff')]),
};

function display(node: Syntax, value: Scalar): Scalar {
  const own = shown[value.type]?.(node, value) ?? apply(node, 'tostring', 'string', [value]);
  if (value.type === 'string') return own;
  return apply(node, 'iff', 'string', [apply(node, 'isnull', 'bool', [value]), text('[null]'), own]);
}
