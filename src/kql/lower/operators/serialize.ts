import { listOf, type Syntax, unsupported } from '../../parse/index.ts';
import type { Plan, Schema } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { withWindows } from '../window-call.ts';
import { ownName } from './own-name.ts';
import { lowerExtend } from './project.ts';
import { namesOf } from './tuple.ts';

/** `serialize`: the order of the rows is fixed from here on; its expressions are those of an `extend`. */
export function lowerSerialize(node: Syntax, input: Plan, env: Environment): Plan {
  const serialized: Plan = { kind: 'window', input, calls: [], schema: input.schema };
  const items = listOf(node.Expressions);
  for (const item of items) requireNew(item, input.schema);
  return items.length === 0 ? serialized : withWindows(lowerExtend)(node, serialized, env);
}

/** The binder gives a second column of a name that is there, where `extend` replaces the first; what Kusto does is not said. */
function requireNew(item: Syntax, schema: Schema): void {
  const taken = [...namesOf(item), ownName(item)].find((name) => schema.some((column) => column.name === name));
  if (taken !== undefined) unsupported(item, `serialize of the column ${taken}, which is there already (extend it)`);
}
