import { MailhuntError } from '../../errors/index.ts';
import {
  type Description,
  describeRule,
  lintRules,
  type Rule,
  readRules,
  ruleMarkdown,
  type Standing,
  testRules,
} from '../../rules/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless, harmlessJson } from '../harmless.ts';
import { packFolder } from './pack-folder.ts';
import { reportProblems } from './problems.ts';
import { rulesNamed } from './rules-named.ts';

/** `mailhunt rules show`: all that is known of a rule. */
export const show: Command = {
  usage: 'rules show NAME|PATH… [--no-prove] [--format text|json]',
  summary:
    'Shows a rule as a page: hypothesis, query, what it needs, false positives, response, proof, what it leaves unsaid.',
  help: `  NAME|PATH…         the name of a rule that comes with mailhunt, or of its file, or part of either; or files with rules
  --no-prove         does not run its tests
  --format F         text (default; Markdown) or json
`,
  example: 'rules show dmarc-failure-delivered',
  options: { format: { type: 'string', default: 'text' }, 'no-prove': { type: 'boolean' } },
  positionals: 100,
  run,
};

const writers: Readonly<Record<string, (description: Description) => string>> = {
  text: (description) => `${ruleMarkdown(description).split('\n').map(harmless).join('\n')}\n`,
  json: (description) => `${harmlessJson(JSON.stringify(withoutDocument(description)))}\n`,
};

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  const write = Object.hasOwn(writers, format) ? writers[format] : undefined;
  if (write === undefined) throw wrong(`--format ${format}: text and json are known`);
  if (call.positionals.length === 0) throw wrong('say which rule');
  const { rules, read } = await rulesNamed(call.positionals, packFolder(), (paths) =>
    readRules(paths, { signal: call.signal }),
  );
  if (rules.length === 0)
    throw wrong(`there is no rule ${call.positionals.join(', ')}: mailhunt rules list shows those that there are`);
  for (const rule of rules) {
    const standing = await standingOf(rule, call);
    await call.out.write(write(describeRule(rule, ticksFromUnixMs(call.now()), standing)));
  }
  return reportProblems(read, call.err);
}

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules show' });

/** What the linter and the tests say of a rule. */
async function standingOf(rule: Rule, { values, now, signal }: Call): Promise<Standing> {
  const { findings } = await lintRules([rule], { now: ticksFromUnixMs(now()), signal });
  const count = (severity: string): number => findings.filter((found) => found.severity === severity).length;
  const lint = { error: count('error'), warning: count('warning'), note: count('note') };
  if (values['no-prove'] === true) return { lint };
  const { proofs } = await testRules({
    paths: [rule.provenance.path],
    variations: 3,
    seed: 1,
    mutate: false,
    withHeaderForm: false,
    signal,
    stopwatch: () => performance.now(),
  });
  const verdict = proofs.find((proof) => proof.rule.name === rule.name)?.verdict;
  return verdict === undefined ? { lint } : { lint, verdict };
}

function withoutDocument(description: Description): unknown {
  const { document: _, placeOf: __, placeOfField: ___, ...rule } = description.rule;
  return { ...description, rule };
}
