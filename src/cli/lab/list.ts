import { MailhuntError } from '../../errors/index.ts';
import type { ResultTable } from '../../kql/index.ts';
import type { Case } from '../../lab/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { formats } from '../formats.ts';
import { casesOf, scenarioHelp, scenarioOptions, scenariosOf } from './scenarios.ts';

/** `mailhunt lab list`: every case and what is to come of it. */
export const list: Command = {
  usage: 'lab list [--format table|json|jsonl|csv] [--scenarios DIR]',
  summary:
    'Shows every case, harmless mail before the attack that imitates it: its verdict, and the right SMTP answer.',
  help: `  --format F         table (default), json, jsonl or csv; all but table tell more
${scenarioHelp}`,
  example: 'lab list --format json',
  options: { ...scenarioOptions, format: { type: 'string', default: 'table' } },
  positionals: 0,
  run,
};

/** What each column says of a case; `brief` ones are all that a table has room for. */
const columns: readonly { readonly name: string; readonly brief: boolean; readonly of: (one: Case) => unknown }[] = [
  { name: 'Case', brief: true, of: ({ name }) => name },
  { name: 'Nature', brief: true, of: ({ nature }) => nature },
  { name: 'Technique', brief: false, of: ({ techniques }) => techniques.join(' ') },
  { name: 'DMARC', brief: true, of: (one) => claimOf(one)?.dmarc ?? '' },
  { name: 'CompAuth', brief: true, of: (one) => compositeOf(one) },
  { name: 'SMTP', brief: true, of: ({ letters }) => letters.at(-1)?.smtp ?? '' },
  { name: 'Theme', brief: false, of: ({ theme }) => theme },
  { name: 'Scenario', brief: false, of: ({ scenario }) => scenario },
  { name: 'Twin', brief: false, of: ({ twin }) => twin },
  { name: 'Letters', brief: false, of: ({ letters }) => letters.length },
  { name: 'Story', brief: false, of: ({ story }) => story },
];

/** Of the last letter: that is what a case is about. */
const claimOf = ({ letters }: Case) => letters.at(-1)?.claim;

function compositeOf(one: Case): string {
  const claim = claimOf(one);
  return claim === undefined ? 'unchecked' : `${claim.compauth} ${claim.reason}`;
}

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (write === undefined) {
    throw new MailhuntError('CLI0001', { text: `--format ${format} is unknown`, command: 'lab list' });
  }
  const found = await scenariosOf(call);
  await write(tableOf(casesOf(found), format === 'table'), call.out);
  return found.problems.length === 0 ? 0 : 1;
}

function tableOf(cases: readonly Case[], isBrief: boolean): ResultTable {
  const shown = columns.filter(({ brief }) => brief || !isBrief);
  return {
    name: 'cases',
    columns: shown.map(({ name }) => ({ name, type: name === 'Letters' ? 'long' : 'string' })),
    blocks: (async function* () {
      yield cases.map((one) => JSON.stringify(shown.map(({ of }) => of(one))));
    })(),
    visualization: undefined,
    sql: '',
  };
}
