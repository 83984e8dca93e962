import { MailhuntError } from '../../errors/index.ts';
import { packFolder, runAsJson, runAsJUnit, type TestRun, tallyOf, testRules } from '../../rules/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmlessJsonLines } from '../harmless.ts';
import { progressLine } from '../progress.ts';
import { testReport } from './test-report.ts';

/** `mailhunt rules test`: proves rules by the tests beside them. */
export const test: Command = {
  usage:
    'rules test [PATH…] [--variations N] [--seed N] [--mutate] [--strict] [--format table|json|junit] [--target T]',
  summary: 'Proves rules by the tests beside them: proved, unproved, failing or refused; 1 where one fails.',
  help: `  PATH               files and folders (default: the rules that come with mailhunt)
  --variations N     rounds of each test: the cases as written, then with other names, addresses and subjects (20)
  --seed N           other random choices (1)
  --mutate           also changes each query, one small thing at a time, and names the changes that no test notices
  --strict           an unproved rule counts as failing
  --format F         table (default), json or junit
  --target T         whose AuthenticationDetails the mail has: defender (default), sentinel, or mailhunt, which
                     holds the words of the header too
`,
  example: 'rules test rules/ --variations 5',
  options: {
    variations: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    mutate: { type: 'boolean' },
    strict: { type: 'boolean' },
    format: { type: 'string', default: 'table' },
    target: { type: 'string', default: 'defender' },
  },
  positionals: 10_000,
  run,
};

type Write = (run: TestRun, strict: boolean, call: Call) => Promise<void>;

const formats: Readonly<Record<string, Write>> = {
  table: (found, strict, { out }) => testReport(found, strict, out),
  json: (found, _, { out }) => out.write(`${harmlessJsonLines(runAsJson(found))}\n`),
  junit: (found, strict, { out }) => out.write(runAsJUnit(found, { strict })),
};

const targets = ['defender', 'sentinel', 'mailhunt'];

async function run(call: Call): Promise<ExitCode> {
  const { values, positionals, signal } = call;
  const write = known('format', String(values.format), Object.keys(formats));
  const target = known('target', String(values.target), targets);
  const line = progressLine(call.err, () => performance.now());
  const strict = values.strict === true;
  const found = await testRules({
    paths: positionals.length > 0 ? positionals : [packFolder()],
    variations: wholeOption(call, 'variations', 1, 10_000),
    seed: wholeOption(call, 'seed', 0, 2 ** 31 - 1),
    mutate: values.mutate === true,
    withHeaderForm: target === 'mailhunt',
    signal,
    stopwatch: () => performance.now(),
    progress: line.show,
    ...(values.now === undefined ? {} : { now: call.now() }),
  }).finally(line.clear);
  await formats[write]!(found, strict, call);
  const { failing, refused, unproved } = tallyOf(found.proofs);
  return failing + refused + found.problems.length + (strict ? unproved : 0) > 0 ? 1 : 0;
}

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules test' });

function known(option: string, value: string, names: readonly string[]): string {
  if (names.includes(value)) return value;
  throw wrong(`--${option} ${value}: ${names.join(', ')} are known`);
}

function wholeOption({ values }: Call, name: string, low: number, high: number): number {
  const text = String(values[name]);
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw wrong(`--${name} ${text}: give a whole number from ${low} to ${high}`);
}
