import { MailhuntError } from '../../errors/index.ts';
import type { Held } from '../../gateway/index.ts';
import type { ResultTable } from '../../kql/index.ts';
import type { Column } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { formats } from '../formats.ts';
import { printedJson } from '../harmless.ts';
import { gateHelp, gateOptions, withGate } from './gate-control.ts';
import { heldIn } from './ids-in.ts';
import { attemptText, fillText, iso } from './words.ts';

const NAME = 'quarantine list';

/** `mailhunt quarantine list`: what the gate keeps. */
export const list: Command = {
  usage: 'quarantine list [--format table|json] [--gateway FILE]',
  summary: 'Lists the messages in quarantine, the newest first: from whom, to whom, by which rule, until when.',
  help: `  --format F         table (default) or json
${gateHelp}`,
  example: 'quarantine list --format json',
  options: { format: { type: 'string', default: 'table' }, ...gateOptions },
  positionals: 0,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  if (!['table', 'json'].includes(format))
    throw new MailhuntError('CLI0001', { text: `--format ${format}: table, json are known`, command: NAME });
  const held: Held[] = [];
  await withGate(call, NAME, async (control) => {
    for await (const one of heldIn(control)) held.push(one);
    const note = fillText((await control.status()).quarantine);
    if (note !== '') await call.err.write(`${note}\n`);
  });
  if (format === 'json') await call.out.write(printedJson(held.map(plain)));
  else if (held.length === 0) await call.out.write('There are no messages in quarantine.\n');
  else await formats.table!(tableOf(held), call.out);
  return 0;
}

/** Times as programs read them. */
const plain = (held: Held) => ({ ...held, at: iso(held.at), until: iso(held.until) });

const columns: readonly Column[] = [
  { name: 'Id', type: 'string' },
  { name: 'Time', type: 'datetime' },
  { name: 'From', type: 'string' },
  { name: 'To', type: 'string' },
  { name: 'Subject', type: 'string' },
  { name: 'Rule', type: 'string' },
  { name: 'Until', type: 'datetime' },
  { name: 'Note', type: 'string' },
];

/** Recipients that a line names. */
const NAMED = 3;

function cellsOf(held: Held): readonly string[] {
  const { id, at, from, mailFrom, recipients, subject, rule, until } = held;
  const others = recipients.length > NAMED ? ` and ${recipients.length - NAMED} more` : '';
  const to = recipients.slice(0, NAMED).join(', ') + others;
  return [id, iso(at), from || `<${mailFrom}>`, to, subject, rule, iso(until), attemptText(held)];
}

/** Without the last column where there is nothing to note. */
function tableOf(all: readonly Held[]): ResultTable {
  const shown = all.some((held) => attemptText(held) !== '') ? columns : columns.slice(0, -1);
  return {
    name: 'quarantine',
    columns: shown,
    blocks: (async function* () {
      yield all.map((held) => JSON.stringify(cellsOf(held).slice(0, shown.length)));
    })(),
    visualization: undefined,
    sql: '',
  };
}
