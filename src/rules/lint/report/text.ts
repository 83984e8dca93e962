import { caretAt } from '../../../errors/index.ts';
import type { Found } from '../found.ts';

/** A finding as people read it: place, severity, id, name, sentence; then the line of the query with a caret. */
export function findingText({ rule, lint, severity, place, message, span }: Found): string {
  const head = `${rule.provenance.path}:${place.line}:${place.column}: ${severity} ${lint.id} ${lint.name}: ${message}`;
  if (span === undefined) return head;
  return [
    head,
    ...caretAt(rule.query, span)
      .split('\n')
      .map((line) => `    ${line}`),
  ].join('\n');
}

/** What was found, in one sentence: `2 errors, 1 warning and 3 notes in 12 rules (4 known findings left out).` */
export function summaryText(findings: readonly Found[], rules: number, leftOut: number): string {
  const counted = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((found) => found.severity === severity).length;
    return count === 0 ? [] : [plural(count, severity)];
  });
  const found = counted.length === 0 ? 'nothing' : joined(counted);
  const known = leftOut === 0 ? '' : ` (${plural(leftOut, 'known finding')} left out)`;
  return `${found} found in ${plural(rules, 'rule')}${known}.`;
}

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** @example plural(2, 'rule') // '2 rules' */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
