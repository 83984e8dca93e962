import type { Rule } from '../rule.ts';
import { lineAt, lineStarts } from './comments.ts';
import type { Known } from './found.ts';
import type { Finding, Lint } from './lint.ts';
import { ignoredReason, type LintConfig } from './lint-config.ts';
import { type Suppression, suppressionsOf } from './suppression.ts';
import { suppressionOfNoLint, suppressionWithoutReason, uselessSuppression } from './suppression-lints.ts';

/** A finding of a lint. */
export type Claim = readonly [Lint, Finding];

/** What counts, and what a comment or the settings say is known. */
export interface Sorted {
  readonly counts: readonly Claim[];
  readonly suppressed: readonly (readonly [Lint, Finding, Known])[];
}

/**
 * Sorts out of a rule's findings those that its comments or the settings suppress, and adds what is wrong with the comments.
 *
 * @param lints those that were run: a comment for one that was not is not called useless
 * @param ids of all lints that there are
 */
export function suppress(
  rule: Rule,
  claims: readonly Claim[],
  lints: readonly Lint[],
  ids: ReadonlySet<string>,
  config: LintConfig,
): Sorted {
  const suppressions = suppressionsOf(rule.query);
  const starts = suppressions.length === 0 ? [] : lineStarts(rule.query);
  const lineOf = ({ span }: Finding): number | undefined =>
    span === undefined ? undefined : lineAt(starts, span.start);
  const used = new Set<string>();
  const knownAs = ([lint, finding]: Claim): Known | undefined => {
    const ignored = ignoredReason(lint, rule, config);
    if (ignored !== undefined) return { by: 'settings', reason: ignored };
    const fitting = suppressions.filter(
      ({ ids: named, reason, line }) =>
        reason !== '' && named.includes(lint.id) && (line === undefined || line === lineOf(finding)),
    );
    for (const { span } of fitting) used.add(`${lint.id} ${span.start}`);
    const [first] = fitting;
    return first === undefined ? undefined : { by: 'comment', reason: first.reason };
  };
  const sorted = claims.map((claim) => ({ claim, known: knownAs(claim) }));
  const counts = sorted.flatMap(({ claim, known }) => (known === undefined ? [claim] : []));
  const suppressed = sorted.flatMap(({ claim: [lint, finding], known }) =>
    known === undefined ? [] : [[lint, finding, known] as const],
  );
  const ran = new Set(lints.map(({ id }) => id));
  const own = suppressions.flatMap((suppression) => claimsAbout(suppression, ids, ran, used));
  return { counts: [...counts, ...own], suppressed };
}

function claimsAbout(
  { ids: named, reason, span }: Suppression,
  ids: ReadonlySet<string>,
  ran: ReadonlySet<string>,
  used: ReadonlySet<string>,
): Claim[] {
  const claims: Claim[] = [];
  const claim = (lint: Lint, message: string) => claims.push([lint, { span, message }]);
  const what = named.length === 0 ? 'no lint' : named.join(', ');
  if (reason === '')
    claim(suppressionWithoutReason, `Nothing says why ${what} does not count here: write ": why" behind.`);
  if (named.length === 0) claim(suppressionOfNoLint, 'The comment names no lint: write its id, such as MH203.');
  for (const id of named) {
    if (!ids.has(id)) claim(suppressionOfNoLint, `There is no lint ${id}, so nothing is suppressed.`);
    else if (reason !== '' && ran.has(id) && !used.has(`${id} ${span.start}`))
      claim(uselessSuppression, `${id} finds nothing here: the comment suppresses nothing.`);
  }
  return claims;
}
