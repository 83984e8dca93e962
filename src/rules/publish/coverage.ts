import { type Tactic, tactics, techniqueOf } from '../attack/techniques.ts';
import type { Rule } from '../rule.ts';

/** A technique under one of its tactics, and the rules that look for it. */
export interface Covered {
  readonly tactic: Tactic;
  readonly technique: string;
  /** Empty for an id that ATT&CK does not know. */
  readonly name: string;
  /** Names of rules, each once. */
  readonly rules: readonly string[];
  /** How many of them are proved; undefined where nobody looked. */
  readonly proved: number | undefined;
}

/**
 * Which techniques rules look for. A technique stands under each tactic that the rule names and ATT&CK has for it; under all
 * that ATT&CK has where the rule names none of those.
 *
 * @param isProved what the tests said, where they ran
 * @example coverageOf(rules)[0] // { tactic: 'InitialAccess', technique: 'T1566', name: 'Phishing', rules: ['…'], proved: undefined }
 */
export function coverageOf(rules: readonly Rule[], isProved?: (rule: Rule) => boolean): readonly Covered[] {
  const cells = new Map<string, { tactic: Tactic; technique: string; rules: Map<string, Rule> }>();
  for (const rule of rules) {
    for (const technique of rule.techniques) {
      for (const tactic of tacticsFor(rule, technique)) {
        const key = `${tactics.indexOf(tactic)} ${technique}`;
        const cell = cells.get(key) ?? { tactic, technique, rules: new Map<string, Rule>() };
        cell.rules.set(rule.name, rule);
        cells.set(key, cell);
      }
    }
  }
  return [...cells.values()]
    .toSorted((a, b) => tactics.indexOf(a.tactic) - tactics.indexOf(b.tactic) || compare(a.technique, b.technique))
    .map((cell) => ({
      tactic: cell.tactic,
      technique: cell.technique,
      name: techniqueOf(cell.technique)?.name ?? '',
      rules: [...cell.rules.keys()].toSorted(compare),
      proved: isProved && [...cell.rules.values()].filter(isProved).length,
    }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function tacticsFor({ tactics: named }: Rule, technique: string): readonly Tactic[] {
  const own = techniqueOf(technique)?.tactics ?? [];
  const both = own.filter((tactic) => named.includes(tactic));
  if (both.length > 0) return both;
  return own.length > 0 ? own : tactics.filter((tactic) => named.includes(tactic));
}
