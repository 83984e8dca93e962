import { type Syntax, unsupported } from '../../parse/index.ts';
import { childrenOf, type Plan, type PlanKind, readsOuter } from '../../plan/index.ts';

/** Joins that the engine cannot take apart where a side reads the row at hand. */
const whole: ReadonlySet<string> = new Set(['fullouter', 'leftsemi', 'rightsemi', 'leftanti', 'rightanti']);

/** Refuses an inner plan that the engine could not run for each row. */
export function checkInner(node: Syntax, inner: Plan): void {
  if (inner.kind === 'join' && whole.has(inner.joinKind) && readsOuter(inner))
    unsupported(node, `join kind=${inner.joinKind} inside of it`);
  if (inner.schema.some(({ name }) => name.startsWith('~')))
    unsupported(node, 'a column whose name begins with ~ inside of it');
  for (const child of childrenOf(inner)) checkInner(node, child);
}

/** Nodes that give no rows where their inputs have none. */
const humble: ReadonlySet<PlanKind> = new Set([
  'filter',
  'project',
  'sort',
  'take',
  'unique',
  'expand',
  'apply',
  'outer',
]);

/** True for an inner plan that may give rows for a row without elements, as `summarize` without `by` does. */
export function answersNothing(inner: Plan): boolean {
  if (inner.kind === 'aggregate' ? inner.by.length === 0 : !humble.has(inner.kind)) return true;
  return childrenOf(inner).some(answersNothing);
}
