import type { IncomingMessage } from 'node:http';
import { fromWire, MailhuntError } from '../../errors/index.ts';
import type { Answer, ResultTable } from '../../kql/index.ts';
import type { Head, TableEnd, Tail } from './wire.ts';

/** Builds the error for an answer that ends too early. */
type Broken = (text: string, cause?: unknown) => MailhuntError;

/** How an answer is read. */
interface ReadOptions {
  readonly broken: Broken;
  readonly signal: AbortSignal | undefined;
}

/**
 * The answer that travels in lines (see `wire.ts`). Its tables are read in order from one connection: reading one passes
 * over what is left of those before it. Warnings met while the query ran are added to the list at the end.
 */
export async function readAnswer(response: IncomingMessage, options: ReadOptions): Promise<Answer> {
  const lines = new Lines(response, options);
  const head = await lines.word<Head>();
  const warnings = [...head.warnings];
  const last = head.tables.length - 1;
  let current = 0;

  async function* blocksOf(index: number): AsyncGenerator<readonly string[]> {
    if (index < current) throw new Error('the rows of a table can be read once');
    for (; current < index; current++) {
      for await (const _ of lines.rows());
      await lines.word<TableEnd>();
    }
    let complete = false;
    try {
      yield* lines.rows();
      await lines.word<TableEnd>();
      current = index + 1;
      if (index === last) warnings.push(...(await lines.word<Tail>()).warnings);
      complete = true;
    } finally {
      // Nobody will ask for the rest: the server is not to go on with it.
      if (!complete && index === last) response.destroy();
    }
  }

  if (last < 0) warnings.push(...(await lines.word<Tail>()).warnings);
  const tables = head.tables.map(
    (table, index): ResultTable => ({ ...table, visualization: table.visualization, blocks: blocksOf(index) }),
  );
  return { tables, warnings };
}

/** The lines of an answer: rows, which begin with a bracket, and words, which are objects. */
class Lines {
  readonly #pieces: AsyncGenerator<string[]>;
  readonly #options: ReadOptions;
  #pending: string[] = [];

  constructor(response: IncomingMessage, options: ReadOptions) {
    this.#pieces = linesIn(response);
    this.#options = options;
  }

  /** The next line, which must be a word. Throws the error that it may say. */
  async word<T>(): Promise<T> {
    const text = (await this.#some()).shift() as string;
    const said = JSON.parse(text) as T & { readonly error?: unknown };
    if (said.error === undefined) return said;
    throw fromWire(said) ?? this.#options.broken(`an error that this program does not know: ${text}`);
  }

  /** The rows up to the next word, a block for each piece that arrives. */
  async *rows(): AsyncGenerator<readonly string[]> {
    for (;;) {
      const lines = await this.#some();
      const word = lines.findIndex((line) => !line.startsWith('['));
      const count = word < 0 ? lines.length : word;
      if (count > 0) yield lines.splice(0, count);
      if (word >= 0) return;
    }
  }

  /** The lines at hand; waits for more where there are none. */
  async #some(): Promise<string[]> {
    const { signal, broken } = this.#options;
    try {
      while (this.#pending.length === 0) {
        const next = await this.#pieces.next();
        if (next.done) throw broken('its answer ended too early');
        this.#pending = next.value;
      }
      return this.#pending;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw error instanceof MailhuntError ? error : broken('the connection was lost', error);
    }
  }
}

/** The whole lines of each piece that arrives. */
async function* linesIn(response: IncomingMessage): AsyncGenerator<string[]> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const piece of response as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
}
