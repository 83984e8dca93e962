import { writeFile } from 'node:fs/promises';
import { format } from '../kql/index.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { located } from './error-text.ts';
import { queryText } from './query-text.ts';

/** `mailhunt fmt`: lays a query out as Microsoft's formatter does. */
export const fmt: Command = {
  usage: 'fmt [FILE] [-e KQL] [--write | --check]',
  summary: 'Lays a KQL query out as Microsoft’s formatter does, and prints it.',
  help: `  -e KQL             the query itself
  --write            writes the file instead of printing
  --check            prints nothing; ends with 1 where the file is laid out otherwise
`,
  example: `fmt -e 'EmailEvents|where Timestamp>ago(1d)|count'`,
  options: { e: { type: 'string', short: 'e' }, write: { type: 'boolean' }, check: { type: 'boolean' } },
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const source = await queryText(call, 'fmt');
  const text = formatted(source);
  if (call.values.check === true) return text === source.text ? 0 : 1;
  const [file] = call.positionals;
  if (call.values.write !== true || file === undefined || file === '-') await call.out.write(text);
  else if (text !== source.text) await writeFile(file, text);
  return 0;
}

/** Ends in one line break, as files do. */
function formatted(source: { name: string; text: string }): string {
  try {
    return `${format(source.text).trimEnd()}\n`;
  } catch (error) {
    throw located(error, source);
  }
}
