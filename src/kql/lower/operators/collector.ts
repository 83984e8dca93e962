import { type AggregateCall, column, type Named, type Plan, type PlanOf, type Scalar } from '../../plan/index.ts';

/** Gathers the aggregates of one node, those inside larger expressions under names of their own. */
export class Collector {
  readonly aggregates: Named<AggregateCall>[] = [];
  readonly #taken: ReadonlySet<string>;

  /** `taken`: the names that the query gives. */
  constructor(taken: ReadonlySet<string>) {
    this.#taken = taken;
  }

  put(name: string, value: AggregateCall, outputs: Named<Scalar>[]): void {
    this.aggregates.push({ name, value });
    outputs.push({ name, value: column(name, value.type) });
  }

  hidden(value: AggregateCall): Scalar {
    let name = `$aggregate_${this.aggregates.length + 1}`;
    while (this.#taken.has(name)) name = `$${name}`;
    this.aggregates.push({ name, value });
    return column(name, value.type);
  }

  /** The node: a row for each group of the input, its keys and what was gathered. */
  grouped(input: Plan, by: readonly Named<Scalar>[]): PlanOf<'aggregate'> {
    const schema = [...by, ...this.aggregates].map(({ name, value }) => ({ name, type: value.type }));
    return { kind: 'aggregate', input, by, aggregates: this.aggregates, schema };
  }
}
