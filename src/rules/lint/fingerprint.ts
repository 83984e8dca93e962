import { createHash } from 'node:crypto';
import type { Rule } from '../rule.ts';
import { lineAt, lineStarts } from './comments.ts';
import type { Found } from './found.ts';

/** What a rule is known by over time: its id, or its file and name. */
export const ruleKey = ({ id, name, provenance }: Rule): string => id?.toLowerCase() ?? `${provenance.path}#${name}`;

/**
 * What a finding is known by while lines move around it: 32 hex digits of its lint, its rule and the words that it is
 * about, space aside. Two findings of the same words have the same.
 */
export function fingerprintOf(found: Found): string {
  const about = [ruleKey(found.rule), found.lint.id, ...wordsOf(found)];
  return createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32);
}

function wordsOf({ rule: { query }, span, field, message }: Found): string[] {
  if (span === undefined) return [(field ?? []).filter((step) => typeof step === 'string').join('.'), message];
  const starts = lineStarts(query);
  const line = lineAt(starts, span.start);
  return [query.slice(span.start, span.start + span.length), query.slice(starts[line], starts[line + 1])].map(plain);
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
