import { MailhuntError } from '../../errors/index.ts';
import { type Description, describeRule, packFolder, readRules, ruleMarkdown, standingsOf } from '../../rules/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless, harmlessJson } from '../harmless.ts';
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
    const now = ticksFromUnixMs(call.now());
    const prove = call.values['no-prove'] !== true;
    const looking = { now, prove, signal: call.signal, stopwatch: () => performance.now() };
    const [standing] = await standingsOf([rule], looking);
    await call.out.write(write(describeRule(rule, now, standing)));
  }
  return reportProblems(read, call.err);
}

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules show' });

function withoutDocument(description: Description): unknown {
  const { document: _, placeOf: __, placeOfField: ___, ...rule } = description.rule;
  return { ...description, rule };
}
