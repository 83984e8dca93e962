import type { Rule } from '../rule.ts';
import { type Fixable, fixFile, isFixable } from './fix-file.ts';
import type { LintReport } from './found.ts';
import type { Lint } from './lint.ts';
import { type LintOptions, runLints } from './run-lints.ts';

/** A fix may bring another to light; more rounds than this would be fixes that undo each other. */
const ROUNDS = 10;

/** A file that fixes change. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What fixing gave. Nothing is written. */
export interface RulesFixed {
  readonly files: readonly ChangedFile[];
  /** As they were found, in the order in which they were fixed. */
  readonly fixed: readonly Fixable[];
  /** Files whose fixes could not be put in exactly; they are left as they are. */
  readonly refused: readonly string[];
  /** The findings that are left. */
  readonly report: LintReport;
}

/**
 * Fixes what has a fix, in memory: lints, puts fixes in, reads again, lints again, until there is nothing left to fix.
 *
 * @param textOf the text of a file, without byte order mark; undefined for a rule that stands in none
 */
export async function fixRules(
  rules: readonly Rule[],
  lints: readonly Lint[],
  options: LintOptions,
  textOf: (path: string) => string | undefined,
): Promise<RulesFixed> {
  const files = new Map<string, ChangedFile>();
  const fixed: Fixable[] = [];
  const refused = new Set<string>();
  let current = rules;
  let report = await runLints(current, lints, options);
  for (let round = 0; round < ROUNDS; round++) {
    const open = report.findings.filter(isFixable).filter(({ rule }) => !refused.has(rule.provenance.path));
    if (open.length === 0) break;
    for (const path of new Set(open.map(({ rule }) => rule.provenance.path))) {
      const findings = open.filter(({ rule }) => rule.provenance.path === path);
      const text = files.get(path)?.after ?? textOf(path);
      const own = current.filter(({ provenance }) => provenance.path === path);
      const result = text === undefined ? undefined : fixFile(text, path, own, findings);
      if (text === undefined || result === undefined || result.text === text) {
        refused.add(path);
        continue;
      }
      files.set(path, { path, before: files.get(path)?.before ?? text, after: result.text });
      fixed.push(...result.fixed);
      const fresh = result.rules[Symbol.iterator]();
      current = current.map((rule) => (own.includes(rule) ? fresh.next().value! : rule));
    }
    report = await runLints(current, lints, options);
  }
  return { files: [...files.values()], fixed, refused: [...refused], report };
}
