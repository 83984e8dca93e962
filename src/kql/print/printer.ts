import { physicalNames, sqlName } from '../../duckdb/index.ts';
import { MailhuntError } from '../../errors/index.ts';
import type { Catalog, CatalogTable } from '../catalog.ts';
import { sqlLiteral } from '../functions/index.ts';
import {
  isSerialized,
  type Named,
  type Plan,
  type PlanKind,
  type PlanOf,
  readsOuter,
  type Scalar,
  type Schema,
  type SharedPlan,
  type SortKey,
} from '../plan/index.ts';
import { applySelect } from './apply.ts';
import { computeSelect } from './compute.ts';
import { expandSelect } from './expand.ts';
import { joinSelect } from './join.ts';
import { loadedSelect } from './loaded.ts';
import { isSubquery, type Place, printAggregate, printScalar } from './scalar.ts';
import { nested, type Select, selectAll, selectText } from './select.ts';
import { seriesSelect } from './series.ts';
import { windowSelect } from './window.ts';

/** Prints the nodes of one statement; what is shared is printed once, before the rest. */
export class Printer {
  readonly #tables: ReadonlyMap<string, CatalogTable>;
  readonly #shared = new Map<string, string>();
  readonly #rows = new Map<string, Place>();

  constructor(catalog: Catalog) {
    this.#tables = new Map(catalog.tables.map((table) => [table.name, table]));
  }

  /** The whole statement of a plan. */
  statement(plan: Plan): string {
    const sql = selectText(this.select(plan));
    const shared = [...this.#shared].map(([name, text]) => `${sqlName(name)} AS MATERIALIZED ${nested(text)}`);
    return shared.length === 0 ? sql : `WITH ${shared.join(',\n')}\n${sql}`;
  }

  /** A plan as a SELECT that operators above may add to. */
  select<K extends PlanKind>(plan: PlanOf<K>): Select {
    return (this.#printers[plan.kind] as (plan: PlanOf<K>) => Select)(plan);
  }

  /** A plan as a source: `(SELECT …)`, or the bare relation where nothing is added to it. */
  source(plan: Plan): string {
    const select = this.select(plan);
    const bare = { ...selectAll(select.from) };
    if (select.from !== undefined && JSON.stringify(bare) === JSON.stringify(select)) return select.from;
    return nested(selectText(select));
  }

  /** Scalars over the rows of a plan, its columns named plainly or through an alias. */
  place(schema: Schema, alias?: string): Place {
    const names = physicalNames(schema);
    const prefix = alias === undefined ? '' : `${alias}.`;
    return {
      column: (name) => `${prefix}${sqlName(names.get(name) ?? name)}`,
      table: (plan) => ({
        sql: selectText(this.select(plan)),
        firstColumn: sqlName(physicalNames(plan.schema).get(plan.schema[0]!.name)!),
      }),
    };
  }

  /** What is printed inside an `apply`, where its row at hand can be read. */
  within<T>(row: string, place: Place, print: () => T): T {
    this.#rows.set(row, place);
    const printed = print();
    this.#rows.delete(row);
    return printed;
  }

  /** The keys of a sort over its input's columns. */
  sortKeys(plan: PlanOf<'sort'>): { sql: string; direction: string }[] {
    const place = this.place(plan.schema);
    return plan.keys.flatMap((key) => sortKey(key, place));
  }

  /** `expression AS "name"` for the columns of a node. */
  columns<T>(columns: readonly Named<T>[], schema: Schema, print: (value: T) => string): string[] {
    const names = physicalNames(schema);
    return columns.map(({ name, value }) => aliased(print(value), names.get(name)!));
  }

  readonly #printers: { readonly [K in PlanKind]: (plan: PlanOf<K>) => Select } = {
    scan: (plan) => this.#scan(plan),
    rows: (plan) => rowsSelect(plan),
    loaded: (plan) => loadedSelect(plan),
    range: (plan) => this.#range(plan),
    filter: (plan) => this.#filter(plan),
    project: (plan) => this.#project(plan),
    aggregate: (plan) => this.#aggregate(plan),
    sort: (plan) => this.#sort(plan),
    take: (plan) => this.#take(plan),
    join: (plan) => joinSelect(plan, this),
    union: (plan) => selectAll(nested(plan.inputs.map((input) => this.#branch(input)).join('\nUNION ALL\n'))),
    series: (plan) => seriesSelect(plan, this),
    expand: (plan) => expandSelect(plan, this),
    unique: (plan) => this.#unique(plan),
    window: (plan) => windowSelect(plan, this),
    compute: (plan) => computeSelect(plan, this),
    apply: (plan) => applySelect(plan, this),
    outer: (plan) => this.#outer(plan),
    shared: (plan) => this.#sharedSelect(plan),
  };

  #scan(plan: PlanOf<'scan'>): Select {
    const names = physicalNames(plan.schema);
    const columns = plan.schema.map(({ name }) => sqlName(names.get(name)!));
    return { ...selectAll(relationOf(this.#tables.get(plan.table)!, plan.schema)), columns };
  }

  #filter(plan: PlanOf<'filter'>): Select {
    const predicate = printScalar(plan.predicate, this.place(plan.input.schema), true);
    const input = this.select(plan.input);
    const open = readsItsSource(input, plan.input) && input.limit === undefined && input.groupBy.length === 0;
    const base = open ? input : this.#wrapped(plan.input, input, [predicate]);
    return { ...base, where: [...base.where, predicate] };
  }

  #project(plan: PlanOf<'project'>): Select {
    const place = this.place(plan.input.schema);
    const print = (value: Scalar): string => printScalar(value, place);
    const columns = this.columns(plan.columns, plan.schema, print);
    const input = this.select(plan.input);
    // an ORDER BY would read a new column of the name instead of the source's
    const [before, after] = [physicalNames(plan.input.schema), physicalNames(plan.schema)];
    const picks = plan.columns.every(
      ({ name, value }) => value.kind === 'column' && before.get(value.name) === after.get(name),
    );
    const open = readsItsSource(input, plan.input) && (picks || input.orderBy.length === 0);
    return { ...(open ? input : this.#wrapped(plan.input, input, columns)), columns };
  }

  /**
   * A plan's SELECT as the source of another, which computes `scalars` over it. Where those hold a subquery the engine
   * joins, and a join keeps no order: rows that stand in one are numbered before and sorted after.
   */
  #wrapped(plan: Plan, select: Select, scalars: readonly string[]): Select {
    const source = selectAll(nested(selectText(select)));
    if (!scalars.some(isSubquery) || !isSerialized(plan)) return source;
    const numbered = { ...source, columns: ['*', `row_number() OVER () AS ${ORDER}`] };
    const names = physicalNames(plan.schema);
    const columns = plan.schema.map(({ name }) => sqlName(names.get(name)!));
    return { ...selectAll(nested(selectText(numbered))), columns, orderBy: [ORDER] };
  }

  #aggregate(plan: PlanOf<'aggregate'>): Select {
    const place = this.place(plan.input.schema);
    const by = this.columns(plan.by, plan.schema, (value) => printScalar(value, place));
    const aggregates = this.columns(plan.aggregates, plan.schema, (value) => printAggregate(value, place));
    const input = this.select(plan.input);
    const open = readsItsSource(input, plan.input) && input.orderBy.length === 0 && input.limit === undefined;
    const base = open ? input : selectAll(nested(selectText(input)));
    return { ...base, columns: [...by, ...aggregates], groupBy: by.map((_, i) => String(i + 1)) };
  }

  #sort(plan: PlanOf<'sort'>): Select {
    const orderBy = this.sortKeys(plan).map(({ sql, direction }) => `${sql} ${direction}`);
    const input = this.select(plan.input);
    const open = input.limit === undefined && input.groupBy.length === 0;
    return { ...(open && readsItsSource(input, plan.input) ? input : selectAll(nested(selectText(input)))), orderBy };
  }

  #take(plan: PlanOf<'take'>): Select {
    const input = this.select(plan.input);
    const base = input.limit === undefined ? input : selectAll(nested(selectText(input)));
    return { ...base, limit: plan.count };
  }

  #range(plan: PlanOf<'range'>): Select {
    const place = this.place([]);
    const [from, to, step] = [plan.from, plan.to, plan.step].map((part) => printScalar(part, place));
    const { name, type } = plan.schema[0]!;
    const value = type === 'int' ? 'value::INTEGER' : 'value';
    return {
      ...selectAll(`generate_series(${from}, ${to}, ${step}) AS series(value)`),
      columns: [aliased(value, name)],
    };
  }

  #unique(plan: PlanOf<'unique'>): Select {
    const place = this.place(plan.schema);
    const keys = plan.keys.map((key) => printScalar(key, place)).join(', ');
    if (plan.best !== undefined) return this.#best(plan, keys, plan.best);
    return { ...selectAll(this.source(plan.input)), distinct: `DISTINCT ON (${keys})` };
  }

  /** A window finds the best rows of each key in one pass: a third of the time that an aggregate for each column takes. */
  #best(plan: PlanOf<'unique'>, keys: string, best: SortKey): Select {
    const order = sortKey(best, this.place(plan.schema)).map(({ sql, direction }) => `${sql} ${direction}`);
    const partition = keys === '' ? '' : `PARTITION BY ${keys} `;
    const number = `row_number() OVER (${partition}ORDER BY ${order.join(', ')})`;
    const ranked = plan.rank === undefined ? '' : `, ${aliased(number, physicalNames(plan.schema).get(plan.rank)!)}`;
    const rank = `${number} <= ${plan.count ?? 1}`;
    // the engine's rewrite of such a window fails over a range of a limited input (INTERNAL Error); a second window keeps it away
    const alone = isLimited(plan.input) ? ' AND count(*) OVER () > 0' : '';
    return selectAll(nested(`SELECT *${ranked}\nFROM ${this.source(plan.input)}\nQUALIFY ${rank}${alone}`));
  }

  /** An input of a union: ORDER BY and LIMIT of its own need parentheses. */
  #branch(plan: Plan): string {
    const select = this.select(plan);
    const text = selectText(select);
    return select.orderBy.length > 0 || select.limit !== undefined ? nested(text) : text;
  }

  #outer(plan: PlanOf<'outer'>): Select {
    const place = this.#rows.get(plan.row) ?? refuseRow();
    const columns = plan.schema.map(({ name }) => ({ name, value: name }));
    return { ...selectAll(undefined), columns: this.columns(columns, plan.schema, place.column) };
  }

  #sharedSelect(plan: SharedPlan): Select {
    if (readsOuter(plan.input)) return this.select(plan.input);
    if (!this.#shared.has(plan.name)) this.#shared.set(plan.name, selectText(this.select(plan.input)));
    return selectAll(sqlName(plan.name));
  }
}

/** The engine takes NaN for the greatest number; in KQL it stands beside null, whatever the direction. */
function sortKey({ value, descending, nullsFirst }: SortKey, place: Place): { sql: string; direction: string }[] {
  const printed = printScalar(value, place);
  // the engine refuses a constant text as a key, unless it is the outcome of something
  const sql = value.kind === 'literal' && value.type === 'string' ? `CAST(${printed} AS VARCHAR)` : printed;
  const key = { sql, direction: `${descending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}` };
  if (value.type !== 'real' || descending === nullsFirst) return [key];
  return [{ sql: `isnan(${sql})`, direction: nullsFirst ? 'DESC NULLS FIRST' : 'ASC NULLS LAST' }, key];
}

/** A plan is run by itself to learn its columns, but it reads the row at hand of an `apply` around it. */
function refuseRow(): never {
  throw new MailhuntError('KQL0002', {
    what: 'an operator whose columns depend on rows, inside of mv-apply or partition',
  });
}

const aliased = (sql: string, name: string): string => (sql === sqlName(name) ? sql : `${sql} AS ${sqlName(name)}`);

/** The relation of a table, with those of its computed columns that are read. */
function relationOf({ relation, hidden = [] }: CatalogTable, schema: Schema): string {
  const computed = hidden.filter(({ name, sql }) => sql !== undefined && schema.some((column) => column.name === name));
  if (computed.length === 0) return relation;
  const names = physicalNames(schema);
  return `(SELECT *, ${computed.map(({ name, sql }) => aliased(sql!, names.get(name)!)).join(', ')} FROM ${relation})`;
}

/** Whether filters and projections are all that stands above a `take`. */
const isLimited = (plan: Plan): boolean =>
  plan.kind === 'take' || ((plan.kind === 'filter' || plan.kind === 'project') && isLimited(plan.input));

/** The number of a row in an order that has to be kept. */
const ORDER = sqlName('~order');

/** Nodes that hand on the columns of what is below them. */
const plain: ReadonlySet<PlanKind> = new Set(['filter', 'sort', 'take']);

/** True where the columns of a SELECT are its source's own, so that a clause may be added to it by name. */
function readsItsSource(select: Select, plan: Plan): boolean {
  if (select.distinct !== undefined) return false;
  let below: Plan = plan;
  while (plain.has(below.kind)) below = (below as PlanOf<'filter'>).input;
  return select.columns === undefined || below.kind === 'scan';
}

/** `datatable`: VALUES; without rows or columns what stands for them. */
function rowsSelect(plan: PlanOf<'rows'>): Select {
  if (plan.schema.length === 0) return selectAll(undefined);
  const names = physicalNames(plan.schema);
  const columns = plan.schema.map(({ name }) => sqlName(names.get(name)!));
  const rows = plan.rows.map((row) => `(${row.map((value, i) => sqlLiteral(plan.schema[i]!.type, value)).join(', ')})`);
  if (rows.length > 0) return selectAll(`(SELECT * FROM (VALUES ${rows.join(', ')}) AS rows(${columns.join(', ')}))`);
  const empty = plan.schema.map(({ name, type }) => aliased(sqlLiteral(type, null), names.get(name)!));
  return selectAll(`(SELECT ${empty.join(', ')} WHERE false)`);
}
