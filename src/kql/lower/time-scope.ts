import type { Column } from '../../values/index.ts';
import { call, column, literal, mapChildren, mapScalarPlans, type Plan, type Scalar } from '../plan/index.ts';
import type { TimeScope } from '../query-context.ts';
import type { Warning } from '../run/answer.ts';
import { warning } from '../run/warnings.ts';
import type { SetOptions } from './options.ts';

/** What Sentinel and Defender call the time of an event. */
const timeColumns = ['Timestamp', 'TimeGenerated'];

/** The time that a query text sets for itself, if any. */
export function scopeSet(options: SetOptions): TimeScope | undefined {
  const { query_datetimescope_column: column, query_datetimescope_from: from, query_datetimescope_to: to } = options;
  if (typeof column !== 'string') return undefined;
  return { column, ...(typeof from === 'bigint' && { from }), ...(typeof to === 'bigint' && { to }) };
}

/**
 * A plan whose tables have only the rows of a time: Kusto's request properties `query_datetimescope_column`, `_from` and
 * `_to`, ends included. A table without the column keeps all its rows; `Timestamp` and `TimeGenerated` stand for each other.
 *
 * @see https://learn.microsoft.com/kusto/api/rest/request-properties
 * @example set query_datetimescope_column='Timestamp'; set query_datetimescope_from=datetime(2026-07-18); EmailEvents
 */
export function inTimeScope(plan: Plan, { column: name, from, to }: TimeScope): Plan {
  const bounds = [
    ...(from === undefined ? [] : [{ operator: '>=', at: from }]),
    ...(to === undefined ? [] : [{ operator: '<=', at: to }]),
  ];
  if (bounds.length === 0) return plan;
  // parts that several others hold are the same part afterwards
  const known = new Map<Plan, Plan>();
  const scoped = (part: Plan): Plan => {
    const done = known.get(part) ?? bounded(mapScalarPlans(mapChildren(part, scoped), scoped));
    known.set(part, done);
    return done;
  };
  const bounded = (part: Plan): Plan => {
    if (part.kind !== 'scan') return part;
    const time = timeOf(part, name);
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

/** The column that says when a row of a table is. */
function timeOf(table: Plan, name: string): Column | undefined {
  const names = timeColumns.includes(name) ? [name, ...timeColumns.filter((other) => other !== name)] : [name];
  const found = names.map((one) => table.schema.find((own) => own.name === one && own.type === 'datetime'));
  return found.find((one) => one !== undefined);
}

/** A warning that names the tables which a time was asked for and cannot limit: all their rows bear on the result. */
export function unlimitedWarnings(plans: readonly Plan[], scopes: readonly (TimeScope | undefined)[]): Warning[] {
  const asked = scopes.filter((scope) => scope !== undefined && (scope.from ?? scope.to) !== undefined);
  const names = new Set<string>();
  const seen = new Set<Plan>();
  const look = (part: Plan): Plan => {
    if (seen.has(part)) return part;
    seen.add(part);
    if (part.kind === 'scan' && asked.some((scope) => timeOf(part, scope!.column) === undefined)) names.add(part.table);
    mapChildren(mapScalarPlans(part, look), look);
    return part;
  };
  if (asked.length > 0) for (const plan of plans) look(plan);
  if (names.size === 0) return [];
  const [first, ...others] = [...names];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [
    warning('WARN0008', `${first}${more} has no ${asked[0]!.column}: all its rows are seen, whenever they are from`),
  ];
}
