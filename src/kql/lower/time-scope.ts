import { call, column, literal, mapChildren, mapScalarPlans, type Plan, type Scalar } from '../plan/index.ts';
import type { SetOptions } from './options.ts';

/** What Sentinel and Defender call the time of an event. */
const timeColumns = ['Timestamp', 'TimeGenerated'];

/**
 * A plan whose tables have only the rows of a time: Kusto's request properties `query_datetimescope_column`, `_from` and
 * `_to`, ends included. A table without the column keeps all its rows; `Timestamp` and `TimeGenerated` stand for each other.
 *
 * @see https://learn.microsoft.com/kusto/api/rest/request-properties
 * @example set query_datetimescope_column='Timestamp'; set query_datetimescope_from=datetime(2026-07-18); EmailEvents
 */
export function inTimeScope(plan: Plan, options: SetOptions): Plan {
  const { query_datetimescope_column: name, query_datetimescope_from: from, query_datetimescope_to: to } = options;
  const bounds = [
    ...(typeof from === 'bigint' ? [{ operator: '>=', at: from }] : []),
    ...(typeof to === 'bigint' ? [{ operator: '<=', at: to }] : []),
  ];
  if (typeof name !== 'string' || bounds.length === 0) return plan;
  const names = timeColumns.includes(name) ? [name, ...timeColumns.filter((other) => other !== name)] : [name];
  // parts that several others hold are the same part afterwards
  const known = new Map<Plan, Plan>();
  const scoped = (part: Plan): Plan => {
    const done = known.get(part) ?? bounded(mapScalarPlans(mapChildren(part, scoped), scoped));
    known.set(part, done);
    return done;
  };
  const bounded = (part: Plan): Plan => {
    if (part.kind !== 'scan') return part;
    const found = names.map((one) => part.schema.find((own) => own.name === one && own.type === 'datetime'));
    const time = found.find((one) => one !== undefined);
    if (time === undefined) return part;
    const filter = (input: Plan, predicate: Scalar): Plan => ({
      kind: 'filter',
      input,
      predicate,
      schema: input.schema,
    });
    return bounds.reduce(
      (input: Plan, { operator, at }) =>
        filter(input, call(operator, 'bool', [column(time.name, 'datetime'), literal('datetime', at)])),
      part,
    );
  };
  return scoped(plan);
}
