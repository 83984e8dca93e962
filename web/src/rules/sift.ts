import type { RuleCard } from '../../../src/server/workbench/rules/rule-card.ts';

/** What a list of rules is narrowed to; an empty text is no condition. */
export interface Sieve {
  /** Words that name, summary, tables, techniques or path hold, in any order. */
  readonly words: string;
  readonly kind: string;
  readonly severity: string;
  readonly tactic: string;
  readonly technique: string;
  /** `proved`, `unproved`, `failing`, `refused`, or `unknown` where nobody looked. */
  readonly verdict: string;
}

export const noSieve: Sieve = { words: '', kind: '', severity: '', tactic: '', technique: '', verdict: '' };

/** The rules that a sieve lets through, in their order. */
export function sift(rules: readonly RuleCard[], sieve: Sieve): readonly RuleCard[] {
  const words = sieve.words.toLowerCase().split(/\s+/).filter(Boolean);
  return rules.filter(
    (rule) =>
      (sieve.kind === '' || rule.kind === sieve.kind) &&
      (sieve.severity === '' || rule.severity === sieve.severity) &&
      (sieve.tactic === '' || rule.tactics.includes(sieve.tactic)) &&
      (sieve.technique === '' || rule.techniques.some((id) => isWithin(id, sieve.technique))) &&
      (sieve.verdict === '' || verdictOf(rule) === sieve.verdict) &&
      words.every((word) => wordsOf(rule).includes(word)),
  );
}

/** A technique stands for its sub-techniques too: `T1566` for `T1566.002`. */
const isWithin = (id: string, wanted: string): boolean => id === wanted || id.startsWith(`${wanted}.`);

export const verdictOf = ({ standing }: Pick<RuleCard, 'standing'>): string => standing.verdict ?? 'unknown';

const wordsOf = ({ name, summary, tables, techniques, path }: RuleCard): string =>
  [name, summary, path, ...tables, ...techniques].join('\n').toLowerCase();

/** The severities from the gravest, those that some rule has. */
export const severitiesOf = (rules: readonly RuleCard[]): readonly string[] =>
  ['High', 'Medium', 'Low', 'Informational'].filter((one) => rules.some(({ severity }) => severity === one));

/** The techniques that rules name, with those that their sub-techniques belong to. */
export const techniquesOf = (rules: readonly RuleCard[]): readonly string[] =>
  [...new Set(rules.flatMap(({ techniques }) => techniques.flatMap((id) => [id.replace(/\..*$/, ''), id])))].sort();

/** The tactics that rules name, in the order of ATT&CK. */
export const tacticsOf = (rules: readonly RuleCard[], order: readonly string[]): readonly string[] =>
  order.filter((one) => rules.some(({ tactics }) => tactics.includes(one)));
