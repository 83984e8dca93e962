import { physicalNames, sqlName } from '../../duckdb/index.ts';
import { MailhuntError } from '../../errors/index.ts';
import { countColumns, type Named, type PlanOf, type Schema, type WindowCall } from '../plan/index.ts';
import { type WindowFunction, type WindowRows, windowFunction } from '../windows/index.ts';
import type { Printer } from './printer.ts';
import { callOf, printArg } from './scalar.ts';
import { nested, type Select, selectAll, selectText } from './select.ts';

/** The row's number in its input's order. No column has a name like this: lowering refuses those that begin with `~`. */
const ROW = sqlName('~row');

type NamedCall = Named<WindowCall>;

/**
 * Window calls over rows that are numbered first, so that each window has its order, and the result too. A call that
 * reads another stands a level above it; where functions start anew is counted below each level.
 */
export function windowSelect(plan: PlanOf<'window'>, printer: Printer): Select {
  if (plan.calls.length === 0) return printer.select(plan.input);
  let sql = `SELECT *, row_number() OVER () AS ${ROW} FROM ${printer.source(plan.input)}`;
  let schema = plan.input.schema;
  for (const level of levels(plan.calls)) {
    const calls = level.map(({ name, value }, i) => new Call(value, name, i, schema, printer));
    sql = above(
      sql,
      calls.flatMap((call) => call.starts),
    );
    sql = above(
      sql,
      calls.flatMap((call) => call.changes),
    );
    schema = [...schema, ...level.map(({ name, value }) => ({ name, type: value.type }))];
    const names = physicalNames(schema);
    sql = selectText({
      ...selectAll(nested(sql)),
      columns: [
        ...schema.slice(0, -level.length).map(({ name }) => sqlName(names.get(name)!)),
        ROW,
        ...calls.map((call) => `${call.sql} AS ${sqlName(names.get(call.name)!)}`),
      ],
    });
  }
  const names = physicalNames(schema);
  const wanted = new Set(plan.schema.map(({ name }) => name));
  const columns = schema.filter(({ name }) => wanted.has(name)).map(({ name }) => sqlName(names.get(name)!));
  return { ...selectAll(nested(sql)), columns, orderBy: [ROW] };
}

const above = (sql: string, columns: readonly string[]): string =>
  columns.length === 0 ? sql : selectText({ ...selectAll(nested(sql)), columns: ['*', ...columns] });

/** Calls in groups, each behind those that it reads. */
function levels(calls: readonly NamedCall[]): NamedCall[][] {
  const levelOf = new Map<string, number>();
  const groups: NamedCall[][] = [];
  for (const call of calls) {
    const reads = new Map<string, number>();
    for (const arg of call.value.args) countColumns(arg, reads);
    const level = Math.max(0, ...[...reads.keys()].map((name) => (levelOf.get(name) ?? -1) + 1));
    levelOf.set(call.name, level);
    groups[level] = [...(groups[level] ?? []), call];
  }
  return groups;
}

/** One call of a level, with the columns that it needs below. */
class Call {
  readonly name: string;
  /** Counts the rows at which the function has started. */
  readonly starts: readonly string[];
  /** Tells where the first argument changes. */
  readonly changes: readonly string[];
  readonly sql: string;

  // a FILTER in a window makes the engine quadratic; CASE does not
  constructor(call: WindowCall, name: string, index: number, schema: Schema, printer: Printer) {
    const row: WindowFunction = windowFunction(call.name)!;
    const args = call.args.map((arg) => printArg(arg, printer.place(schema)));
    const restart = row.restart === undefined ? undefined : args[row.restart]?.sql;
    const group = sqlName(`~start${index}`);
    const changed = sqlName(`~changed${index}`);
    const all = `OVER (ORDER BY ${ROW})`;
    const before = `ORDER BY ${ROW} ROWS UNBOUNDED PRECEDING`;
    this.name = name;
    const counts = restart !== undefined && row.ownStarts !== true;
    this.starts = !counts ? [] : [`count(CASE WHEN ${restart} THEN 1 END) OVER (${before}) AS ${group}`];
    const isStart = restart === undefined ? `${ROW} = 1` : `${ROW} = 1 OR coalesce(${restart}, false)`;
    const term = args[0]?.sql;
    this.changes =
      row.runs === true ? [`(${isStart} OR ${term} IS DISTINCT FROM lag(${term}) ${all}) AS ${changed}`] : [];
    const since = !counts ? `OVER (${before})` : `OVER (PARTITION BY ${group} ${before})`;
    const rows: WindowRows = { all, before: `OVER (${before})`, since, number: ROW, restarts: restart, changed };
    this.sql = (row.sql ?? unprintable(call))(callOf(call, args, false), rows);
  }
}

function unprintable(call: WindowCall): never {
  throw new MailhuntError('KQL0002', { what: `the window function ${call.name}` });
}
