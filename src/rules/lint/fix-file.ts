import { rulesOfText } from '../read/read-rules.ts';
import type { Rule } from '../rule.ts';
import { edited, fileEdits } from './file-edits.ts';
import { fixedQuery } from './fixed-query.ts';
import type { Found } from './found.ts';
import type { Fix } from './lint.ts';

/** A finding that has a fix. */
export type Fixable = Found & { readonly fix: readonly Fix[] };

/** A file with fixes in it. */
export interface FixedFile {
  readonly text: string;
  readonly fixed: readonly Fixable[];
  /** As they are read from the new text. */
  readonly rules: readonly Rule[];
}

export const isFixable = (found: Found): found is Fixable => found.fix !== undefined && found.fix.length > 0;

/**
 * Puts the fixes of findings into the text of their file; those that overlap an earlier one are left out. The new text is
 * read again: undefined where it does not hold exactly the rules of before, each with its fixed query.
 *
 * @param text of the file, without byte order mark
 * @param rules all that were read from it, in order
 */
export function fixFile(
  text: string,
  path: string,
  rules: readonly Rule[],
  findings: readonly Fixable[],
): FixedFile | undefined {
  const changes = rules.map((rule) => {
    const own = findings.filter((found) => found.rule === rule);
    const { text: query, applied } = fixedQuery(
      rule.query,
      own.map(({ fix }) => fix),
    );
    return { rule, query, fixed: applied.map((i) => own[i]!) };
  });
  const edits = changes.flatMap(({ rule, fixed }) => fixed.flatMap(({ fix }) => fileEdits(fix, rule, text)));
  const changed = edited(text, edits);
  const again = rulesOfText(path, changed);
  const asBefore = rulesOfText(path, text);
  const isExact =
    again.problems.length <= asBefore.problems.length &&
    again.rules.length === rules.length &&
    changes.every(({ rule, query }, i) => isSameBut(rule, again.rules[i]!, query));
  return isExact ? { text: changed, fixed: changes.flatMap(({ fixed }) => fixed), rules: again.rules } : undefined;
}

/** Whether nothing but the query changed, and that to what it should be. */
const isSameBut = (before: Rule, after: Rule, query: string): boolean =>
  after.query === query && JSON.stringify(fieldsOf(before)) === JSON.stringify(fieldsOf(after));

/** All but the query and where it stands; unknown fields of documents too. */
const fieldsOf = ({ query, document, provenance, ...fields }: Rule) => [
  fields,
  fields.format === 'sentinel' || fields.format === 'defender'
    ? { ...(document as object), query: undefined, queryCondition: undefined }
    : undefined,
];
