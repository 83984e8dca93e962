import { extname, relative, sep } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import type { Provenance, Rule } from '../rule.ts';
import { readJsonFile, readYamlFile } from './documents.ts';
import { duplicates } from './duplicates.ts';
import { cycles } from './function-cycles.ts';
import { readKqlFile } from './kql-file.ts';
import { defaultLimits, type ReadLimits } from './limits.ts';
import { readMarkdownFile } from './markdown-file.ts';
import { readPlainFile } from './plain-file.ts';
import { looksLikeKql } from './query-lines.ts';
import { type FileContent, type FunctionFound, RuleFile } from './rule-file.ts';
import { walk } from './walk.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** @default defaultLimits */
  readonly limits?: Partial<ReadLimits>;
  /** The folder that paths in provenance and problems are relative to. @default they begin with the path as it was given */
  readonly relativeTo?: string;
  /** What is known of where all of it comes from. */
  readonly provenance?: Omit<Provenance, 'path'>;
}

/** What was read. */
export interface RulesRead {
  /** In the order of the files and of their places in them. */
  readonly rules: readonly Rule[];
  /** Functions that the queries may call. */
  readonly functions: readonly FunctionFound[];
  /** What is wrong, each with its file, line and column (RULE0001 to RULE0008). The rules of other files are there. */
  readonly problems: readonly MailhuntError[];
  /** Files that are no files of rules, and what they are. */
  readonly others: readonly { readonly path: string; readonly reason: string }[];
  /** How many files were looked into. */
  readonly files: number;
}

const readers: Readonly<Record<string, (file: RuleFile) => FileContent>> = {
  '.yaml': readYamlFile,
  '.yml': readYamlFile,
  '.json': readJsonFile,
  '.kql': readKqlFile,
  '.kusto': readKqlFile,
  '.csl': readKqlFile,
  '.md': readMarkdownFile,
  '.markdown': readMarkdownFile,
  '.txt': (file) => (looksLikeKql(file.text) ? readKqlFile(file) : { rules: [], other: 'a text without KQL' }),
};

/** Test files stand beside rules and are none. */
const TESTS = /\.test\.ya?ml$/i;

/**
 * Reads rules from files and folders, whatever format each file has. A file that cannot be read is a problem of that
 * file; nothing but `signal` ends the reading.
 *
 * @example const { rules, problems } = await readRules(['rules', 'more/hunt.yaml'])
 */
export async function readRules(paths: string | readonly string[], options: ReadOptions = {}): Promise<RulesRead> {
  const limits = { ...defaultLimits, ...options.limits };
  const rules: Rule[] = [];
  const functions: FunctionFound[] = [];
  const problems: MailhuntError[] = [];
  const others: { path: string; reason: string }[] = [];
  const seen = new Set<string>();
  const fail = (file: string, text: string) => problems.push(new MailhuntError('RULE0001', { file, text }));
  for (const given of typeof paths === 'string' ? [paths] : paths) {
    for await (const found of walk(given, options.signal)) {
      const path = shownPath(found.path, options.relativeTo);
      if ('failed' in found) fail(path, found.failed);
      if ('failed' in found || seen.has(found.path) || TESTS.test(path)) continue;
      const read = readers[extname(path).toLowerCase()];
      if (read === undefined) {
        if (found.path === given)
          fail(path, `there are no rules in files of the type ${extname(path) || 'without a dot'}`);
        continue;
      }
      if (seen.size >= limits.files) {
        fail(path, `this is more than ${limits.files} files; read fewer folders at a time`);
        break;
      }
      seen.add(found.path);
      const text = await textOf(found.path, path, limits, problems);
      if (text === undefined) continue;
      const where = { ...options.provenance, path };
      const bare = text.replace(/^\ufeff/, '');
      const file = new RuleFile(where, bare, limits, (problem) => problems.push(problem), bare !== text);
      const content = read(file);
      rules.push(...content.rules);
      functions.push(...(content.functions ?? []));
      if (content.other !== undefined) others.push({ path, reason: content.other });
    }
  }
  problems.push(...duplicates(rules), ...cycles(functions));
  return { rules, functions, problems, others, files: seen.size };
}

/**
 * The rules of a file whose text is at hand: an example, a file that is changed and not written yet.
 *
 * @param path says by its ending what the text is
 */
export function rulesOfText(path: string, text: string): Pick<RulesRead, 'rules' | 'problems'> {
  const problems: MailhuntError[] = [];
  const file = new RuleFile({ path }, text, defaultLimits, (problem) => problems.push(problem));
  const read = readers[extname(path).toLowerCase()] ?? readKqlFile;
  return { rules: read(file).rules, problems };
}

const shownPath = (path: string, base: string | undefined): string =>
  (base === undefined ? path : relative(base, path) || path).replaceAll(sep, '/');

/** The text of a file; undefined, with the problem told, where there is none. */
async function textOf(
  path: string,
  shown: string,
  limits: ReadLimits,
  problems: MailhuntError[],
): Promise<string | undefined> {
  try {
    const { size, bytes } = await readPlainFile(path, limits.fileBytes);
    if (bytes === undefined) {
      const facts = {
        file: shown,
        line: 1,
        column: 1,
        what: `the file has ${size} bytes`,
        limit: `${limits.fileBytes} bytes`,
      };
      problems.push(new MailhuntError('RULE0004', facts));
      return undefined;
    }
    const text = bytes.toString('utf8');
    const place = wrongBytes(bytes, text);
    if (place !== undefined) problems.push(new MailhuntError('RULE0008', { file: shown, ...place }));
    return place === undefined ? text : undefined;
  } catch (error) {
    problems.push(new MailhuntError('RULE0001', { file: shown, text: (error as Error).message }));
    return undefined;
  }
}

/** Where bytes stop to be UTF-8, which a NUL counts as too: such a file is UTF-16 or no text. */
function wrongBytes(bytes: Buffer, text: string) {
  const nul = text.indexOf('\0');
  if (nul < 0 && (!text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(bytes))) return undefined;
  const at = nul >= 0 ? nul : text.indexOf('\ufffd');
  return new RuleFile({ path: '' }, text, defaultLimits).placeAt(at);
}
