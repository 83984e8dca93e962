import { scalarFunction } from '../functions/index.ts';
import { countColumns, isLargerScalar, type Plan, replaceColumns, type Scalar } from '../plan/index.ts';
import type { Rewrite } from './rewrite.ts';

/** A project that hands on its input's columns in their order is nothing. */
export const dropSameProject: Rewrite = (plan) => {
  if (plan.kind !== 'project' || plan.columns.length !== plan.input.schema.length) return plan;
  const same = plan.columns.every(
    ({ name, value }, i) => value.kind === 'column' && value.name === name && plan.input.schema[i]!.name === name,
  );
  return same ? plan.input : plan;
};

/**
 * A project over a project becomes one, where no computed column would be computed twice. Hunts are long lines of
 * `extend`, and each level of nesting costs the engine planning time. A `parse_json(Column)` whose members alone are
 * read comes along each time: members are read from the text itself, and nothing is parsed and printed before. What the
 * engine calls back for stays below: the SQL of one reading of it may say it several times.
 */
export const mergeProjects: Rewrite = (plan) => {
  if (plan.kind !== 'project' || plan.input.kind !== 'project') return plan;
  const inner = new Map(plan.input.columns.map(({ name, value }) => [name, value]));
  const uses = new Map<string, number>();
  for (const { value } of plan.columns) countColumns(value, uses);
  const once = [...inner].every(
    ([name, value]) =>
      value.kind === 'column' ||
      value.kind === 'literal' ||
      ((uses.get(name) ?? 0) <= 1 &&
        (!callsBack(value) || plan.columns.every((outer) => handsOn(outer.value, name)))) ||
      (parsesColumn(value) && plan.columns.every((outer) => readsMembersOnly(outer.value, name))),
  );
  if (!once) return plan;
  const columns = plan.columns.map(({ name, value }) => ({ name, value: replaceColumns(value, inner) }));
  return { ...plan, input: plan.input.input, columns };
};

/** Whether TypeScript computes some of a scalar. */
const callsBack = (scalar: Scalar): boolean =>
  scalar.kind === 'call' && (scalarFunction(scalar.name)?.sql === undefined || scalar.args.some(callsBack));

/** Whether a scalar is the column, or does not read it. */
function handsOn(scalar: Scalar, name: string): boolean {
  const uses = new Map<string, number>();
  countColumns(scalar, uses);
  return scalar.kind === 'column' || !uses.has(name);
}

const parsesColumn = (scalar: Scalar): boolean =>
  scalar.kind === 'call' &&
  (scalar.name === 'parse_json' || scalar.name === 'todynamic') &&
  scalar.args[0]?.kind === 'column' &&
  scalar.args[0].type === 'string';

/** Whether a scalar reads members of a column and nothing else of it. */
function readsMembersOnly(scalar: Scalar, name: string): boolean {
  if (scalar.kind === 'column') return scalar.name !== name;
  if (scalar.kind === 'membership') return readsMembersOnly(scalar.value, name);
  if (scalar.kind !== 'call') return true;
  const [source, ...rest] = scalar.args;
  const isMember = scalar.name === '[]' && source?.kind === 'column' && source.name === name;
  return (isMember ? rest : scalar.args).every((arg) => readsMembersOnly(arg, name));
}

/** The largest predicate that is pushed: each `extend` that reads a column twice can double it. */
const MAX_PUSHED = 1_000;

/** A filter over a project goes below it, its columns replaced by what they stand for: there it can reach the scan. */
export const pushFilter: Rewrite = (plan) => {
  if (plan.kind !== 'filter' || plan.input.kind !== 'project') return plan;
  const project = plan.input;
  const inner = new Map(project.columns.map(({ name, value }) => [name, value]));
  const predicate = replaceColumns(plan.predicate, inner);
  const isGrown = predicate !== plan.predicate && isLargerScalar(predicate, MAX_PUSHED);
  if ((isGrown && !isLargerScalar(plan.predicate, MAX_PUSHED)) || !isStable(predicate)) return plan;
  const filter: Plan = { kind: 'filter', input: project.input, predicate, schema: project.input.schema };
  return { ...project, input: pushFilter(filter) };
};

/** False where a second computation could give another value (`rand`). */
const isStable = (scalar: Scalar): boolean =>
  scalar.kind !== 'call' || (scalarFunction(scalar.name)?.foldable !== false && scalar.args.every(isStable));
