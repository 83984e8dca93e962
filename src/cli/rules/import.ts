import { join } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import { type Change, changeKinds, type Imported, importFeed, rssOf, writeWhole } from '../../rules/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless, printedJson } from '../harmless.ts';
import { reportProblems } from './problems.ts';

/** `mailhunt rules import`: follows somebody's repository of rules. */
export const importRules: Command = {
  usage: 'rules import FOLDER [--into DIR] [--name NAME] [--rss FILE] [--format text|json]',
  summary:
    'Reads a checkout of a repository of rules and says what is new, changed, moved or gone since the last time.',
  help: `  FOLDER             the checkout, or any folder with rules
  --into DIR         where feeds are kept (default: rules/feeds in the store)
  --name NAME        what the feed is called (default: after its repository, or the folder)
  --rss FILE         writes what the last imports found as an RSS feed too
  --format F         text (default) or json
`,
  example: 'rules import ~/checkouts/Sentinel-Queries --rss rules.xml',
  options: {
    into: { type: 'string' },
    name: { type: 'string' },
    rss: { type: 'string' },
    format: { type: 'string', default: 'text' },
  },
  positionals: 1,
  run,
};

const NAME = /^\w[\w.-]{0,99}$/;
/** What cannot be read; other problems are of rules that were read. */
const isUnread = (code: string): boolean => ['RULE0001', 'RULE0002', 'RULE0004', 'RULE0008'].includes(code);

async function run(call: Call): Promise<ExitCode> {
  const { values, positionals, signal } = call;
  const [folder] = positionals;
  const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules import' });
  if (folder === undefined) throw wrong('give a folder, for example a checkout of a repository of rules');
  const format = String(values.format);
  if (format !== 'text' && format !== 'json') throw wrong(`--format ${format} is unknown`);
  const name = typeof values.name === 'string' ? values.name : undefined;
  if (name !== undefined && !NAME.test(name)) throw wrong('--name takes letters, digits, dots, - and _');
  const into = typeof values.into === 'string' ? values.into : join(call.store, 'rules', 'feeds');
  const imported = await importFeed(folder, { into, now: call.now(), signal, ...(name === undefined ? {} : { name }) });
  if (typeof values.rss === 'string') await writeWhole(values.rss, rssOf(imported.feed));
  await call.out.write(format === 'json' ? jsonOf(imported) : textOf(imported));
  const unread = imported.read.problems.filter(({ code }) => isUnread(code));
  if (format === 'text') await reportProblems({ problems: unread }, call.err);
  return unread.length > 0 ? 1 : 0;
}

function jsonOf({ feed, file, isFirst, changes, read, kept }: Imported): string {
  const { name, repository, commit, importedAt, rules } = feed;
  const problems = read.problems.map(({ code, message, advice, facts }) => ({ code, message, advice, facts }));
  const shown = { name, repository, commit, importedAt, file, isFirst, files: read.files, rules: rules.length };
  return printedJson({ ...shown, changes, kept, problems, notRules: read.others });
}

/** More changes than this are counted and not listed: a first import is all of them. */
const LISTED = 100;
const signs = { new: '+', changed: '~', moved: '>', gone: '-' } as const;

function textOf({ feed, isFirst, changes, read, kept }: Imported): string {
  const at = feed.commit === undefined ? '' : ` at ${feed.commit.slice(0, 12)}`;
  const from = harmless(feed.repository ?? feed.name);
  const lines = [`${from}${at}: ${counted(read.rules.length, 'rule')} in ${counted(read.files, 'file')}`];
  const counts = changeKinds.map((kind) => `${changes.filter((change) => change.kind === kind).length} ${kind}`);
  lines.push(isFirst ? '  the first import of this feed' : `  ${counts.join(', ')}`);
  if (!isFirst) lines.push(...changes.slice(0, LISTED).flatMap(linesOf));
  if (!isFirst && changes.length > LISTED) lines.push(`  and ${changes.length - LISTED} more; --format json lists all`);
  const doubles = read.problems.filter(({ code }) => !isUnread(code)).length;
  if (doubles > 0) lines.push(`  ${counted(doubles, 'remark')} on rules that were read; --format json lists them`);
  for (const [reason, count] of reasons(read.others))
    lines.push(`  no rules in ${counted(count, 'file')}: ${harmless(reason)}`);
  if (kept.length > 0)
    lines.push(`  ${counted(kept.length, 'file')} could not be read; what was in them before is kept`);
  return `${lines.join('\n')}\n`;
}

function linesOf({ kind, path, name, before, diff }: Change): string[] {
  const where = before === undefined ? path : `${before} -> ${path}`;
  const told = kind === 'changed' && diff === '' ? ' (not its query)' : '';
  const lines = diff ? diff.split('\n') : [];
  return [
    `  ${signs[kind]} ${harmless(name)}${told}`,
    `      ${harmless(where)}`,
    ...lines.map((line) => `      ${harmless(line)}`),
  ];
}

function reasons(others: Imported['read']['others']): [string, number][] {
  const counts = new Map<string, number>();
  for (const { reason } of others) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
