import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import {
  baselineText,
  defaultLimits,
  fixRules,
  type LintOptions,
  type LintReport,
  type LintTarget,
  lintRules,
  lints,
  lintTargets,
  newFindings,
  packFolder,
  queryRule,
  type Rule,
  type RulesFixed,
  readBaseline,
  readRules,
  uselessEntries,
} from '../../rules/index.ts';
import { readLintSetting } from '../../settings/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { errorText } from '../error-text.ts';
import { harmless } from '../harmless.ts';
import { writeFixed } from './lint-fixed.ts';
import { lintFormats } from './lint-formats.ts';
import { reportProblems } from './problems.ts';

/** `mailhunt rules lint`: what is wrong with rules as far as it can be known without data. */
export const lint: Command = {
  usage: 'rules lint [PATH…] [--target T] [--fix] [--format F]',
  summary: 'Finds what is wrong with rules without any data: never true, silently wrong, not deployable.',
  help: `  PATH…              files and folders with rules, - for a KQL text on standard input (default: the rules that come with mailhunt)
  --target T         where they are to run: defender, sentinel or mailhunt (default: as mailhunt.yaml says, or each where its format belongs)
  --fix              corrects in the files what can be corrected without changing results, or as the lint says
  --dry-run          with --fix: shows what would change and writes nothing
  --format F         text (default), json or sarif
  --baseline F       reports only what this file does not hold
  --write-baseline F keeps what is found now in this file
`,
  example: 'rules lint --target defender',
  options: {
    target: { type: 'string' },
    fix: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    format: { type: 'string', default: 'text' },
    baseline: { type: 'string' },
    'write-baseline': { type: 'string' },
  },
  positionals: Number.POSITIVE_INFINITY,
  run,
};

const wrongUse = (text: string): MailhuntError<'CLI0001'> =>
  new MailhuntError('CLI0001', { text, command: 'rules lint' });

async function run(call: Call): Promise<ExitCode> {
  const { values, err } = call;
  const write = Object.hasOwn(lintFormats, String(values.format)) ? lintFormats[String(values.format)] : undefined;
  if (write === undefined) throw wrongUse(`--format ${values.format} is unknown: there are text, json and sarif`);
  const options = await optionsOf(call);
  const baseline =
    typeof values.baseline === 'string' ? readBaseline(fileText(values.baseline), values.baseline) : undefined;
  const { rules, problems } = await rulesOf(call);
  const texts = new Texts();
  const fixed = values.fix === true ? await fixRules(rules, lints, options, (path) => texts.of(path)) : undefined;
  const report = fixed?.report ?? (await lintRules(rules, options));
  if (fixed !== undefined) await writeFixed(fixed, values['dry-run'] === true, err);
  for (const defect of report.defects) await err.write(`${errorText(defect)}\n`);
  for (const entry of uselessEntries(readLintSetting(call.settings.lint), report))
    await err.write(`${harmless(`mailhunt.yaml: lint: ignore: ${entry.lint} finds nothing in ${entry.rule}`)}\n`);
  if (typeof values['write-baseline'] === 'string') return keep(report, values['write-baseline'], call);
  const findings = baseline === undefined ? report.findings : newFindings(report.findings, baseline);
  const shown = { ...report, findings };
  const open = problems.filter((problem) => !isFinding(problem, report));
  const leftOut = report.suppressed.length + report.findings.length - findings.length;
  await write({ report: shown, problems: open, leftOut, texts: afterFixes(texts, fixed) }, call.out);
  const unread = await reportProblems({ problems: open }, err);
  if (report.defects.length > 0) return 3;
  return findings.some(({ severity }) => severity !== 'note') ? 1 : unread;
}

async function optionsOf({ values, settings, now, signal, err }: Call): Promise<LintOptions> {
  const { target } = values;
  if (target !== undefined && !lintTargets.includes(target as LintTarget))
    throw wrongUse(`--target ${target} is unknown: there are ${lintTargets.join(', ')}`);
  if (values['dry-run'] === true && values.fix !== true) throw wrongUse('--dry-run goes with --fix');
  const config = readLintSetting(settings.lint);
  const known = new Set(lints.map(({ id }) => id));
  const strangers = [...Object.keys(config.severities), ...config.ignore.map((entry) => entry.lint)];
  for (const id of strangers.filter((name) => !known.has(name)))
    await err.write(`${harmless(`mailhunt.yaml: lint: there is no lint ${id}`)}\n`);
  const chosen = target === undefined ? {} : { target: target as LintTarget };
  return { ...chosen, now: ticksFromUnixMs(now()), config, signal };
}

interface Given {
  readonly rules: readonly Rule[];
  readonly problems: readonly MailhuntError[];
}

/** The rules that the command names. */
async function rulesOf({ positionals, stdin, values, signal }: Call): Promise<Given> {
  const paths = positionals.length > 0 ? positionals : [packFolder()];
  if (!paths.includes('-')) return readRules(paths, { signal });
  if (paths.length > 1) throw wrongUse('give - or files, not both');
  if (values.fix === true) throw wrongUse('--fix changes files; standard input is none');
  return { rules: [queryRule(await readAll(stdin), 'standard input')], problems: [] };
}

async function readAll(stream: Call['stdin']): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    parts.push(Buffer.from(part));
    size += parts.at(-1)!.length;
    if (size > defaultLimits.fileBytes)
      throw wrongUse(`standard input has more than ${defaultLimits.fileBytes} bytes: no query has that`);
  }
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

/** A field that is wrong, an id that stands twice: where a lint says so at the same line, that is enough. */
function isFinding({ code, facts }: MailhuntError, { findings, suppressed }: LintReport): boolean {
  if (!['RULE0003', 'RULE0005', 'RULE0006'].includes(code)) return false;
  const { file, line } = facts as { readonly file?: string; readonly line?: number };
  return [...findings, ...suppressed].some(
    ({ rule, place, lint: { group } }) => group === 'file' && rule.provenance.path === file && place.line === line,
  );
}

async function keep(report: LintReport, file: string, { out }: Call): Promise<ExitCode> {
  await writeFile(file, baselineText(report.findings)).catch((cause: Error) => {
    throw new MailhuntError('LINT0003', { file, text: cause.message }, { cause });
  });
  await out.write(`${harmless(`${file} holds ${report.findings.length} findings as known.`)}\n`);
  return report.defects.length > 0 ? 3 : 0;
}

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MailhuntError('LINT0002', { file, text: (cause as Error).message }, { cause });
  }
}

/** Texts of files, read once and without byte order mark. */
class Texts {
  readonly #known = new Map<string, string | undefined>();

  of(path: string): string | undefined {
    if (!this.#known.has(path)) this.#known.set(path, readable(path));
    return this.#known.get(path);
  }
}

function readable(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch {
    // a rule from standard input, a file that went away: nothing is fixed there
    return undefined;
  }
}

/** What the files hold once the fixes are in. */
function afterFixes(texts: Texts, fixed: RulesFixed | undefined): (path: string) => string | undefined {
  const after = new Map(fixed?.files.map((file) => [file.path, file.after]));
  return (path) => after.get(path) ?? texts.of(path);
}
