import { MailhuntError } from '../../../errors/index.ts';
import type { Answer } from '../../../kql/index.ts';
import type { Column } from '../../../values/index.ts';
import { splitCommand } from '../command-text.ts';
import { jsonCell, literal } from './cells.ts';
import { type Command, type CommandView, namesIn, patternOf, type Row } from './command.ts';
import { databaseCommands } from './databases.ts';
import { functionCommands, readWriteFunction } from './functions.ts';
import { otherCommands } from './others.ts';
import { tableCommands } from './tables.ts';

/** Every command that is answered. */
export const commands: readonly Command[] = [
  ...databaseCommands,
  ...tableCommands,
  ...functionCommands,
  ...otherCommands,
];

const patterns = commands.map((command) => ({ command, pattern: patternOf(command.syntax) }));

/**
 * Answers a management command. What follows a pipe is KQL over the command's rows and is run by `query`. Throws HTTP0004
 * for a command that is not in the table.
 */
export async function runCommand(
  text: string,
  view: CommandView,
  query: (text: string) => Promise<Answer>,
): Promise<Answer> {
  const write = readWriteFunction(text);
  if (write !== undefined) {
    const { check } = write;
    // Kusto too takes no function whose body does not bind
    if (check) await shifted(check.place - check.length, check.length, () => query(check.text));
    return answerOf(write.columns, await write.run(view));
  }
  const { command: said, pipe } = splitCommand(text);
  const { command, names } = find(said);
  const rows = await command.rows(view, names);
  if (pipe === undefined) return answerOf(command.columns, rows);
  const table = datatable(command.columns, rows);
  return shifted(pipe - table.length, table.length, () => query(table + text.slice(pipe)));
}

function find(text: string): { readonly command: Command; readonly names: readonly string[] } {
  for (const { command, pattern } of patterns) {
    const match = pattern.exec(text);
    if (match) return { command, names: namesIn(match.slice(1)) };
  }
  const words = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  throw new MailhuntError('HTTP0004', { command: words });
}

function answerOf(columns: readonly Column[], rows: readonly Row[]): Answer {
  const texts = rows.map((row) => `[${row.map((cell, at) => jsonCell(cell, columns[at]!.type)).join(',')}]`);
  const blocks = (async function* () {
    yield texts;
  })();
  return { tables: [{ name: 'PrimaryResult', columns, blocks, visualization: undefined, sql: '' }], warnings: [] };
}

const datatable = (columns: readonly Column[], rows: readonly Row[]): string => {
  const declared = columns.map(({ name, type }) => `${name}:${type}`).join(',');
  const cells = rows.flatMap((row) => row.map((cell, at) => literal(cell, columns[at]!.type)));
  return `datatable(${declared})[${cells.join(',')}]\n`;
};

/** Runs a query whose text begins with `length` characters that nobody wrote; errors point into the text as written. */
async function shifted(by: number, length: number, run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof MailhuntError) || !error.span || error.span.start < length) throw error;
    throw new MailhuntError(error.code, error.facts, {
      span: { ...error.span, start: error.span.start + by },
      ...(error.foreignCode !== undefined && { foreignCode: error.foreignCode }),
      cause: error,
    });
  }
}
