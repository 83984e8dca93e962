import {
  column,
  countColumns,
  outerColumns,
  type Plan,
  type PlanKind,
  type PlanOf,
  type Scalar,
  type Schema,
} from '../plan/index.ts';

type Needed = ReadonlySet<string>;
type Prune = { readonly [K in PlanKind]: (plan: PlanOf<K>, needed: Needed) => Plan };

const read = (scalars: readonly Scalar[], beside: Iterable<string> = []): Needed => {
  const uses = new Map<string, number>();
  for (const scalar of scalars) countColumns(scalar, uses);
  return new Set([...uses.keys(), ...beside]);
};

const kept = (schema: Schema, needed: Needed): Schema => schema.filter(({ name }) => needed.has(name));
const names = (schema: Schema): Needed => new Set(schema.map(({ name }) => name));

/** A scan also keeps the names that a needed one has in another case: the engine's name for it counts them. */
const keptOfTable = (schema: Schema, needed: Needed): Schema => {
  const folded = new Set(kept(schema, needed).map(({ name }) => name.toLowerCase()));
  return schema.filter(({ name }) => folded.has(name.toLowerCase()));
};

/** An input of a union has exactly the union's columns: they are matched by position. */
const aligned = (input: Plan, schema: Schema): Plan =>
  input.schema.length === schema.length
    ? input
    : {
        kind: 'project',
        input,
        schema,
        columns: schema.map(({ name, type }) => ({ name, value: column(name, type) })),
      };

/** Prunes an input and takes over its schema, for nodes that hand their input's columns on. */
const handOn = (plan: PlanOf<'filter' | 'sort' | 'take'>, needed: Needed): Plan => {
  const input = prune(plan.input, needed);
  return { ...plan, input, schema: input.schema };
};

const values = (items: readonly { readonly value: { readonly args: readonly Scalar[] } }[]): Scalar[] =>
  items.flatMap(({ value }) => value.args);

const rows: Prune = {
  scan: (plan, needed) => ({ ...plan, schema: keptOfTable(plan.schema, needed) }),
  rows: (plan) => plan,
  loaded: (plan) => plan,
  range: (plan) => plan,
  compute: (plan) => ({ ...plan, inputs: plan.inputs.map((input) => prune(input, names(input.schema))) }),
  shared: (plan) => ({ ...plan, input: prune(plan.input, names(plan.schema)) }),
  filter: (plan, needed) => handOn(plan, read([plan.predicate], needed)),
  sort: (plan, needed) =>
    handOn(
      plan,
      read(
        plan.keys.map(({ value }) => value),
        needed,
      ),
    ),
  take: (plan, needed) => handOn(plan, needed),
  unique: (plan, needed) => {
    const input = prune(plan.input, read(plan.best ? [...plan.keys, plan.best.value] : plan.keys, needed));
    const rank = plan.schema.filter(({ name }) => name === plan.rank);
    return { ...plan, input, schema: [...input.schema, ...rank] };
  },
  project: (plan, needed) => {
    const columns = plan.columns.filter(({ name }) => needed.has(name));
    return {
      ...plan,
      columns,
      schema: kept(plan.schema, needed),
      input: prune(plan.input, read(columns.map(({ value }) => value))),
    };
  },
  aggregate: (plan) => ({
    ...plan,
    input: prune(plan.input, read([...plan.by.map(({ value }) => value), ...values(plan.aggregates)])),
  }),
  series: (plan) => ({
    ...plan,
    input: prune(plan.input, read([...plan.by.map(({ value }) => value), plan.axis.value, ...values(plan.aggregates)])),
  }),
  expand: (plan, needed) => {
    const added = [...plan.items.map(({ name }) => name), plan.index];
    const handed = [...needed].filter((name) => !added.includes(name));
    const values = plan.items.map(({ value }) => value);
    return { ...plan, schema: kept(plan.schema, needed), input: prune(plan.input, read(values, handed)) };
  },
  outer: (plan, needed) => ({ ...plan, schema: kept(plan.schema, needed) }),
  apply: (plan, needed) => {
    const inner = prune(plan.inner, needed);
    const own = names(plan.inner.schema);
    const handed = [...needed].filter((name) => !own.has(name));
    const input = prune(plan.input, new Set([...handed, ...outerColumns(inner, plan.row)]));
    return { ...plan, input, inner, schema: kept(plan.schema, needed) };
  },
  window: (plan, needed) => {
    const wanted = new Set(needed);
    const calls = plan.calls.toReversed().filter(({ name, value }) => {
      if (!wanted.has(name)) return false;
      for (const used of read(value.args)) wanted.add(used);
      return true;
    });
    const own = new Set(plan.calls.map(({ name }) => name));
    const input = prune(plan.input, new Set([...wanted].filter((name) => !own.has(name))));
    // without calls it hands its input's columns on
    const schema = calls.length === 0 ? input.schema : kept(plan.schema, needed);
    return { ...plan, calls: calls.reverse(), input, schema };
  },
  join: (plan, needed) => {
    const output = plan.output.filter(({ name }) => needed.has(name));
    const of = (side: 'left' | 'right'): string[] =>
      output.filter((item) => item.side === side).map(({ column }) => column);
    return {
      ...plan,
      output,
      schema: kept(plan.schema, needed),
      left: prune(
        plan.left,
        read(
          plan.on.map((key) => key.left),
          of('left'),
        ),
      ),
      right: prune(
        plan.right,
        read(
          plan.on.map((key) => key.right),
          of('right'),
        ),
      ),
    };
  },
  union: (plan, needed) => {
    const schema = kept(plan.schema, needed);
    return { ...plan, schema, inputs: plan.inputs.map((input) => aligned(prune(input, needed), schema)) };
  },
};

/**
 * Leaves out the columns that nothing above reads. The engine would not read them either; the SQL that a person sees
 * becomes short. At least one column stays, for a SELECT needs one.
 */
function prune<K extends PlanKind>(plan: PlanOf<K>, needed: Needed): Plan {
  const first = plan.schema[0]?.name;
  const some = first === undefined || plan.schema.some(({ name }) => needed.has(name)) ? needed : new Set([first]);
  return (rows[plan.kind] as (plan: PlanOf<K>, needed: Needed) => Plan)(plan, some);
}

/** A plan without the columns that its own rows do not need. */
export const pruneColumns = (plan: Plan): Plan => prune(plan, names(plan.schema));
