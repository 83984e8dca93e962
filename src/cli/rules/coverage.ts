import { MailhuntError } from '../../errors/index.ts';
import type { ResultTable } from '../../kql/index.ts';
import {
  type Covered,
  coverageOf,
  navigatorLayer,
  packFolder,
  type Rule,
  readRules,
  verdictsOf,
} from '../../rules/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { formats } from '../formats.ts';
import { progressLine } from '../progress.ts';
import { reportProblems } from './problems.ts';

/** `mailhunt rules coverage`: which techniques rules look for. */
export const coverage: Command = {
  usage: 'rules coverage [PATH…] [--prove] [--format table|json|navigator]',
  summary: 'Shows which ATT&CK techniques the rules look for, as a table or a layer of the ATT&CK Navigator.',
  help: `  PATH…              files and folders with rules (default: the rules that come with mailhunt)
  --prove            also runs their tests and says how many are proved
  --format F         table (default), json or navigator
`,
  example: 'rules coverage --format navigator > layer.json',
  options: { format: { type: 'string', default: 'table' }, prove: { type: 'boolean' } },
  positionals: Number.POSITIVE_INFINITY,
  run,
};

type Write = (covered: readonly Covered[], call: Call) => Promise<void>;

const writers: Readonly<Record<string, Write>> = {
  table: (covered, { out }) => formats.table!(tableOf(covered, false), out),
  json: (covered, { out }) => formats.json!(tableOf(covered, true), out),
  navigator: (covered, { out }) => out.write(navigatorLayer(covered, 'mailhunt rules')),
};

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  const write = Object.hasOwn(writers, format) ? writers[format] : undefined;
  if (write === undefined) {
    const text = `--format ${format}: ${Object.keys(writers).join(', ')} are known`;
    throw new MailhuntError('CLI0001', { text, command: 'rules coverage' });
  }
  const paths = call.positionals.length > 0 ? call.positionals : [packFolder()];
  const read = await readRules(paths, { signal: call.signal });
  const isProved = call.values.prove === true ? await proofOf(read.rules, call) : undefined;
  await write(coverageOf(read.rules, isProved), call);
  return reportProblems(read, call.err);
}

/** Whether the tests of a rule hold, as they are written. */
async function proofOf(rules: readonly Rule[], { err, signal }: Call): Promise<(rule: Rule) => boolean> {
  const line = progressLine(err, () => performance.now());
  const running = { signal, stopwatch: () => performance.now(), progress: line.show };
  const verdictOf = await verdictsOf(rules, 1, running).finally(line.clear);
  return (rule) => verdictOf(rule) === 'proved';
}

const tableOf = (covered: readonly Covered[], asLists: boolean): ResultTable => ({
  name: 'coverage',
  columns: ['Tactic', 'Technique', 'Name', 'Count', 'Proved', 'Rules'].map((name) => ({ name, type: 'string' })),
  blocks: (async function* () {
    yield covered.map(({ tactic, technique, name, rules, proved }) =>
      JSON.stringify([
        tactic,
        technique,
        name,
        String(rules.length),
        proved === undefined ? '' : String(proved),
        asLists ? rules : rules.join('; '),
      ]),
    );
  })(),
  visualization: undefined,
  sql: '',
});
