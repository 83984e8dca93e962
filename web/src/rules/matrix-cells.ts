import type { RuleCard } from '../../../src/server/workbench/rules/rule-card.ts';

/** `GET /api/v1/attack`. */
export interface Attack {
  readonly tactics: readonly string[];
  readonly techniques: readonly { readonly id: string; readonly name: string; readonly tactics: readonly string[] }[];
}

/** A technique under a tactic, with the rules that look for it. */
export interface MatrixCell {
  readonly id: string;
  readonly name: string;
  readonly rules: number;
  readonly proved: number;
}

export interface MatrixColumn {
  readonly tactic: string;
  readonly cells: readonly MatrixCell[];
}

/**
 * The techniques that rules look for, under the tactics under which those rules name them: a rule for Initial Access with
 * T1566 does not cover the other tactics of T1566. A rule without tactics counts under all of its techniques'.
 */
export function matrixOf(rules: readonly RuleCard[], { tactics, techniques }: Attack): readonly MatrixColumn[] {
  return tactics.map((tactic) => ({
    tactic,
    cells: techniques.flatMap(({ id, name, tactics: own }) => {
      const found = rules.filter(
        (rule) => rule.techniques.includes(id) && (rule.tactics.length === 0 ? own : rule.tactics).includes(tactic),
      );
      // A technique that ATT&CK lists elsewhere is shown where its rules say, and nowhere twice for one rule.
      if (found.length === 0 || (own.length > 0 && !own.includes(tactic))) return [];
      return [
        { id, name, rules: found.length, proved: found.filter((rule) => rule.standing.verdict === 'proved').length },
      ];
    }),
  }));
}

/** `InitialAccess` as people write it: `Initial Access`; `Command and Control`. */
export const tacticName = (tactic: string): string =>
  tactic.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(' And ', ' and ');

/** How many of some rules are proved, in words. */
export function proofWords(rules: number, proved: number): string {
  if (proved < rules) return `${proved} proved`;
  return rules === 1 ? 'proved' : 'all proved';
}
