import type { KqlType } from '../../../values/index.ts';
import { columnsOf, invalid, listOf, type Syntax, symbolKind, typeOf, unsupported } from '../../parse/index.ts';
import type { Named, Plan, PlanData, Scalar } from '../../plan/index.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { named } from '../operators/operator.ts';
import type { LowerPlugin } from './plugin.ts';

/** The arguments of a plugin, those behind a name too. */
export const argumentsIn = (node: Syntax): Syntax[] =>
  listOf(node.FunctionCall.ArgumentList.Expressions).map((arg) => named(arg).expression);

/** A plugin that is an operation over some columns of its input. */
export function computed(node: Syntax, inputs: readonly Plan[], options: PlanData): Plan {
  const operation = String(node.FunctionCall.Name.SimpleName);
  return { kind: 'compute', operation, options, inputs, schema: columnsOf(node) };
}

/** The values that an operation reads, as columns of its input. */
export function picked(input: Plan, values: readonly Scalar[]): Plan {
  const columns: Named<Scalar>[] = values.map((value, i) => ({ name: `c${i}`, value }));
  return { kind: 'project', input, columns, schema: columns.map(({ name, value }) => ({ name, type: value.type })) };
}

/** Types that a timeline may have, and that of a distance on it. */
const distances: Readonly<Partial<Record<KqlType, KqlType>>> = {
  int: 'int',
  long: 'long',
  datetime: 'timespan',
  timespan: 'timespan',
};

/** The type of a distance on a timeline. */
export const distanceOn = (node: Syntax): KqlType =>
  distances[typeOf(node)] ?? unsupported(node, `a timeline of ${typeOf(node)}`);

/** A constant whole number, time or time span. */
export function constantOf(node: Syntax, type: KqlType, env: Environment): bigint {
  const value = convert(node, env.scalar(node, env), type);
  if (value.kind !== 'literal' || typeof value.value !== 'bigint')
    return invalid(node, 'the argument', `it must be a constant of type ${type} that is not null`);
  return value.value;
}

/** The same of one that must be above zero. */
export function positiveOf(node: Syntax, type: KqlType, env: Environment): bigint {
  const value = constantOf(node, type, env);
  return value > 0n ? value : invalid(node, 'the argument', 'it must be greater than zero');
}

/** What a constant between the timeline's ends and the dimensions is; `lookback`, `step` and `period` are distances. */
type Constant = 'step' | 'lookback' | 'period' | 'count';

/** `plugin(id, timeline, start, end, constants…, dimensions…)`. */
const overTimeline =
  (constants: readonly Constant[]): LowerPlugin =>
  (node, input, env) => {
    const [id, at, ...rest] = argumentsIn(node);
    const dimensions = rest.slice(2 + constants.length);
    const [start, end, ...given] = rest.slice(0, 2 + constants.length);
    if (rest.length < 2 + constants.length || given.some(isColumn))
      return unsupported(node.FunctionCall, 'this plugin without start and end');
    const distance = distanceOn(at);
    const options: Record<string, PlanData> = {
      start: constantOf(start, typeOf(at), env),
      end: constantOf(end, typeOf(at), env),
    };
    for (const [i, name] of constants.entries())
      options[name] = positiveOf(given[i]!, name === 'count' ? 'long' : distance, env);
    return computed(
      node,
      [
        picked(
          input,
          [id, at, ...dimensions].map((arg) => env.scalar(arg, env)),
        ),
      ],
      options,
    );
  };

/** True for an argument that names a column of the input, not a `let`. */
export const isColumn = (node: Syntax): boolean => symbolKind(node) === 'Column';

/** `new_activity_metrics(id, timeline, start, end, window [, cohort] [, dimensions…] [, lookback])`. */
const newActivity: LowerPlugin = (node, input, env) => {
  const [id, at, start, end, window, ...rest] = argumentsIn(node);
  const isTable = (arg: Syntax): boolean => arg.ResultType?.Columns !== undefined;
  const dimensions = rest.filter((arg) => isColumn(arg));
  const [cohort, ...more] = rest.filter((arg) => !isColumn(arg) && !isTable(arg));
  const [known] = rest.filter(isTable);
  if (more.length > 0) return unsupported(more[0], 'a second cohort');
  if (known !== undefined && dimensions.length > 0) return unsupported(known, 'a look-back table beside dimensions');
  const options = {
    start: constantOf(start, typeOf(at), env),
    end: constantOf(end, typeOf(at), env),
    step: positiveOf(window, distanceOn(at), env),
    cohort: cohort === undefined ? undefined : constantOf(cohort, typeOf(at), env),
  };
  const rows = picked(
    input,
    [id, at, ...dimensions].map((arg) => env.scalar(arg, env)),
  );
  return computed(node, known === undefined ? [rows] : [rows, idsOf(known, id, env)], options);
};

/** The ids of a look-back table: its column that is called as the input's. */
function idsOf(node: Syntax, id: Syntax, env: Environment): Plan {
  const plan = env.table(node, env);
  const name = String(id.SimpleName);
  const found = plan.schema.find((candidate) => candidate.name === name && candidate.type === typeOf(id));
  if (found === undefined) return unsupported(node, `a look-back table without the column ${name}`);
  return picked(plan, [{ kind: 'column', ...found }]);
}

/** Plugins that count ids over a timeline. */
export const timelinePlugins: Readonly<Record<string, LowerPlugin>> = {
  activity_counts_metrics: overTimeline(['step']),
  activity_engagement: overTimeline(['step', 'lookback']),
  activity_metrics: overTimeline(['step']),
  active_users_count: overTimeline(['lookback', 'period', 'count', 'step']),
  new_activity_metrics: newActivity,
  session_count: overTimeline(['step', 'lookback']),
  sliding_window_counts: overTimeline(['lookback', 'step']),
};
