import {
  hostTextOfValue,
  type LentTable,
  mapChildren,
  mapScalarPlans,
  type Plan,
  type Row,
  type Schema,
  type Surroundings,
} from '../../kql/index.ts';

type Request = Parameters<Surroundings['external']>[0];

/** A list from outside that a hunt reads: while its rows are sought, the marker stands for them in the plan. */
export interface ExternalList {
  readonly marker: string;
  /** How a person calls it: its address, or the watchlist's alias. */
  readonly name: string;
  readonly schema: Schema;
  readonly sources: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
}

/** Lists that hold nothing but their marker, and which of them a query asked for. */
export interface Listings {
  readonly lists: readonly ExternalList[];
  /** The same surroundings, but what they lend are these lists. */
  around(surroundings: Surroundings | undefined): Surroundings;
}

/** Lends a query lists whose rows are to be found. */
export function listings(): Listings {
  const lists: ExternalList[] = [];
  const lend = (list: Omit<ExternalList, 'marker'>): { rows: string } => {
    const marker = JSON.stringify([
      list.schema.map(({ name, type }) => (type === 'string' ? `list ${lists.length} ${name}` : null)),
    ]);
    lists.push({ ...list, marker });
    return { rows: marker };
  };
  const external = async ({ schema, sources, properties }: Request) =>
    lend({ name: sources[0] ?? 'externaldata', schema, sources, properties });
  const lent = (table: LentTable): LentTable => ({
    ...table,
    load: async (args) =>
      lend({
        name: `${table.name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`,
        schema: table.columns(args),
        sources: [],
        properties: {},
      }),
  });
  const none = { version: 'witness', functions: [], tables: [], enrichments: [], names: [] };
  return {
    lists,
    around: (surroundings = { ...none, external }) => ({
      ...surroundings,
      tables: surroundings.tables.map(lent),
      external,
    }),
  };
}

/** A list with the rows that it has to hold. */
export type FilledList = ExternalList & { readonly rows: readonly Row[] };

/** The plan with the rows of lists in place of their markers. */
export function withLists(plan: Plan, lists: readonly FilledList[]): Plan {
  const replaced = (inner: Plan): Plan => {
    if (inner.kind === 'loaded') {
      const list = lists.find(({ marker }) => marker === inner.rows);
      if (list === undefined) return inner;
      const texts = list.rows.map((row) =>
        inner.schema.map(({ name, type }) => hostTextOfValue(row.get(name) ?? (type === 'string' ? '' : null), type)),
      );
      return { ...inner, rows: JSON.stringify(texts) };
    }
    return mapScalarPlans(mapChildren(inner, replaced), replaced);
  };
  return replaced(plan);
}
