import { type Authentication, folded, resultsOf, writeAuthenticationResults } from '../../mail/index.ts';
import type { Decision, Policy } from '../../policy/index.ts';
import { parameter } from './header-text.ts';
import type { NewField } from './message-draft.ts';
import { POLICY_FIELD, RESULTS_FIELD } from './own-names.ts';

/**
 * The gate's own stamp (RFC 8601 section 2.2); `none` where nothing was checked.
 *
 * @example resultsField('mx.example.com', authentication) // { name: 'Authentication-Results', value: 'mx.example.com;\r\n spf=pass …' }
 */
export const resultsField = (authservId: string, found: Authentication | undefined): NewField => ({
  name: RESULTS_FIELD,
  value: asciiOf(writeAuthenticationResults(authservId, found === undefined ? [] : resultsOf(found))),
});

const asciiOf = (text: string): string => text.replace(/[^\0-\x7f]/gu, '?');

/** What is told of a decision in the header: what was done, by which rule, what exception kept another rule from it. */
export interface Told {
  readonly policy: Pick<Policy, 'name' | 'mode' | 'rules'>;
  readonly decision: Decision;
  /** What Enforce would have said, for a policy in Audit: that is told then, with its rule and exceptions. */
  readonly enforced?: Decision | undefined;
}

/**
 * What the policy said, for whoever reads the header: an administrator, a later filter, `mailhunt` itself.
 *
 * @example policyField(told).value // 'Deliver; policy="Honour the owner\'s policy"; mode=Enforce; excepted="Refuse …"; because="…"'
 */
export function policyField({ policy, decision, enforced }: Told): NewField {
  const said = enforced ?? decision;
  const exceptions = exceptionsIn(policy, said);
  const parts = [
    decision.action.kind,
    parameter('policy', policy.name),
    `mode=${policy.mode}`,
    ...(enforced === undefined ? [] : [parameter('would-be', wordOf(enforced))]),
    ...(said.rule === undefined ? [] : [parameter('rule', said.rule)]),
    ...exceptions.flatMap(({ rule, because }) => [parameter('excepted', rule), parameter('because', because)]),
  ];
  return { name: POLICY_FIELD, value: folded(parts.join('; ')) };
}

const wordOf = ({ action }: Decision): string =>
  'reply' in action ? `${action.kind} ${action.reply.code} ${action.reply.enhanced}` : action.kind;

/** The rules of a decision that an exception kept from acting, and why the exception is there. */
export const exceptionsIn = (
  { rules }: Pick<Policy, 'rules'>,
  { trace }: Decision,
): readonly { readonly rule: string; readonly because: string }[] =>
  trace.flatMap(({ rule, outcome, by }, at) =>
    outcome === 'excepted' && by !== undefined ? [{ rule, because: rules[at]?.unless[by.at]?.because ?? '' }] : [],
  );

/**
 * What is told of a message that was held and is released: by which rule, and from when until when.
 *
 * @param by a policy, its rule, and two times in milliseconds since 1970
 * @example releasedField({ policy: 'Honour', rule: 'Hold', held: 0, released: 1000 }).value
 * // 'Released; policy="Honour"; rule="Hold"; held=1970-01-01T00:00:00.000Z; released=1970-01-01T00:00:01.000Z'
 */
export const releasedField = (by: {
  readonly policy: string;
  readonly rule: string;
  readonly held: number;
  readonly released: number;
}): NewField => ({
  name: POLICY_FIELD,
  value: folded(
    [
      'Released',
      parameter('policy', by.policy),
      parameter('rule', by.rule),
      `held=${new Date(by.held).toISOString()}`,
      `released=${new Date(by.released).toISOString()}`,
    ].join('; '),
  ),
});

/** What is told where nothing could be decided and the message goes on all the same. */
export const troubleField = (why: string): NewField => ({
  name: POLICY_FIELD,
  value: folded(`Undecided; ${parameter('because', why)}`),
});
