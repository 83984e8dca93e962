import type { FinalAction, Policy, PolicyRule, Test } from '../policy.ts';
import { isChange } from '../policy.ts';

/** What OpenDMARC does with mail that fails, and with which it does nothing. */
export interface OpenDmarcSettings {
  readonly rejects: boolean;
  readonly holds: boolean;
  /** Sealers of ARC chains that are believed. */
  readonly sealers: readonly string[];
  /** Clients that are not asked. */
  readonly hosts: readonly string[];
  /** Author domains that are not asked, without those below them. */
  readonly domains: readonly string[];
}

/** What one rule comes to. */
export type Verdict =
  | { readonly does: 'reject' | 'hold' | 'defer'; readonly exempt: Exempt }
  | { readonly why: readonly string[] };

export type Exempt = Pick<OpenDmarcSettings, 'sealers' | 'hosts' | 'domains'>;

/** What OpenDMARC has for each: the result, the policy (where it counts), and the action. */
const known: readonly (readonly [
  does: 'reject' | 'hold' | 'defer',
  result: string,
  policy: string | undefined,
  action: FinalAction['kind'],
])[] = [
  ['reject', 'fail', 'reject', 'Reject'],
  ['hold', 'fail', 'quarantine', 'Quarantine'],
  ['defer', 'temperror', undefined, 'Defer'],
];

/** A rule as OpenDMARC does it, or why it cannot. */
export function verdictOf(rule: PolicyRule, now: number, trustedSealers: readonly string[]): Verdict {
  const tests = rule.when.flatMap((clause) => clause.tests);
  const others = tests.filter(({ predicate }) => predicate !== 'DMARC' && predicate !== 'DMARCPolicy');
  const final = rule.do.find((one) => !isChange(one));
  const row = known.find(
    ([, result, policy, action]) =>
      said(tests, 'DMARC') === result && said(tests, 'DMARCPolicy') === policy && final?.kind === action,
  );
  const exceptions = rule.unless.filter(({ expires }) => expires === undefined || expires > now);
  const exempt: { sealers: string[]; hosts: string[]; domains: string[] } = { sealers: [], hosts: [], domains: [] };
  const why = [
    ...others.map(({ predicate }) => `it does not ask ${predicate}`),
    ...(row === undefined && others.length === 0
      ? [
          `it knows p=reject to be refused, p=quarantine to be held, and an unfinished check to be deferred, nothing else`,
        ]
      : []),
    ...rule.do.filter(isChange).map(({ kind }) => `it has no ${kind}`),
    ...exceptions.flatMap(({ tests: [test, ...more] }) =>
      more.length > 0 ? ['its exceptions have one test each'] : exempted(test!, rule, exempt, trustedSealers),
    ),
  ];
  return why.length > 0 || row === undefined ? { why } : { does: row[0], exempt };
}

const said = (tests: readonly Test[], predicate: string): string | undefined => {
  const found = tests.filter((test) => test.predicate === predicate);
  return found.length === 0 ? undefined : found.map(({ value }) => (value as readonly string[]).join()).join('&');
};

/** Adds who is not asked; what it cannot say is returned. */
function exempted(
  { predicate, value, written }: Test,
  { senderAddressLocation }: PolicyRule,
  exempt: { sealers: string[]; hosts: string[]; domains: string[] },
  trustedSealers: readonly string[],
): readonly string[] {
  if (predicate === 'ARCSealer') {
    const names = value === 'trusted' ? trustedSealers : (value as readonly string[]);
    exempt.sealers.push(...names);
    return names.length === 0 ? ['mailhunt.yaml names no trusted_sealers, so there is nobody to trust'] : [];
  }
  if (predicate === 'SenderIpRanges') {
    const ranges = (value as { readonly written: readonly string[] }).written;
    exempt.hosts.push(...ranges);
    return ranges.some((one) => one.includes('-')) ? [`it takes addresses and CIDR, not ${written}`] : [];
  }
  if (predicate === 'SenderDomainIs' && senderAddressLocation === 'Header') {
    exempt.domains.push(...(value as readonly string[]));
    return [];
  }
  return [`it has no exception for ${predicate}`];
}

/** True where a rule is asked now, and its action done. */
export const isDone = (
  { mode: whole }: Policy,
  { enabled, mode, activation, expiry }: PolicyRule,
  now: number,
): boolean =>
  whole === 'Enforce' && mode === 'Enforce' && enabled && (activation ?? now) <= now && now < (expiry ?? now + 1);
