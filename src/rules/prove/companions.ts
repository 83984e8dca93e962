import { MailhuntError } from '../../errors/index.ts';
import { readPlainFile } from '../read/plain-file.ts';
import { walk } from '../read/walk.ts';
import type { Rule } from '../rule.ts';
import { readTests } from './test-file/read-tests.ts';
import type { KnownCases } from './test-file/setting.ts';
import type { RuleTests } from './tests.ts';

/** A rule, with the tests beside it or why they cannot be read. */
export interface Companion {
  readonly rule: Rule;
  readonly tests: RuleTests | undefined;
  readonly problem: MailhuntError | undefined;
}

/** Bytes of a file of tests. */
const MAX_BYTES = 4 * 1024 * 1024;

const TESTS = /\.test\.ya?ml$/i;

/** The path of a rule's file without its extension: its tests have the same. */
const stemOf = (path: string): string => path.replace(/\.[^./\\]+$/, '');
const stemOfTests = (path: string): string => path.replaceAll('\\', '/').replace(TESTS, '');

/**
 * Finds the tests of rules: `NAME.test.yaml` beside `NAME.yaml`. Tests without a rule are a problem of their own.
 *
 * @param paths from which the rules were read
 */
export async function companionsOf(
  rules: readonly Rule[],
  paths: readonly string[],
  cases: KnownCases,
): Promise<{ readonly companions: readonly Companion[]; readonly problems: readonly MailhuntError[] }> {
  const files = await testFiles(paths, rules);
  const companions: Companion[] = [];
  const stems = new Map<string, Rule[]>();
  for (const rule of rules) {
    const stem = stemOf(rule.provenance.path);
    stems.set(stem, [...(stems.get(stem) ?? []), rule]);
  }
  for (const [stem, together] of stems) companions.push(...(await besideOf(together, files.get(stem), cases)));
  const lonely = [...files].filter(([stem]) => !stems.has(stem));
  const problems = lonely.map(
    ([, file]) => new MailhuntError('RULE0022', { file, text: 'there is no rule beside these tests' }),
  );
  return { companions, problems };
}

/** Files of tests by the stem of their rule: below the paths, and beside rules that were named by their own path. */
async function testFiles(paths: readonly string[], rules: readonly Rule[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const beside = rules.flatMap(({ provenance: { path } }) => [`${stemOf(path)}.test.yaml`, `${stemOf(path)}.test.yml`]);
  for (const path of [...paths, ...beside]) {
    for await (const found of walk(path)) {
      if ('failed' in found || !TESTS.test(found.path)) continue;
      const stem = stemOfTests(found.path);
      if (!files.has(stem)) files.set(stem, found.path.replaceAll('\\', '/'));
    }
  }
  return files;
}

/** The rules of one file with the tests of one file. */
async function besideOf(
  rules: readonly Rule[],
  file: string | undefined,
  cases: KnownCases,
): Promise<readonly Companion[]> {
  if (file === undefined) return rules.map((rule) => ({ rule, tests: undefined, problem: undefined }));
  try {
    const documents = readTests(await textOf(file), file, cases);
    const byRule = new Map<Rule, RuleTests>();
    for (const tests of documents) {
      const rule = meantBy(tests, rules);
      if (byRule.has(rule)) wrong(file, `it has tests of ${JSON.stringify(rule.name)} twice`);
      byRule.set(rule, tests);
    }
    return rules.map((rule) => ({ rule, tests: byRule.get(rule), problem: undefined }));
  } catch (error) {
    if (!(error instanceof MailhuntError)) throw error;
    return rules.map((rule) => ({ rule, tests: undefined, problem: error }));
  }
}

function meantBy({ rule: name, path }: RuleTests, rules: readonly Rule[]): Rule {
  const [only] = rules;
  if (name === undefined && rules.length === 1) return only!;
  if (name === undefined) return wrong(path, `the file beside it has ${rules.length} rules: say which with rule: NAME`);
  const meant = rules.filter((rule) => rule.name === name || rule.id === name);
  if (meant.length === 1) return meant[0]!;
  return wrong(
    path,
    `${meant.length === 0 ? 'no rule' : 'more than one rule'} beside it is called ${JSON.stringify(name)}`,
  );
}

const wrong = (file: string, text: string): never => {
  throw new MailhuntError('RULE0022', { file, text });
};

async function textOf(file: string): Promise<string> {
  try {
    const { bytes } = await readPlainFile(file, MAX_BYTES);
    if (bytes === undefined) return wrong(file, `the file is larger than ${MAX_BYTES} bytes`);
    return bytes.toString('utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof MailhuntError) throw error;
    return wrong(file, `it cannot be read: ${(error as Error).message}`);
  }
}
