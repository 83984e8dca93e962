import { MailhuntError } from '../../errors/index.ts';
import { type Examination, examineRule, type Lack, packFolder, readRules, StoreFacts } from '../../rules/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless, harmlessJson } from '../harmless.ts';
import type { Output } from '../output.ts';
import { progressLine } from '../progress.ts';
import { parameterHelp, parameterOption, parametersOf } from '../query-parameters.ts';
import { openSession } from '../store-session.ts';
import { reportProblems } from './problems.ts';
import { rulesNamed } from './rules-named.ts';

/** `mailhunt rules doctor`: whether a store has what rules need. */
export const doctor: Command = {
  usage: 'rules doctor [NAME|PATH…] [--param NAME=VALUE] [--format table|json]',
  summary:
    'Compares what rules need with what the store has, and says what to do about the rest; 1 where something lacks.',
  help: `  NAME|PATH…         names of rules that come with mailhunt, or files and folders (default: all that come with it)
${parameterHelp}  --format F         table (default) or json

  ready: nothing is missing. partly: it runs, and something that it asks is not there. not: it cannot find anything.
`,
  example: 'rules doctor dmarc-failure-delivered',
  options: { format: { type: 'string', default: 'table' }, ...parameterOption },
  positionals: 10_000,
  run,
};

type Write = (found: readonly Examination[], call: Call) => Promise<void>;

const writers: Readonly<Record<string, Write>> = { table: writeText, json: writeJson };

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules doctor' });

async function run(call: Call): Promise<ExitCode> {
  const { values, positionals, signal, settings } = call;
  const format = String(values.format);
  const write = Object.hasOwn(writers, format) ? writers[format] : undefined;
  if (write === undefined) throw wrong(`--format ${format}: ${Object.keys(writers).join(', ')} are known`);
  const parameters = parametersOf(call, 'rules doctor');
  const { rules, read } = await rulesNamed(positionals, packFolder(), (paths) => readRules(paths, { signal }));
  if (rules.length === 0 && read.problems.length === 0) throw wrong(`there is no rule ${positionals.join(', ')}`);
  const now = ticksFromUnixMs(call.now());
  await using session = await openSession(call);
  const line = progressLine(call.err, () => performance.now());
  const facts = await StoreFacts.of(session, { now, signal });
  const means = { facts, now, functions: read.functions, parameters, retentionDays: settings.retention_days };
  const found: Examination[] = [];
  for (const [i, rule] of rules.entries()) {
    line.show(`${i + 1} of ${rules.length} ${rule.name}`);
    found.push(await examineRule(rule, means).finally(line.clear));
    signal.throwIfAborted();
  }
  await write(found, call);
  const problems = await reportProblems(read, call.err);
  return found.some(({ state }) => state !== 'ready') ? 1 : problems;
}

async function writeText(found: readonly Examination[], { out }: Call): Promise<void> {
  for (const { rule, state, lacks } of found) {
    const lines = lacks.filter(({ weight }) => weight !== 'hint').map(lackLine);
    await out.write(`${state.padEnd(7)} ${harmless(rule.name)}\n${lines.join('')}`);
  }
  await writeAdvice(found, out);
  const count = (state: string): number => found.filter((one) => one.state === state).length;
  await out.write(`\n${count('ready')} ready, ${count('partly')} partly, ${count('not')} not\n`);
}

function lackLine({ text, place }: Lack): string {
  const at = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
  return `        ${harmless(text)}${at}\n`;
}

/** What to do, each thing once: what keeps rules from finding anything comes first. */
async function writeAdvice(found: readonly Examination[], out: Output): Promise<void> {
  for (const [weight, heading] of headings) {
    const counts = new Map<string, number>();
    for (const { lacks } of found)
      for (const advice of new Set(lacks.filter((one) => one.weight === weight).map((one) => one.advice)))
        counts.set(advice, (counts.get(advice) ?? 0) + 1);
    if (counts.size > 0) await out.write(`\n${heading}\n`);
    for (const [advice, count] of [...counts].toSorted(([, a], [, b]) => b - a))
      await out.write(`        ${harmless(advice)} (${count} ${count === 1 ? 'rule' : 'rules'})\n`);
  }
}

const headings: readonly (readonly [Lack['weight'], string])[] = [
  ['stops', 'To find anything'],
  ['weakens', 'To find all'],
  ['hint', 'Lists that are empty: what they would leave out or add is not left out, not added'],
];

async function writeJson(found: readonly Examination[], { out }: Call): Promise<void> {
  const objects = found.map(({ rule, state, lacks }) =>
    JSON.stringify({ name: rule.name, id: rule.id, path: rule.provenance.path, state, lacks }),
  );
  await out.write(`[\n${objects.map((text) => `  ${harmlessJson(text)}`).join(',\n')}\n]\n`);
}
