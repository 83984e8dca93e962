import { childrenOf, mapScalarPlans, type Plan, type PlanKind, type PlanOf, type Scalar } from '../../../kql/index.ts';
import { columnFacts, type Origin } from '../../../schema/index.ts';
import type { KqlType } from '../../../values/index.ts';
import type { Leaves } from './leaves.ts';
import type { Resolver } from './resolve.ts';

/** What is known of the rows of a plan: each column over leaves, and predicates that are true on every row. */
export interface Rows {
  readonly columns: ReadonlyMap<string, Scalar>;
  readonly known: readonly Scalar[];
}

/** What looks on while the rows are followed. */
export interface Onlooker {
  /** A scalar as it is written, over rows. Gives what a `where` with it may add to what is known. */
  filter(predicate: Scalar, rows: Rows): readonly Scalar[];
  value(scalar: Scalar, rows: Rows): void;
}

type Step = { readonly [K in PlanKind]: (plan: PlanOf<K>, flow: Flow) => Rows };

/** A `let` of a table that is read twice is followed twice: each such `let` can double the plan. */
const MAX_NODES = 3_000;

/** Follows the rows of plans from their tables up, and shows each scalar on the way to the onlooker. */
export class Flow {
  readonly leaves: Leaves;
  readonly resolver: Resolver;
  readonly origin: Origin;
  readonly onlooker: Onlooker;
  #nodes = 0;

  constructor(leaves: Leaves, resolver: Resolver, origin: Origin, onlooker: Onlooker) {
    this.leaves = leaves;
    this.resolver = resolver;
    this.origin = origin;
    this.onlooker = onlooker;
  }

  /** The rows of a plan. */
  rows<K extends PlanKind>(plan: PlanOf<K>): Rows {
    if (++this.#nodes > MAX_NODES) return this.open(plan);
    mapScalarPlans(plan, (inside) => {
      this.rows(inside);
      return inside;
    });
    return (steps[plan.kind] as (plan: PlanOf<K>, flow: Flow) => Rows)(plan, this);
  }

  resolve(scalar: Scalar, rows: Rows): Scalar {
    return this.resolver.resolve(scalar, rows.columns);
  }

  /**
   * What a column holds. Nothing, on each row, is what stands here for what only the portals know: the columns of
   * `FileProfile`, the country of an address. So it can be anything.
   */
  valueOf(scalar: Scalar, rows: Rows): Scalar {
    const value = this.resolve(scalar, rows);
    const isNothing = value.kind === 'literal' && (value.value === null || value.value === '');
    return isNothing ? this.leaves.fresh({ type: scalar.type }) : value;
  }

  /** Rows of which nothing is known. */
  open(plan: Plan): Rows {
    return { columns: new Map(plan.schema.map(({ name, type }) => [name, this.leaves.fresh({ type })])), known: [] };
  }

  look(scalars: readonly Scalar[], rows: Rows): void {
    for (const scalar of scalars) this.onlooker.value(scalar, rows);
  }
}

/** Something of which nothing is known comes out; what goes in is followed nevertheless. */
const opened = (plan: Plan, flow: Flow): Rows => {
  for (const child of childrenOf(plan)) flow.rows(child);
  return flow.open(plan);
};

const handed = (plan: Plan & { readonly input: Plan }, flow: Flow): Rows => flow.rows(plan.input);

/** The columns of a plan: those that `columns` has, and of the others nothing is known. */
function completed(plan: Plan, columns: ReadonlyMap<string, Scalar>, flow: Flow): ReadonlyMap<string, Scalar> {
  return new Map(plan.schema.map(({ name, type }) => [name, columns.get(name) ?? flow.leaves.fresh({ type })]));
}

const nothing = (type: KqlType): Scalar => ({ kind: 'literal', type, value: type === 'string' ? '' : null });

/** Aggregates that give one of the group's values, or nothing. */
const picking = new Set([
  'min',
  'max',
  'take_any',
  'any',
  'arg_max',
  'arg_min',
  'minif',
  'maxif',
  'take_anyif',
  'anyif',
]);
const counting = new Set(['count', 'countif', 'dcount', 'dcountif', 'count_distinct', 'count_distinctif']);

const steps: Step = {
  scan: (plan, flow) => {
    const columns = plan.schema.map(({ name, type }): [string, Scalar] => {
      const facts = type === 'string' ? columnFacts(plan.table, name, flow.origin) : undefined;
      const origin = { table: plan.table, column: name };
      return [name, flow.leaves.fresh({ type, origin, ...(facts && { facts }) })];
    });
    return { columns: new Map(columns), known: [] };
  },
  rows: opened,
  loaded: opened,
  range: opened,
  outer: opened,
  compute: opened,
  apply: opened,
  sort: (plan, flow) => {
    const rows = flow.rows(plan.input);
    flow.look(
      plan.keys.map(({ value }) => value),
      rows,
    );
    return rows;
  },
  take: handed,
  shared: handed,
  unique: (plan, flow) => {
    const rows = flow.rows(plan.input);
    return { ...rows, columns: completed(plan, rows.columns, flow) };
  },
  window: (plan, flow) => {
    const rows = flow.rows(plan.input);
    const own = new Set(plan.calls.map(({ name }) => name));
    const kept = new Map([...rows.columns].filter(([name]) => !own.has(name)));
    return { ...rows, columns: completed(plan, kept, flow) };
  },
  filter: (plan, flow) => {
    const rows = flow.rows(plan.input);
    return { ...rows, known: flow.onlooker.filter(plan.predicate, rows) };
  },
  project: (plan, flow) => {
    const rows = flow.rows(plan.input);
    flow.look(
      plan.columns.map(({ value }) => value),
      rows,
    );
    return { ...rows, columns: new Map(plan.columns.map(({ name, value }) => [name, flow.valueOf(value, rows)])) };
  },
  aggregate: (plan, flow) => {
    const rows = flow.rows(plan.input);
    flow.look([...plan.by.map(({ value }) => value), ...plan.aggregates.flatMap(({ value }) => value.args)], rows);
    const keys = plan.by.map(({ name, value }): [string, Scalar] => [name, flow.valueOf(value, rows)]);
    const found = plan.aggregates.map(({ name, value }): [string, Scalar] => {
      const { type } = value;
      const picked = picking.has(value.name) ? value.args[value.name.startsWith('arg_') ? 1 : 0] : undefined;
      if (picked !== undefined) return [name, flow.leaves.merged([flow.valueOf(picked, rows), nothing(type)], type)];
      return [name, flow.leaves.fresh({ type, ...(counting.has(value.name) && { least: 0n }) })];
    });
    // without keys there is a row even where there was none
    const known = plan.by.length === 0 ? [] : rows.known;
    return { columns: completed(plan, new Map([...keys, ...found]), flow), known };
  },
  series: (plan, flow) => {
    const rows = flow.rows(plan.input);
    flow.look([...plan.by.map(({ value }) => value), ...plan.aggregates.flatMap(({ value }) => value.args)], rows);
    const keys = plan.by.map(({ name, value }): [string, Scalar] => [name, flow.resolve(value, rows)]);
    return { columns: completed(plan, new Map(keys), flow), known: [] };
  },
  expand: (plan, flow) => {
    const rows = flow.rows(plan.input);
    flow.look(
      plan.items.map(({ value }) => value),
      rows,
    );
    const own = new Set([...plan.items.map(({ name }) => name), plan.index]);
    const kept = new Map([...rows.columns].filter(([name]) => !own.has(name)));
    return { ...rows, columns: completed(plan, kept, flow) };
  },
  join: (plan, flow) => {
    const sides = { left: flow.rows(plan.left), right: flow.rows(plan.right) };
    const missing = {
      left: /^(rightouter|fullouter)$/.test(plan.joinKind),
      right: /^(leftouter|fullouter)$/.test(plan.joinKind),
    };
    const columns = plan.output.map(({ side, column, name }, i): [string, Scalar] => {
      const { type } = plan.schema[i]!;
      const value = sides[side].columns.get(column) ?? flow.leaves.fresh({ type });
      return [name, missing[side] ? flow.leaves.merged([value, nothing(type)], type) : value];
    });
    const kept = (['left', 'right'] as const).filter((side) => !missing[side] && side !== absent(plan.joinKind));
    return { columns: completed(plan, new Map(columns), flow), known: kept.flatMap((side) => sides[side].known) };
  },
  union: (plan, flow) => {
    const inputs = plan.inputs.map((input) => flow.rows(input));
    const columns = plan.schema.map(({ name, type }): [string, Scalar] => {
      const values = inputs.map((rows) => rows.columns.get(name) ?? nothing(type));
      return [name, flow.leaves.merged(values, type)];
    });
    return { columns: new Map(columns), known: inputs.length === 1 ? inputs[0]!.known : [] };
  },
};

/** The side of which an anti join hands on nothing. */
const absent = (kind: PlanOf<'join'>['joinKind']): 'left' | 'right' | undefined =>
  ({ leftanti: 'right' as const, rightanti: 'left' as const })[kind as string];
