import { MailhuntError } from '../../errors/index.ts';
import {
  answerOf,
  type Compiled,
  compileOn,
  type Engine,
  type RunContext,
  type Surroundings,
} from '../../kql/index.ts';
import { type Batch, openSandbox, type Sandbox } from '../../store/index.ts';
import type { Column } from '../../values/index.ts';
import { withinSeconds } from '../time-limit.ts';
import { tablesRead } from './tables-read.ts';

/** Rows of an answer that are kept; the others are counted. */
const ROWS_KEPT = 1000;
/** A query over the few rows of a test that takes longer is stopped. */
const SECONDS = 30;

/** What a query answers over the rows of a test. */
export interface Found {
  readonly columns: readonly Column[];
  /** How many rows. */
  readonly count: number;
  /** The first of them, each the text of a JSON array of its cells. */
  readonly rows: readonly string[];
}

/** What stands around a query of a rule. */
export interface Around {
  /** Datetime ticks. */
  readonly now: bigint;
  readonly surroundings: Surroundings;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A query ready to run over whatever the bench holds. */
export interface Prepared {
  /** The statement that it became: two texts of one statement mean the same. The text itself where that depends on data. */
  readonly sql: string;
  /** The tables that it reads; undefined where that depends on data. */
  readonly reads: ReadonlySet<string> | undefined;
  run(): Promise<Found>;
}

/** The store of the tests: filled with the rows of one test after the other, asked by the rules. */
export class Bench implements AsyncDisposable {
  readonly #sandbox: Sandbox;
  readonly #signal: AbortSignal | undefined;

  private constructor(sandbox: Sandbox, signal: AbortSignal | undefined) {
    this.#sandbox = sandbox;
    this.#signal = signal;
  }

  static async open(signal?: AbortSignal): Promise<Bench> {
    return new Bench(await openSandbox(), signal);
  }

  /** True after Ctrl-C: what fails then says nothing of the rule. */
  get isStopped(): boolean {
    return this.#signal?.aborted === true;
  }

  get catalog() {
    return this.#sandbox.catalog;
  }

  /** Puts these rows in place of all that was there. */
  fill(batches: readonly Batch[]): Promise<void> {
    this.#signal?.throwIfAborted();
    return this.#sandbox.fill(batches);
  }

  /**
   * Compiles a query once for all the rows that will come; one whose columns depend on data is compiled for each.
   *
   * @throws MailhuntError KQL…, RULE0021
   */
  async prepare(text: string, around: Around): Promise<Prepared> {
    const { engine, asked } = watched(this.#sandbox.engine);
    const context = this.#context(around);
    const anew = async (signal: AbortSignal): Promise<Found> =>
      read(await compileOn(text, { ...context, signal }), this.#sandbox.engine, signal);
    const ofData: Prepared = { sql: text, reads: undefined, run: () => this.#limited(anew) };
    let compiled: Compiled;
    try {
      compiled = await compileOn(text, { ...context, engine });
    } catch (error) {
      // What the rows at hand do not give the next ones may.
      if (asked() && !this.isStopped) return ofData;
      throw error;
    }
    oneResult(compiled);
    if (asked()) return ofData;
    const { rowsSql: sql, plan } = compiled.tables[0]!;
    const run = () => this.#limited((signal) => read(compiled, this.#sandbox.engine, signal));
    return { sql, reads: tablesRead(plan), run };
  }

  /** Rows that a query gives over what the bench holds. */
  async count(text: string, around: Around): Promise<number> {
    return (await (await this.prepare(text, around)).run()).count;
  }

  /** What the engine warns of when it runs a query over what the bench holds, in words. */
  async warnings(text: string, around: Around): Promise<readonly string[]> {
    const context = this.#context(around);
    const { warnings } = await answerOf(await compileOn(text, context), context);
    return warnings.map(({ message }) => message);
  }

  #context({ now, surroundings, parameters }: Around): RunContext {
    const { catalog, engine } = this.#sandbox;
    const signal = this.#signal;
    return { catalog, engine, now, surroundings, parameters, ...(signal === undefined ? {} : { signal }) };
  }

  #limited<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withinSeconds(SECONDS, this.#signal, run);
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** An engine that tells whether it was asked anything. */
function watched(engine: Engine): { readonly engine: Engine; readonly asked: () => boolean } {
  let asked = false;
  const texts: Engine['texts'] = (...args) => {
    asked = true;
    return engine.texts(...args);
  };
  return { engine: { texts, plan: (sql) => engine.plan(sql) }, asked: () => asked };
}

function oneResult({ tables }: Compiled): void {
  if (tables.length !== 1) throw new MailhuntError('RULE0021', { count: tables.length });
}

async function read({ tables }: Compiled, engine: Engine, signal: AbortSignal): Promise<Found> {
  const { columns, rowsSql } = tables[0]!;
  const rows: string[] = [];
  let count = 0;
  for await (const block of engine.texts(rowsSql, signal)) {
    count += block.length;
    if (rows.length < ROWS_KEPT) rows.push(...block.slice(0, ROWS_KEPT - rows.length));
  }
  return { columns, count, rows };
}
