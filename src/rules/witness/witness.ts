import { MailhuntError, type Span } from '../../errors/index.ts';
import { compileOn, type Plan, type Row, type RunContext, type Scalar, type Schema } from '../../kql/index.ts';
import { type Random, randomFor } from '../../lab/index.ts';
import { tableNamed } from '../../schema/index.ts';
import type { Value } from '../../values/index.ts';
import { type Demand, demandOf, type WantedRow } from './demand.ts';
import { KnownTexts, knownTexts } from './known-texts.ts';
import { type FilledList, type Listings, listings } from './lists.ts';
import { ownName } from './own-name.ts';
import { solve } from './solve.ts';
import { typicalTexts, typicalValue } from './typical.ts';

/** Rows that make a hunt find something, and the lists from outside that it has to read for that. */
export interface Witness {
  readonly rows: readonly WitnessRow[];
  readonly lists: readonly FilledList[];
}

/** A row of a table: a value by column. */
export interface WitnessRow {
  readonly table: string;
  readonly cells: Row;
  /** The columns that the hunt's conditions read; the others hold what they typically do. */
  readonly decisive: ReadonlySet<string>;
}

/** What a search for witnesses draws on. */
export interface WitnessContext extends RunContext {
  /** Counts up, so that no two things of any witness are alike. */
  readonly serial: () => number;
  readonly seed: number;
  readonly attempts?: number;
  /** Whether the plan gives a row over the witness: the judge of every attempt. */
  readonly trial: (plan: Plan, witness: Witness) => Promise<boolean>;
}

/** Why there is no witness: what stayed false in the attempt that came closest, or what cannot be foretold. */
export interface Obstacle {
  /** In the query text, where it is known. */
  readonly span: Span | undefined;
  readonly kind: 'never-true' | 'unforeseen' | 'no-rows';
}

/** What was found for a hunt. */
export interface Search {
  readonly witness: Witness | undefined;
  /** The lists that it reads; without a witness with rows of the kind that their columns promise. */
  readonly lists: readonly FilledList[];
  /** Empty where there is a witness. */
  readonly obstacles: readonly Obstacle[];
}

const ATTEMPTS = 24;
/** After so many attempts a witness with cells that no column is known to hold will do. */
const ODD_ATTEMPTS = 8;
const HOUR = 36_000_000_000n;

/**
 * Looks for rows over which the hunt finds something: what its plan demands of the rows of each table is collected, solved
 * by local search, and tried. What stands in the way is said where nothing is found.
 *
 * @throws MailhuntError as `compileOn` does, for a text that does not compile
 */
export async function witnessOf(text: string, context: WitnessContext): Promise<Search> {
  const known = listings();
  const { tables: results } = await compileOn(text, { ...context, surroundings: known.around(context.surroundings) });
  let closest: readonly Obstacle[] | undefined;
  let odd: Witness | undefined;
  for (let attempt = 0; attempt < (context.attempts ?? ATTEMPTS); attempt++)
    for (const { plan } of results.length > 4 ? [results[attempt % results.length]!] : results) {
      context.signal?.throwIfAborted();
      const { witness, obstacles } = await attempted(plan, attempt, known, context);
      if (witness !== undefined && !isOdd(witness)) return found(witness);
      odd ??= witness;
      if (odd !== undefined && attempt >= ODD_ATTEMPTS) return found(odd);
      if (closest === undefined || obstacles.length < closest.length) closest = obstacles;
    }
  if (odd !== undefined) return found(odd);
  const row = ({ schema }: { readonly schema: Schema }): Row =>
    new Map(schema.map((column) => [column.name, typicalValue('', column, context.serial())]));
  const lists = known.lists.map((list) => ({ ...list, rows: [row(list)] }));
  return { witness: undefined, lists, obstacles: closest ?? [] };
}

const found = (witness: Witness): Search => ({ witness, lists: witness.lists, obstacles: [] });

/** Whether a decisive cell holds what its column is not known to. */
const isOdd = ({ rows }: Witness): boolean => rows.some((row) => oddColumns(row).length > 0);

/** The decisive columns of a row whose cells are not what the column is known to hold. */
export const oddColumns = ({ table, cells, decisive }: WitnessRow): string[] =>
  [...decisive].filter((column) => {
    const texts = knownTexts(table, column);
    const value = cells.get(column);
    return texts !== undefined && typeof value === 'string' && value !== '' && !texts.includes(value);
  });

type Attempt = Pick<Search, 'witness' | 'obstacles'>;

/** One try: a demand, a solution, and a look whether the plan really gives a row over it. */
async function attempted(
  plan: Plan,
  attempt: number,
  { lists: listed }: Listings,
  context: WitnessContext,
): Promise<Attempt> {
  const random = randomFor(context.seed, 'witness', attempt);
  const listOf = (rows: string): string | undefined => listed.find((list) => list.marker === rows)?.marker;
  const demand = demandOf(plan, { random, plain: attempt === 0, listOf });
  if (demand === undefined) return failed([], 'no-rows');
  const cells = new Map<string, Value>();
  const known = new KnownTexts((cell) => {
    const { table } = demand.rows[Number(cell.slice(0, cell.indexOf('.')))]!;
    return knownTexts(table, cell.slice(cell.indexOf('.') + 1));
  });
  const unsolved = solve(demand.conditions, cells, freshCells(demand, context, random), random, known);
  const made = demand.rows.map((row) => ({ row, cells: filled(row, cells, context) }));
  const lists = listed.map((list) => ({
    ...list,
    rows: made.filter(({ row }) => row.table === list.marker).map((one) => one.cells),
  }));
  const decisive = decisiveColumns(cells);
  const rows = made
    .filter(({ row }) => tableNamed(row.table) !== undefined)
    .map(({ row, cells: own }) => ({
      table: row.table,
      cells: own,
      decisive: decisive.get(row.id) ?? new Set<string>(),
    }));
  const witness = { rows, lists };
  try {
    if (await context.trial(plan, witness)) return { witness, obstacles: [] };
  } catch (error) {
    // a trial that does not try every pattern leaves it to the engine
    if (unsolved.length === 0 && error instanceof MailhuntError && error.code === 'KQL0005')
      return { witness, obstacles: [] };
    if (!(error instanceof MailhuntError)) throw error;
  }
  return failed(unsolved, unsolved.length === 0 ? 'unforeseen' : 'never-true');
}

const failed = (unsolved: readonly Scalar[], kind: Obstacle['kind']): Attempt => ({
  witness: undefined,
  obstacles:
    unsolved.length === 0
      ? [{ span: undefined, kind }]
      : unsolved.map((scalar) => ({ span: scalar.kind === 'call' ? scalar.span : undefined, kind })),
});

/** The columns of each wanted row that a condition reads. */
function decisiveColumns(cells: ReadonlyMap<string, Value>): ReadonlyMap<number, ReadonlySet<string>> {
  const columns = new Map<number, Set<string>>();
  for (const cell of cells.keys()) {
    const dot = cell.indexOf('.');
    const id = Number(cell.slice(0, dot));
    columns.set(id, (columns.get(id) ?? new Set()).add(cell.slice(dot + 1)));
  }
  return columns;
}

/** Values for cells, each time another. */
function freshCells({ rows: wanted }: Demand, context: WitnessContext, random: Random): (cell: string) => Value {
  const asked = new Set<string>();
  return (cell) => {
    const again = asked.has(cell);
    asked.add(cell);
    const { table, schema } = wanted[Number(cell.slice(0, cell.indexOf('.')))]!;
    const found = schema.find(({ name }) => ownName(table, name) === cell.slice(cell.indexOf('.') + 1))!;
    if (found.type === 'datetime')
      return context.now - (again ? BigInt(random.between(0, 40 * 24 - 1)) : 0n) * HOUR - HOUR / 2n;
    if (again && found.type === 'string' && random.chance(0.3)) return random.pick(typicalTexts(context.serial()));
    return typicalValue(table, found, context.serial());
  };
}

/** A row with all columns of its table: those that conditions read, the others as they typically are. */
function filled(
  { id, table, schema }: WantedRow,
  cells: ReadonlyMap<string, Value>,
  { now, serial }: WitnessContext,
): Row {
  const columns: Schema = tableNamed(table)?.columns ?? schema;
  const n = serial();
  return new Map(
    columns.map((column) => {
      const solved = cells.get(`${id}.${column.name}`);
      if (solved !== undefined) return [column.name, solved];
      return [column.name, column.type === 'datetime' ? now - HOUR / 2n : typicalValue(table, column, n)];
    }),
  );
}
