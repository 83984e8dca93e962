import {
  type AggregateCall,
  call,
  column,
  literal,
  type Named,
  type Plan,
  type PlanKind,
  type PlanOf,
  type Scalar,
  type Schema,
} from '../../kql/index.ts';
import type { Random } from '../../lab/index.ts';
import { tableNamed } from '../../schema/index.ts';
import { constantRows } from './constant-rows.ts';
import { ownName } from './own-name.ts';
import { COUNTS, type Sizes, sizesFor } from './sizes.ts';
import {
  conjuncts,
  elementOf,
  equal,
  literals,
  nothing,
  reads,
  type Symbols,
  substitute,
  text,
  UNKNOWN,
  unknown,
  valuesOf,
} from './symbols.ts';

/** A row that a table has to hold. Its cells are the columns `id.name` of the conditions. */
export interface WantedRow {
  readonly id: number;
  readonly table: string;
  readonly schema: Schema;
}

/** What a plan needs to give a row: rows of tables, and what must be true of them together. */
export interface Demand {
  readonly rows: readonly WantedRow[];
  readonly conditions: readonly Scalar[];
}

/** More rows than these are not asked for. */
const MAX_ROWS = 6_000;

/** Where the choices of a demand come from: which part of a union, how many rows a group, which row of a list. */
export interface Choices {
  readonly random: Random;
  /** True: the first and the least of everything. */
  readonly plain: boolean;
  /** The name of the list that loaded rows stand for; undefined where they are what they are. */
  readonly listOf: (rows: string) => string | undefined;
}

/** What a plan needs to give a row; undefined where it cannot have one (`print | take 0`), or needs too many for it. */
export function demandOf(plan: Plan, choices: Choices): Demand | undefined {
  const demander = new Demander(choices);
  try {
    demander.row(plan, []);
  } catch (error) {
    if (error instanceof Undemandable) return undefined;
    throw error;
  }
  return {
    rows: demander.rows,
    conditions: demander.conditions.filter((one) => !reads(one, (name) => name === UNKNOWN)),
  };
}

class Undemandable extends Error {}

class Demander {
  readonly rows: WantedRow[] = [];
  readonly conditions: Scalar[] = [];
  readonly #choices: Choices;
  #outer: ReadonlyMap<string, Symbols> = new Map();

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  /** Demands a row of a plan for which `above` is to hold. */
  row(plan: Plan, above: readonly Scalar[]): Symbols {
    if (this.rows.length > MAX_ROWS) throw new Undemandable('too many rows');
    return (this.#nodes[plan.kind] as (plan: Plan, above: readonly Scalar[]) => Symbols)(plan, above);
  }

  readonly #nodes: { readonly [K in PlanKind]: (plan: PlanOf<K>, above: readonly Scalar[]) => Symbols } = {
    scan: ({ table, schema }) => this.#wanted(table, schema),
    rows: (plan) => literals(plan.schema, this.#choose(plan.rows)),
    loaded: (plan) => {
      const list = this.#choices.listOf(plan.rows);
      if (list !== undefined) return this.#wanted(list, plan.schema);
      const row = this.#choose(constantRows(plan) ?? []);
      return literals(
        plan.schema,
        plan.schema.map(({ name }) => row.get(name) ?? null),
      );
    },
    range: ({ schema, from }) => new Map([[schema[0]!.name, this.#plain(from, new Map())]]),
    filter: (plan, above) => {
      const parts = conjuncts(plan.predicate);
      const symbols = this.row(plan.input, [...above, ...parts]);
      for (const part of parts) this.#condition(this.#plain(part, symbols));
      return symbols;
    },
    project: (plan, above) => {
      const symbols = this.row(
        plan.input,
        above.map((part) => substitute(part, valuesOf(plan.columns))),
      );
      return new Map(plan.columns.map(({ name, value }) => [name, this.#plain(value, symbols)]));
    },
    aggregate: (plan, above) => this.#aggregate(plan, above),
    series: (plan) => {
      const symbols = this.row(plan.input, []);
      const axis = this.#plain(plan.axis.value, symbols);
      if (plan.from) this.#condition(call('>=', 'bool', [axis, this.#plain(plan.from, symbols)]));
      if (plan.to) this.#condition(call('<', 'bool', [axis, this.#plain(plan.to, symbols)]));
      if (!this.#choices.plain) this.#repeat(plan.input, plan.by, symbols, this.#choices.random.pick([1, 3, 40]), axis);
      const by = plan.by.map(({ name, value }): [string, Scalar] => [name, this.#plain(value, symbols)]);
      return this.#complete(plan.schema, new Map(by));
    },
    sort: (plan, above) => this.row(plan.input, above),
    take: (plan, above) => this.row(plan.input, above),
    unique: (plan, above) => this.row(plan.input, above),
    shared: (plan, above) => this.row(plan.input, above),
    window: (plan, above) => this.#complete(plan.schema, this.row(plan.input, above)),
    join: (plan, above) => this.#join(plan, above),
    union: (plan, above) => {
      const input = this.#choose(plan.inputs);
      const symbols = this.row(input, above);
      return new Map(plan.schema.map(({ name, type }) => [name, symbols.get(name) ?? nothing(type)]));
    },
    expand: (plan) => {
      const symbols = this.row(plan.input, []);
      const items = plan.items.map(({ name, value }): [string, Scalar] => [
        name,
        elementOf(this.#plain(value, symbols)),
      ]);
      return this.#complete(plan.schema, new Map([...symbols, ...items]));
    },
    compute: (plan) => {
      const symbols = plan.inputs.map((input) => this.row(input, []));
      return this.#complete(plan.schema, new Map(symbols.reverse().flatMap((one) => [...one])));
    },
    apply: (plan, above) => {
      const symbols = this.row(plan.input, []);
      const around = this.#outer;
      this.#outer = new Map([...around, [plan.row, symbols]]);
      const own = this.row(plan.inner, above);
      this.#outer = around;
      return this.#complete(plan.schema, new Map([...symbols, ...own]));
    },
    outer: (plan) => this.#complete(plan.schema, this.#outer.get(plan.row) ?? new Map()),
  };

  #wanted(table: string, schema: Schema): Symbols {
    const id = this.rows.length;
    this.rows.push({ id, table, schema });
    return new Map(schema.map(({ name, type }) => [name, this.#cell(id, table, name, type)]));
  }

  /** What Sentinel adds to each table is the same everywhere. */
  #cell(id: number, table: string, name: string, type: Scalar['type']): Scalar {
    const own = tableNamed(table)?.columns.some((one) => one.name === name) ?? true;
    if (!own && (name === 'TenantId' || name === 'SourceSystem'))
      return literal('string', name === 'TenantId' ? '' : 'mailhunt');
    return !own && name.startsWith('_') ? unknown(type) : column(`${id}.${ownName(table, name)}`, type);
  }

  #choose<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Undemandable('nothing to choose from');
    return this.#choices.plain ? items[0]! : this.#choices.random.pick(items);
  }

  #condition(scalar: Scalar): void {
    for (const part of conjuncts(scalar)) this.conditions.push(part);
  }

  /** The columns of a schema: those that are there, and of the others nothing is known. */
  #complete(schema: Schema, symbols: Symbols): Symbols {
    return new Map(schema.map(({ name, type }) => [name, symbols.get(name) ?? unknown(type)]));
  }

  #join({ joinKind, left, right, on, output }: PlanOf<'join'>, above: readonly Scalar[]): Symbols {
    const lonely = joinKind.endsWith('outer') && !this.#choices.plain && this.#choices.random.chance(0.3);
    const want = {
      left: !joinKind.startsWith('rightanti') && !(lonely && joinKind === 'rightouter'),
      right: !joinKind.startsWith('leftanti') && !(lonely && joinKind !== 'rightouter'),
    };
    const of = (side: 'left' | 'right'): Symbols => {
      if (!want[side]) return new Map();
      const names = new Map(
        output.map(({ side: from, column: own, name }): [string, Scalar] => [
          name,
          from === side ? column(own, 'dynamic') : unknown('dynamic'),
        ]),
      );
      return this.row(
        side === 'left' ? left : right,
        above.map((part) => substitute(part, names)),
      );
    };
    const sides = { left: of('left'), right: of('right') };
    if (want.left && want.right)
      for (const key of on)
        this.#condition(equal(this.#plain(key.left, sides.left), this.#plain(key.right, sides.right)));
    const types = new Map([...left.schema, ...right.schema].map(({ name, type }) => [name, type]));
    return new Map(
      output.map(({ side, column: own, name }) => [name, sides[side].get(own) ?? nothing(types.get(own) ?? 'string')]),
    );
  }

  #aggregate(plan: PlanOf<'aggregate'>, above: readonly Scalar[]): Symbols {
    const sizes = sizesFor(plan, above, this.#choices);
    const first = this.row(plan.input, []);
    const all = [first, ...this.#repeat(plan.input, plan.by, first, sizes.rows)];
    const by = plan.by.map(({ name, value }): [string, Scalar] => [name, this.#plain(value, first)]);
    const values = plan.aggregates.map(({ name, value }): [string, Scalar] => [
      name,
      this.#outcome(name, value, all, sizes),
    ]);
    return new Map([...by, ...values]);
  }

  /** Further rows of the same group, at the same place of an axis where there is one. */
  #repeat(input: Plan, by: readonly Named<Scalar>[], first: Symbols, rows: number, axis?: Scalar): Symbols[] {
    return Array.from({ length: rows - 1 }, () => {
      const symbols = this.row(input, []);
      for (const { value } of by) this.#condition(equal(this.#plain(value, symbols), this.#plain(value, first)));
      if (axis !== undefined) this.#condition(call('isnotnull', 'bool', [axis]));
      return symbols;
    });
  }

  /** What an aggregate gives over the rows of a group that was made for it. */
  #outcome(
    name: string,
    { name: aggregate, args, type }: AggregateCall,
    all: readonly Symbols[],
    sizes: Sizes,
  ): Scalar {
    const values = (): Scalar[] => all.slice(0, 50).map((symbols) => this.#plain(args[0]!, symbols));
    const size = sizes.columns.get(name);
    if (size !== undefined) {
      if (/dcount|distinct/.test(aggregate))
        this.#distinct(
          all.map((symbols) => this.#plain(args[0]!, symbols)),
          size,
        );
      if (aggregate.endsWith('if'))
        this.#true(
          all.map((symbols) => this.#plain(args.at(-1)!, symbols)),
          size,
        );
    }
    if (size !== undefined || COUNTS.test(aggregate)) return literal('long', BigInt(size ?? all.length));
    if (/^(make_?set|make_?list)/.test(aggregate)) return call('pack_array', 'dynamic', values());
    if (/^sum/.test(aggregate)) return values().reduce((sum, one) => call('+', type, [sum, one]));
    if (/^max/.test(aggregate)) return values().at(-1)!;
    return args[0]?.type === type ? values()[0]! : unknown(type);
  }

  #distinct(values: readonly Scalar[], size: number): void {
    values.forEach((value, i) => {
      const before = values[i - 1];
      if (before === undefined) return;
      if (i >= size) this.#condition(equal(value, before));
      else
        for (const other of new Set([values[0]!, before]))
          this.#condition(call('!=', 'bool', [text(value), text(other)]));
    });
  }

  #true(values: readonly Scalar[], size: number): void {
    for (const [i, value] of values.entries()) this.#condition(i < size ? value : call('not', 'bool', [value]));
  }

  /** A scalar over the cells of wanted rows: columns replaced, plans inside it demanded too. */
  #plain(scalar: Scalar, symbols: Symbols): Scalar {
    if (scalar.kind === 'column') return symbols.get(scalar.name) ?? unknown(scalar.type);
    if (scalar.kind === 'call') return { ...scalar, args: scalar.args.map((arg) => this.#plain(arg, symbols)) };
    if (scalar.kind === 'subquery') return this.#first(scalar.plan, scalar.type);
    if (scalar.kind === 'membership') {
      const value = this.#plain(scalar.value, symbols);
      const rows = constantRows(scalar.plan, this.#choices.listOf);
      if (rows !== undefined) {
        const [{ name, type }] = scalar.plan.schema as [Schema[number]];
        const members = rows.map((row) => literal(type, row.get(name) ?? null));
        return call(`${scalar.negated ? '!' : ''}in${scalar.caseless ? '~' : ''}`, 'bool', [value, ...members]);
      }
      return scalar.negated ? literal('bool', true) : equal(value, this.#first(scalar.plan, value.type));
    }
    return scalar;
  }

  #first(plan: Plan, type: Scalar['type']): Scalar {
    const symbols = this.row(plan, []);
    return symbols.get(plan.schema[0]!.name) ?? unknown(type);
  }
}
