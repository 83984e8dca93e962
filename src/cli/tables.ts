import { MailhuntError } from '../errors/index.ts';
import type { ResultTable } from '../kql/index.ts';
import { formatDatetime } from '../values/index.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { formats } from './formats.ts';
import { openSession } from './store-session.ts';

/** `mailhunt tables`: the tables of the store. */
export const tables: Command = {
  usage: 'tables [--all] [--format table|json|jsonl|csv]',
  summary: 'Shows the tables that hold rows: how many, from when to when.',
  help: `  --all              the empty ones too
  --format F         table (default), json, jsonl or csv
`,
  example: 'tables --all',
  options: { all: { type: 'boolean' }, format: { type: 'string', default: 'table' } },
  positionals: 0,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (write === undefined) {
    throw new MailhuntError('CLI0001', { text: `--format ${format} is unknown`, command: 'tables' });
  }
  await using session = await openSession(call);
  const summary = await session.summary();
  const date = (ticks: bigint | null): string | null => (ticks === null ? null : formatDatetime(ticks));
  const rows = summary
    .filter(({ rows }) => rows > 0 || call.values.all === true)
    .map(({ name, rows, from, to }) => JSON.stringify([name, rows, date(from), date(to)]));
  await write(tableOf(rows), call.out);
  if (rows.length === 0) await call.err.write('The store is empty. Fill it: mailhunt ingest FILE…\n');
  return 0;
}

const tableOf = (rows: readonly string[]): ResultTable => ({
  name: 'tables',
  columns: [
    { name: 'Table', type: 'string' },
    { name: 'Rows', type: 'long' },
    { name: 'From', type: 'datetime' },
    { name: 'To', type: 'datetime' },
  ],
  blocks: (async function* () {
    yield rows;
  })(),
  visualization: undefined,
  sql: '',
});
