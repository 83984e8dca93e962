/** What is usually wrong with a policy. */
import type { Policy } from '../policy.ts';
import type { FoundInPolicy } from './finding.ts';
import { policyLints } from './lints.ts';

export type { Finding, FoundInPolicy, PolicyLint } from './finding.ts';
export { policyLints } from './lints.ts';
export { provesSender } from './proof.ts';

/**
 * Looks a policy over, without any mail.
 *
 * @param now milliseconds since 1970: what has expired
 * @returns findings in the order of the file
 * @example lintPolicy(readPolicy(text, file), Date.now())[0].lint.id // 'PL001'
 */
export const lintPolicy = (policy: Policy, now: number): readonly FoundInPolicy[] =>
  policyLints
    .flatMap(({ find, id, name, severity, advice }) =>
      find(policy, now).map((finding) => ({ ...finding, lint: { id, name, severity, advice } })),
    )
    .sort((one, other) => one.place.line - other.place.line || one.place.column - other.place.column);
