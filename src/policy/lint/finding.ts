import type { Place, Policy } from '../policy.ts';

/** Something about a policy that its author probably does not mean. */
export interface Finding {
  readonly place: Place;
  /** The rule that it is about; undefined where it is about the whole. */
  readonly rule: string | undefined;
  /** What is wrong, with the policy's own names. */
  readonly words: string;
}

/** A row of the table of lints. Ids are never given a second meaning. */
export interface PolicyLint {
  readonly id: `PL${number}`;
  readonly name: string;
  /** `error`: mail is lost or let in that nobody wants so; `warning`: the rule does not do what it seems to. */
  readonly severity: 'error' | 'warning';
  /** Why it matters, for docs/policy-lints.md. */
  readonly about: string;
  /** What to write instead. */
  readonly advice: string;
  /** @param now milliseconds since 1970 */
  readonly find: (policy: Policy, now: number) => readonly Finding[];
}

/** A finding with its lint. */
export interface FoundInPolicy extends Finding {
  readonly lint: Pick<PolicyLint, 'id' | 'name' | 'severity' | 'advice'>;
}
