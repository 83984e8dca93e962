import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { MailhuntError } from '../../../errors/index.ts';
import {
  describeRule,
  type LintReport,
  lintRules,
  namedTables,
  type Rule,
  readRules,
  rulesOfText,
  runAsJson,
  testRules,
} from '../../../rules/index.ts';
import type { TaskMeans, TaskWork } from '../../threads/index.ts';
import type { CardFinding } from './rule-card.ts';
import type { BareCard, RuleFolder, RuleTasks } from './rule-task.ts';

/** What the thread does for each task; see {@link RuleTasks}. */
export const ruleWork: TaskWork<RuleTasks> = { cards, page, lint, test };

async function cards({ folders }: { readonly folders: readonly RuleFolder[] }): Promise<RuleTasks['cards']['answer']> {
  const found = new Map<string, BareCard>();
  const problems: string[] = [];
  for (const { path, origin } of folders) {
    const read = await readRules(path);
    problems.push(...read.problems.map(({ message }) => message));
    const seen = new Map<string, { readonly file: string; count: number }>();
    const refused = new Set<string>();
    for (const rule of read.rules) {
      const file = relative(path, rule.provenance.path).split(sep).join('/');
      const stem = keyOf(file);
      const first = seen.get(stem) ?? { file, count: 0 };
      seen.set(stem, first);
      if (first.file !== file) {
        refused.add(new MailhuntError('RULE0043', { file, other: first.file, key: stem }).message);
        continue;
      }
      first.count++;
      const key = first.count === 1 ? stem : `${stem}~${first.count}`;
      found.set(key, cardOf(rule, key, origin, file));
    }
    problems.push(...refused);
  }
  return { cards: [...found.values()], problems };
}

/** The name of a rule's file without its ending, in what an address takes as it is. */
export const keyOf = (path: string): string =>
  basename(path)
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-') || createHash('sha256').update(path).digest('hex').slice(0, 12);

const cardOf = (rule: Rule, key: string, origin: BareCard['origin'], path: string): BareCard => ({
  key,
  name: rule.name,
  ...(rule.id !== undefined && { id: rule.id }),
  origin,
  path,
  kind: rule.kind,
  ...(rule.severity !== undefined && { severity: rule.severity }),
  ...(rule.version !== undefined && { version: rule.version }),
  tactics: rule.tactics,
  techniques: rule.techniques,
  tables: namedTables(rule.query),
  summary: (rule.description ?? '').trim().split(/\n\s*\n/, 1)[0] ?? '',
});

async function page({ card, name, text, tests, now }: RuleTasks['page']['ask']): Promise<RuleTasks['page']['answer']> {
  const { rules } = rulesOfText(name, text);
  const rule = rules.find((one) => one.name === card.name) ?? rules[0];
  if (rule === undefined) throw new Error(`there is no rule in ${name}`);
  const { tables, columns, watchlists, techniques, source, missing } = describeRule(rule, BigInt(now));
  return {
    ...card,
    text,
    ...(tests !== undefined && { testText: tests }),
    query: rule.query,
    description: rule.description ?? '',
    story: rule.story,
    ...(rule.schedule && { schedule: { ...rule.schedule } }),
    entityMappings: rule.entityMappings,
    connectors: tables,
    columns,
    watchlists,
    techniqueNames: Object.fromEntries(techniques.map((one) => [one.id, one.name])),
    ...(source !== undefined && { source }),
    missing,
    findings: findingsOf(await lintRules(rules, { now: BigInt(now) })),
  };
}

async function lint({ name, text, now }: RuleTasks['lint']['ask']): Promise<RuleTasks['lint']['answer']> {
  const { rules, problems } = rulesOfText(name, text);
  return {
    findings: findingsOf(await lintRules(rules, { now: BigInt(now) })),
    problems: [
      ...problems.map(({ message }) => message),
      ...(rules.length === 0 && problems.length === 0 ? ['there is no rule in this text'] : []),
    ],
  };
}

const findingsOf = ({ findings }: LintReport): CardFinding[] =>
  findings.map(({ lint: { id, name }, severity, message, place, span }) => ({
    lint: id,
    name,
    severity,
    message,
    line: place.line,
    column: place.column,
    ...(span && { span }),
  }));

/** Proves a text by the tests beside it: both are written into a folder that is gone afterwards. */
async function test(
  { name, text, tests, variations }: RuleTasks['test']['ask'],
  { tell }: TaskMeans,
): Promise<RuleTasks['test']['answer']> {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-rule-'));
  const file = join(folder, basename(name));
  try {
    await writeFile(file, text);
    if (tests !== undefined) await writeFile(file.replace(/\.[^./\\]+$/, '.test.yaml'), tests);
    const run = await testRules({
      paths: [file],
      variations,
      seed: 1,
      mutate: false,
      withHeaderForm: false,
      stopwatch: () => performance.now(),
      progress: tell,
    });
    const [proof] = run.proofs;
    const shown = runAsJson(run).replaceAll(JSON.stringify(`${folder}/`).slice(1, -1), '');
    return { run: JSON.parse(shown), verdict: proof?.verdict ?? 'refused', tests: proof?.results.length ?? 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a rule and its tests are known by: a verdict holds for exactly these texts. */
export const proofKey = (text: string, tests: string | undefined): string =>
  createHash('sha256')
    .update(text)
    .update('\0')
    .update(tests ?? '')
    .digest('hex');

/** The text of a file, undefined where there is none. */
export const textAt = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
