import type { IncomingMessage } from 'node:http';
import type { MailhuntError } from '../../errors/index.ts';
import type { Answer, ResultTable, Warning } from '../../kql/index.ts';
import { fromWire, type Head, type TableEnd, type Tail } from './wire.ts';

/** Builds the error for an answer that ends too early. */
type Broken = (text: string, cause?: unknown) => MailhuntError;

/** Reads lines in blocks, one for each piece that arrives. */
async function* lineBlocks(response: IncomingMessage): AsyncGenerator<string[]> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const piece of response as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}

/**
 * The answer that travels in lines (see `wire.ts`). Its tables are read in order from one connection: reading one passes
 * over what is left of those before it. Warnings met while the query ran are added to the list at the end.
 */
export async function readAnswer(response: IncomingMessage, broken: Broken, signal?: AbortSignal): Promise<Answer> {
  const blocks = lineBlocks(response);
  let pending: string[] = [];
  let current = 0;
  const warnings: Warning[] = [];

  const fill = async (): Promise<void> => {
    try {
      while (pending.length === 0) {
        const next = await blocks.next();
        if (next.done) throw broken('its answer ended too early');
        pending = next.value;
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw error instanceof Error && error.name === 'MailhuntError' ? error : broken('the connection was lost', error);
    }
  };

  /** The next line that is no row: what it says. Errors are thrown. */
  const word = async <T>(): Promise<T> => {
    await fill();
    const said: unknown = JSON.parse(pending.shift() as string);
    const error = fromWire(said);
    if (error) throw error;
    return said as T;
  };

  /** Up to the next line that is no row. */
  async function* rows(): AsyncGenerator<readonly string[]> {
    for (;;) {
      await fill();
      const stop = pending.findIndex((line) => !line.startsWith('['));
      const block = stop < 0 ? pending : pending.slice(0, stop);
      pending = stop < 0 ? [] : pending.slice(stop);
      const full = block.filter((line) => line !== '');
      if (full.length > 0) yield full;
      if (stop < 0) continue;
      if (pending[0] === '') pending.shift();
      else return;
    }
  }

  const head = await word<Head>();
  warnings.push(...head.warnings);

  async function* tableRows(index: number): AsyncGenerator<readonly string[]> {
    if (index < current) throw new Error('the rows of a table can be read once');
    for (; current < index; current++) {
      for await (const _ of rows());
      await word<TableEnd>();
    }
    yield* rows();
    await word<TableEnd>();
    current = index + 1;
    if (current === head.tables.length) warnings.push(...(await word<Tail>()).warnings);
  }

  const tables = head.tables.map(
    (table, index): ResultTable => ({
      ...table,
      visualization: table.visualization,
      blocks: closing(tableRows(index), () => index === head.tables.length - 1 && response.destroy()),
    }),
  );
  if (tables.length === 0) warnings.push(...(await word<Tail>()).warnings);
  return { tables, warnings };
}

/** The same blocks; who stops reading early also runs `stop`, so that the server does not go on for nobody. */
async function* closing<T>(blocks: AsyncGenerator<T>, stop: () => void): AsyncGenerator<T> {
  let done = false;
  try {
    yield* blocks;
    done = true;
  } finally {
    if (!done) stop();
  }
}
