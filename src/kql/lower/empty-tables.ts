import type { Span } from '../../errors/index.ts';
import { mapChildren, mapScalarPlans, type Plan } from '../plan/index.ts';
import type { Warning } from '../run/answer.ts';
import { warning } from '../run/warnings.ts';

/** A place where the text names a table without rows. */
export interface EmptyTable {
  readonly table: string;
  readonly span: Span;
}

/** More tables than these are counted, not named: `search *` over a new store. */
const MAX_NAMED = 3;

/**
 * A warning for the empty tables that bear on the results: an anti-join against one keeps every row, a filter over one
 * finds nothing, and neither tells why. A source of a union that has rows elsewhere is not worth a word, nor is a view
 * that no result reads.
 */
export function emptyWarnings(empty: readonly EmptyTable[], results: readonly Plan[]): Warning[] {
  const names = new Set(empty.map(({ table }) => table));
  if (names.size === 0) return [];
  const reader = new Reader(names);
  for (const plan of results) reader.read(plan);
  const first = empty.filter(({ table }, i) => empty.findIndex((other) => other.table === table) === i);
  const told = first.filter(({ table }) => reader.mattering.has(table));
  if (told.length <= MAX_NAMED)
    return told.map(({ table, span }) => warning('WARN0001', `the table ${table} is empty`, span));
  const named = told.slice(0, MAX_NAMED).map(({ table }) => table);
  const text = `the tables ${named.join(', ')} and ${told.length - MAX_NAMED} more are empty`;
  return [warning('WARN0001', text, told[0]!.span)];
}

class Reader {
  readonly mattering = new Set<string>();
  readonly #empty: ReadonlySet<string>;
  readonly #seen = new Set<Plan>();

  constructor(empty: ReadonlySet<string>) {
    this.#empty = empty;
  }

  read(plan: Plan): void {
    if (this.#seen.has(plan)) return;
    this.#seen.add(plan);
    if (plan.kind === 'scan' && this.#empty.has(plan.table)) this.mattering.add(plan.table);
    const inside = (child: Plan): Plan => {
      this.read(child);
      return child;
    };
    mapScalarPlans(plan, inside);
    if (plan.kind !== 'union') mapChildren(plan, inside);
    else for (const input of this.#bearing(plan.inputs)) this.read(input);
  }

  /** The inputs of a union that say something: those with rows, else all. */
  #bearing(inputs: readonly Plan[]): readonly Plan[] {
    const filled = inputs.filter((input) => !this.#isEmpty(input));
    return filled.length > 0 ? filled : inputs;
  }

  /** True for an empty table with whatever steps over it. */
  #isEmpty(plan: Plan): boolean {
    if (plan.kind === 'scan') return this.#empty.has(plan.table);
    if (plan.kind === 'union') return plan.inputs.every((input) => this.#isEmpty(input));
    return 'input' in plan && this.#isEmpty(plan.input);
  }
}
