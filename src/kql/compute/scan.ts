import type { Value } from '../../values/index.ts';
import { evaluate } from '../evaluate/index.ts';
import { countColumns, type LiteralScalar, type PlanData, type Scalar, type Schema } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';

/** What lowering puts into a `scan` node. */
export interface ScanOptions {
  readonly [name: string]: PlanData;
  readonly steps: readonly ScanStep[];
  /** The declared columns' values where no step assigns one, in the order of the columns. */
  readonly defaults: readonly LiteralScalar[];
  /** Whether the last column of the result is the number of the match. */
  readonly matchId: boolean;
}

/** One step of a `scan`. */
export interface ScanStep {
  readonly [name: string]: PlanData;
  readonly condition: Scalar;
  readonly assignments: readonly { readonly column: string; readonly value: Scalar }[];
  readonly output: string;
}

/** The name under which an expression reads a column of a step's state. No column is called so: lowering refuses `~`. */
export const stateColumn = (step: number, name: string): string => `~${step}.${name}`;

/** A row of the input, then the declared columns. */
type Match = readonly Value[];

/** A sequence that has come to a step: the last match of it and of each step before. */
interface Sequence {
  readonly id: bigint;
  readonly matches: readonly Match[];
}

/** Where a value that an expression reads stands: in the row at hand (`step` undefined) or in the state. */
interface Read {
  readonly name: string;
  readonly step: number | undefined;
  readonly index: number;
}

interface Expression {
  readonly scalar: Scalar;
  readonly reads: readonly Read[];
}

interface Step {
  readonly condition: Expression;
  readonly assignments: readonly { readonly index: number; readonly value: Expression }[];
  readonly output: string;
}

/** The rows of a `scan`: each row is held against the steps, the last first. */
class Scan {
  readonly output: Value[][] = [];
  readonly #steps: readonly Step[];
  /** What a step's columns are before it has matched. */
  readonly #nothing: Match;
  readonly #defaults: Match;
  readonly #matchId: boolean;
  readonly #states: (Sequence | undefined)[];
  #nextId = 0n;

  constructor(input: Schema, declared: Schema, options: ScanOptions) {
    const columns = [...input, ...declared];
    this.#steps = options.steps.map((step) => stepOf(step, columns, options.steps.length));
    this.#defaults = options.defaults.map(({ value }) => value);
    this.#nothing = [...input.map(({ type }) => (type === 'string' ? '' : null)), ...this.#defaults];
    this.#matchId = options.matchId;
    this.#states = options.steps.map(() => undefined);
  }

  row(row: Match): void {
    for (let k = this.#steps.length - 1; k >= 0; k--) {
      if (!this.#promote(k, row)) this.#repeat(k, row);
    }
  }

  /** After the last row: what waited to be the last of its step is. */
  end(): void {
    for (const [k] of this.#steps.entries()) this.#leave(k);
  }

  /** A sequence of the step before goes on with this row. */
  #promote(k: number, row: Match): boolean {
    const before = k === 0 ? undefined : this.#states[k - 1];
    if (before === undefined || !this.#holds(k, row, before)) return false;
    this.#leave(k);
    this.#leave(k - 1);
    this.#states[k - 1] = undefined;
    this.#match(k, row, before);
    return true;
  }

  /** The row matches again where the sequence is, or, at the first step, begins one. */
  #repeat(k: number, row: Match): void {
    const own = this.#states[k];
    if (own === undefined && k > 0) return;
    const sequence = own ?? { id: this.#nextId, matches: [] };
    if (!this.#holds(k, row, sequence)) return;
    if (own === undefined) this.#nextId += 1n;
    this.#match(k, row, sequence);
  }

  #match(k: number, row: Match, sequence: Sequence): void {
    const step = this.#steps[k]!;
    const match = [...row, ...this.#defaults];
    const values = step.assignments.map(({ value }) => this.#value(value, row, sequence));
    for (const [i, { index }] of step.assignments.entries()) match[index] = values[i]!;
    this.#states[k] = { id: sequence.id, matches: [...sequence.matches.slice(0, k), match] };
    if (step.output === 'all') this.#put(match, sequence.id);
  }

  /** The sequence at a step ends or goes on: `output=last` shows its last match. */
  #leave(k: number): void {
    const state = this.#states[k];
    if (state !== undefined && this.#steps[k]!.output === 'last') this.#put(state.matches[k]!, state.id);
  }

  #put(match: Match, id: bigint): void {
    this.output.push(this.#matchId ? [...match, id] : [...match]);
  }

  #holds(k: number, row: Match, sequence: Sequence): boolean {
    return this.#value(this.#steps[k]!.condition, row, sequence) === true;
  }

  #value({ scalar, reads }: Expression, row: Match, { matches }: Sequence): Value {
    const valueAt = ({ step, index }: Read): Value =>
      (step === undefined ? row : (matches[step] ?? this.#nothing))[index] ?? null;
    return evaluate(scalar, new Map(reads.map((read) => [read.name, valueAt(read)])));
  }
}

function stepOf({ condition, assignments, output }: ScanStep, columns: Schema, steps: number): Step {
  const indexOf = new Map(columns.map(({ name }, index) => [name, index]));
  return {
    condition: expressionOf(condition, columns, steps),
    assignments: assignments.map(({ column, value }) => ({
      index: indexOf.get(column)!,
      value: expressionOf(value, columns, steps),
    })),
    output,
  };
}

function expressionOf(scalar: Scalar, columns: Schema, steps: number): Expression {
  const uses = new Map<string, number>();
  countColumns(scalar, uses);
  const places = columns.flatMap(({ name }, index): Read[] => [
    { name, step: undefined, index },
    ...Array.from({ length: steps }, (_, step) => ({ name: stateColumn(step, name), step, index })),
  ]);
  return { scalar, reads: places.filter(({ name }) => uses.has(name)) };
}

function run([input]: readonly Rows[], data: PlanData, schema: Schema): Value[][] {
  const options = data as ScanOptions;
  const declared = schema.slice(input!.schema.length, input!.schema.length + options.defaults.length);
  const scan = new Scan(input!.schema, declared, options);
  for (const row of input!.rows) scan.row(row);
  scan.end();
  return scan.output;
}

/** `scan`. */
export const scanOperations: readonly Operation[] = [{ name: 'scan', page: 'scan-operator', run }];
