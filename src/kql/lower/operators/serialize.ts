import { listOf, type Syntax } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { withWindows } from '../window-call.ts';
import { lowerExtend } from './project.ts';

/** `serialize`: the order of the rows is fixed from here on; its expressions are those of an `extend`. */
export function lowerSerialize(node: Syntax, input: Plan, env: Environment): Plan {
  const serialized: Plan = { kind: 'window', input, calls: [], schema: input.schema };
  return listOf(node.Expressions).length === 0 ? serialized : withWindows(lowerExtend)(node, serialized, env);
}
