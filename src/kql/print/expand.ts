import { physicalNames, sqlName } from '../../duckdb/index.ts';
import { expansionSql } from '../functions/index.ts';
import type { PlanOf } from '../plan/index.ts';
import type { Printer } from './printer.ts';
import { isSubquery, printScalar } from './scalar.ts';
import { nested, type Select, selectAll, selectText } from './select.ts';

/**
 * `mv-expand`: each item as a list beside the row, the lists unnested side by side: the engine fills up the shorter ones
 * with NULL. The elements' number is a list of its own.
 */
export function expandSelect(plan: PlanOf<'expand'>, printer: Printer): Select {
  const place = printer.place(plan.input.schema);
  const items = plan.items.map(({ value }) => printScalar(value, place));
  const held = items.flatMap((sql, i) => (isSubquery(sql) ? [`${sql} AS ${valueName(i)}`] : []));
  const lists = items.map((sql, i) => {
    const list = expansionSql(isSubquery(sql) ? valueName(i) : sql, plan.pairs, plan.items[i]!.asText);
    return `${list} AS ${listName(i)}`;
  });
  const input = printer.source(plan.input);
  const source = held.length === 0 ? input : nested(selectText({ ...selectAll(input), columns: ['*', ...held] }));
  const listed: Select = { ...selectAll(source), columns: ['*', ...lists] };
  const unnested: Select = { ...selectAll(nested(selectText(listed))), columns: ['*', ...unnests(plan)] };
  const names = physicalNames(plan.schema);
  const columns = plan.schema.map(({ name }) => {
    const item = plan.items.findIndex((candidate) => candidate.name === name);
    const own = item >= 0 ? elementSql(plan, item) : name === plan.index ? AT : undefined;
    return `${own ?? place.column(name)} AS ${sqlName(names.get(name)!)}`;
  });
  return { ...selectAll(nested(selectText(unnested))), columns };
}

function unnests({ items, index, limit }: PlanOf<'expand'>): string[] {
  const first = (list: string): string => (limit === undefined ? list : `${list}[:${limit}]`);
  const elements = items.map((_, i) => `unnest(${first(listName(i))}) AS ${elementName(i)}`);
  if (index === undefined) return elements;
  const lengths = items.map((_, i) => `len(${listName(i)})`);
  const longest = lengths.length === 1 ? lengths[0]! : `greatest(${lengths.join(', ')})`;
  return [...elements, `unnest(${first(`range(${longest})`)}) AS ${AT}`];
}

const elementSql = ({ items }: PlanOf<'expand'>, i: number): string =>
  items[i]!.asText ? `coalesce(${elementName(i)}, '')` : `NULLIF(${elementName(i)}, 'null')`;

/** Names that no column of the input has: lowering refuses those that begin with `~`. */
const listName = (i: number): string => sqlName(`~items${i}`);
const elementName = (i: number): string => sqlName(`~item${i}`);
const valueName = (i: number): string => sqlName(`~value${i}`);
const AT = sqlName('~at');
