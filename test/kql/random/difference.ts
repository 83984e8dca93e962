import { MailhuntError } from '../../../src/errors/index.ts';
import type { Plan } from '../../../src/kql/plan/index.ts';
import { print } from '../../../src/kql/print/index.ts';
import type { TestDatabase } from '../duckdb.ts';
import { type Cells, cellsOf, compareRows } from '../naive/compare.ts';
import { evaluatePlan, type Row, readRow } from '../naive/index.ts';
import { plansOf } from '../naive/plans.ts';

/** What came of a query: `refused` before it ran, `overflow` where columns raise what constants wrap. */
export type Outcome =
  | { readonly kind: 'same' | 'overflow' | 'both fail' }
  | { readonly kind: 'refused' | 'different'; readonly words: string };

type Result<T> = { readonly value: T } | { readonly error: MailhuntError };

const now = 638_881_776_000_000_000n;

/** Runs a query on the engine and evaluates its plans, as lowered and as improved, naively. Anything but a MailhuntError is thrown. */
export async function tryQuery(
  text: string,
  database: TestDatabase,
  tables: ReadonlyMap<string, readonly Row[]>,
): Promise<Outcome> {
  const context = { catalog: database.catalog, now, engine: database };
  const compiled = await attempt(() => plansOf(text, context));
  if ('error' in compiled) return { kind: 'refused', words: compiled.error.message };
  const { lowered, improved } = compiled.value[0]!;
  const printed = await attempt(async () => print(improved, database.catalog));
  if ('error' in printed) return { kind: 'refused', words: printed.error.message };
  const given = await attempt(() => rowsOf(database, printed.value.rowsSql));
  if ('error' in given && isOverflow(given.error)) return { kind: 'overflow' };
  for (const plan of [lowered, improved]) {
    const found = await attempt(async () => compare(plan, given, tables));
    if ('error' in found && 'error' in given && isOurs(given.error)) return { kind: 'both fail' };
    // the engine does not compute columns that nothing reads; the improved plan has none
    if ('error' in found && plan === lowered) continue;
    if ('error' in found) return { kind: 'different', words: `evaluation fails: ${found.error.stack}` };
    if (found.value !== undefined)
      return { kind: 'different', words: `${plan === lowered ? 'as lowered' : 'as improved'}: ${found.value}` };
  }
  return { kind: 'same' };
}

function compare(plan: Plan, given: Result<Cells[]>, tables: ReadonlyMap<string, readonly Row[]>): string | undefined {
  const evaluate = (part: Plan) => evaluatePlan(part, tables);
  if ('value' in given) return compareRows(plan, given.value, evaluate);
  return `the engine fails: ${given.error.message}\nexpected:\n${cellsOf(evaluate(plan)).length} rows`;
}

async function rowsOf(database: TestDatabase, sql: string): Promise<Cells[]> {
  const rows: Cells[] = [];
  for await (const block of database.texts(sql)) rows.push(...block.map(readRow));
  return rows;
}

async function attempt<T>(run: () => Promise<T>): Promise<Result<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    if (error instanceof MailhuntError) return { error };
    throw error;
  }
}

const isOverflow = ({ code, message }: MailhuntError): boolean =>
  (code === 'KQL0007' && /overflow|out of range/i.test(message)) ||
  /decimal: -?\d+.* has more than 20 digits/.test(message);

/** An error that we meant to give, and not the engine's own. */
const isOurs = ({ code }: MailhuntError): boolean => code !== 'KQL0007';
