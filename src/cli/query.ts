import { MailhuntError, placeOf } from '../errors/index.ts';
import type { Warning } from '../kql/index.ts';
import { ticksFromUnixMs } from '../values/index.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { located, type Source } from './error-text.ts';
import { formats } from './formats.ts';
import { harmless } from './harmless.ts';
import { parameterHelp, parameterOption, parametersOf } from './query-parameters.ts';
import { queryText } from './query-text.ts';
import { openSession } from './store-session.ts';

/** `mailhunt query`: runs a KQL query and prints its rows. */
export const query: Command = {
  usage: 'query [FILE] [-e KQL] [--format table|json|jsonl|csv] [--param NAME=VALUE]',
  summary: 'Runs a KQL query, from a file, from standard input (-) or as given, and prints the rows.',
  help: `  -e KQL             the query itself
  --format F         table (default), json, jsonl or csv; csv is as the data is: a spreadsheet that opens it
                     takes a cell that begins with = + - @ for a formula, so import it as text
${parameterHelp}`,
  example: `query -e 'EmailEvents | summarize count() by DeliveryAction' --format csv`,
  options: { e: { type: 'string', short: 'e' }, format: { type: 'string', default: 'table' }, ...parameterOption },
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (write === undefined) {
    const text = `--format ${format}: ${Object.keys(formats).join(', ')} are known`;
    throw new MailhuntError('CLI0001', { text, command: 'query' });
  }
  const parameters = parametersOf(call, 'query');
  const source = await queryText(call, 'query');
  await using session = await openSession(call);
  try {
    const options = { now: ticksFromUnixMs(call.now()), parameters, signal: call.signal };
    const answer = await session.query(source.text, options);
    for (const warning of answer.warnings) await call.err.write(warningText(warning, source));
    for (const table of answer.tables) await write(table, call.out);
  } catch (error) {
    throw located(error, source);
  }
  return 0;
}

/** A warning in one line. */
export function warningText({ code, message, span }: Warning, source: Source): string {
  const place = span === undefined ? undefined : placeOf(source.text, span.start);
  const at = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
  return `${code}: ${harmless(message)}${at}\n`;
}
