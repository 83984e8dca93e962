import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, parse, resolve } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import { type RulesRead, readRules } from '../read/read-rules.ts';
import type { Rule } from '../rule.ts';
import { changesBetween, type Pair, paired } from './compare.ts';
import { type Change, type Feed, type FeedRule, HISTORY, type PastChange } from './feed.ts';
import { readFeed, writeWhole } from './feed-file.ts';
import { gitOrigin } from './git-origin.ts';

export interface ImportOptions {
  /** Where feeds are kept. */
  readonly into: string;
  /** What the feed is called. @default after its repository, or its folder */
  readonly name?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/** What an import did. */
export interface Imported {
  readonly feed: Feed;
  /** The file that holds it. */
  readonly file: string;
  /** True where there was no feed of that name before. */
  readonly isFirst: boolean;
  readonly changes: readonly Change[];
  readonly read: RulesRead;
  /** Paths of rules that were there before and stay, as their file could not be read this time. */
  readonly kept: readonly string[];
}

/**
 * Reads the rules of a folder, mostly a checkout of somebody's repository, and tells what happened to them since it was
 * imported last. The feed is written when all is read; until then, and where the import ends early, the old one stays.
 *
 * @throws MailhuntError RULE0001 where the folder is none, RULE0010 where the feed's file cannot be read or written; the
 * signal's reason
 */
export async function importFeed(folder: string, options: ImportOptions): Promise<Imported> {
  await looked(folder);
  const { root, ...origin } = await gitOrigin(folder);
  const at = new Date(options.now).toISOString();
  const name = options.name ?? feedName(origin.repository, folder);
  const file = join(options.into, `${name}.json`);
  const before = await readFeed(file);
  const { signal } = options;
  const provenance = { ...origin, retrievedAt: at };
  const read = await readRules(folder, { ...(signal && { signal }), relativeTo: root ?? folder, provenance });
  const unread = unreadable(read.problems);
  const kept = (before?.rules ?? []).filter(({ path }) => isBelow(path, unread));
  const old = (before?.rules ?? []).filter((rule) => !kept.includes(rule));
  const fresh = read.rules
    .filter(({ provenance }) => !isBelow(provenance.path, unread))
    .map((rule) => entryOf(rule, at));
  const pairs = paired(old, fresh);
  const changes = changesBetween(old, fresh, pairs);
  const feed: Feed = {
    version: 1,
    name,
    ...origin,
    importedAt: at,
    rules: [...aged(fresh, pairs), ...kept],
    history: [...pastChanges(name, before, changes, at, origin.commit, fresh.length), ...(before?.history ?? [])].slice(
      0,
      HISTORY,
    ),
  };
  signal?.throwIfAborted();
  await writeWhole(file, `${JSON.stringify(feed, null, 1)}\n`);
  return { feed, file, isFirst: before === undefined, changes, read, kept: [...new Set(kept.map(({ path }) => path))] };
}

/** A folder that is not there is a mistake of the person's, and no feed whose rules are all gone. */
async function looked(folder: string): Promise<void> {
  const fail = (text: string) => new MailhuntError('RULE0001', { file: folder, text });
  const about = await stat(folder).catch((error: Error) => {
    throw fail(error.message);
  });
  if (!about.isDirectory()) throw fail('it is no folder');
}

/** `Azure-Azure-Sentinel`, or the folder's name; a name that a file can have. */
function feedName(repository: string | undefined, folder: string): string {
  const words = repository === undefined ? basename(resolve(folder)) : new URL(repository).pathname.slice(1);
  return (
    words
      .replaceAll(/[^\w.-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 100) || 'rules'
  );
}

/** Files and folders of which nothing is known this time. */
function unreadable(problems: readonly MailhuntError[]): string[] {
  const codes = ['RULE0001', 'RULE0002', 'RULE0004', 'RULE0008'];
  return problems
    .filter(({ code }) => codes.includes(code))
    .map(({ facts }) => String((facts as { file: string }).file));
}

const isBelow = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

function entryOf(rule: Rule, at: string): FeedRule {
  const { id, name, format, query, provenance } = rule;
  return {
    path: provenance.path,
    ...(id === undefined ? {} : { id }),
    name,
    format,
    query,
    hash: hashOf(rule),
    firstSeen: at,
    lastChanged: at,
    ...(provenance.commit === undefined ? {} : { commit: provenance.commit }),
  };
}

/** All that a rule says, wherever it stands: neither its path counts nor a name that is the file's. */
function hashOf({ format, document, provenance, placeOf, placeOfField, ...said }: Rule): string {
  const isDocument = format === 'sentinel' || format === 'defender';
  const name = said.name.startsWith(parse(provenance.path).name) ? '' : said.name;
  const content = isDocument ? { format, document } : { format, ...said, name };
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Dates and commits of the rules that were there before and are as they were. */
function aged(rules: readonly FeedRule[], pairs: readonly Pair[]): FeedRule[] {
  const olds = new Map(pairs.map(({ before, now }) => [now, before]));
  return rules.map((rule) => {
    const old = olds.get(rule);
    if (old === undefined) return rule;
    const { firstSeen, lastChanged, commit } = old;
    if (old.hash !== rule.hash) return { ...rule, firstSeen };
    return { ...rule, firstSeen, lastChanged, ...(commit === undefined ? {} : { commit }) };
  });
}

/** What feed readers are told. The first import is one entry: it would be all rules. */
function pastChanges(
  feed: string,
  before: Feed | undefined,
  changes: readonly Change[],
  at: string,
  commit: string | undefined,
  rules: number,
): PastChange[] {
  const first: Change = { kind: 'new', path: '', name: `${rules} rules: the first import` };
  return (before === undefined ? [first] : changes).map((change) => {
    const { kind, path, name } = change;
    const guid = createHash('sha256')
      .update(JSON.stringify([feed, at, kind, path, name, change.id]))
      .digest('hex');
    return { ...change, at, guid: `mailhunt:${guid.slice(0, 32)}`, ...(commit === undefined ? {} : { commit }) };
  });
}
