import { physicalNames, sqlName } from '../../duckdb/index.ts';
import { expansionSql } from '../functions/index.ts';
import type { PlanOf } from '../plan/index.ts';
import type { Printer } from './printer.ts';
import { isSubquery, printScalar } from './scalar.ts';
import { nested, type Select, selectAll, selectText } from './select.ts';

/** `mv-expand`: each item as a list beside the row, the places of the longest list unnested, the lists read at them. */
export function expandSelect(plan: PlanOf<'expand'>, printer: Printer): Select {
  const place = printer.place(plan.input.schema);
  const items = plan.items.map(({ value }) => printScalar(value, place));
  const held = items.flatMap((sql, i) => (isSubquery(sql) ? [`${sql} AS ${valueName(i)}`] : []));
  const lists = items.map(
    (sql, i) => `${expansionSql(isSubquery(sql) ? valueName(i) : sql, plan.pairs)} AS ${listName(i)}`,
  );
  const input = printer.source(plan.input);
  const source = held.length === 0 ? input : nested(selectText({ ...selectAll(input), columns: ['*', ...held] }));
  const listed: Select = { ...selectAll(source), columns: ['*', ...lists] };
  const lengths = plan.items.map((_, i) => `len(${listName(i)})`);
  const longest = lengths.length === 1 ? lengths[0] : `greatest(${lengths.join(', ')})`;
  const rows = plan.limit === undefined ? longest : `least(${longest}, ${plan.limit})`;
  const counted: Select = {
    ...selectAll(nested(selectText(listed))),
    columns: ['*', `unnest(range(1, ${rows} + 1)) AS ${AT}`],
  };
  const names = physicalNames(plan.schema);
  const columns = plan.schema.map(({ name }) => {
    const item = plan.items.findIndex((candidate) => candidate.name === name);
    const own = item >= 0 ? `NULLIF(${listName(item)}[${AT}], 'null')` : name === plan.index ? `${AT} - 1` : undefined;
    return `${own ?? place.column(name)} AS ${sqlName(names.get(name)!)}`;
  });
  return { ...selectAll(nested(selectText(counted))), columns };
}

/** Names that no column of the input has: lowering refuses those that begin with `~`. */
const listName = (i: number): string => sqlName(`~items${i}`);
const valueName = (i: number): string => sqlName(`~value${i}`);
const AT = sqlName('~at');
