import { areDisjoint, endsAsking } from '../disjoint.ts';
import type { Policy, PolicyRule } from '../policy.ts';
import type { PolicyFile, TranslationMeans } from '../translations.ts';
import { wrapped } from '../wrapped.ts';
import { type Exempt, isDone, type OpenDmarcSettings, type Verdict, verdictOf } from './settings.ts';

const HOSTS = '/etc/opendmarc/ignore.hosts';
const WIDTH = 100;

/** What became of a rule. */
interface Outcome {
  readonly rule: PolicyRule;
  readonly verdict: Verdict;
  /** Why OpenDMARC does not do it. */
  readonly why: readonly string[];
}

/**
 * A policy as `opendmarc.conf`, as far as that goes: mail whose owner wants it refused or kept apart. What it exempts, it
 * exempts from all of that; so a rule is only said where the others have the same exceptions, and no rule before it that
 * cannot be said would have ended its mail.
 *
 * @example openDmarcFiles(policy, { now: Date.now(), trustedSealers: [] })[0].path // 'opendmarc.conf'
 */
export function openDmarcFiles(policy: Policy, { now, trustedSealers }: TranslationMeans): readonly PolicyFile[] {
  const outcomes: Outcome[] = [];
  for (const rule of policy.rules) {
    const verdict = verdictOf(rule, now, trustedSealers);
    outcomes.push({ rule, verdict, why: whyNot(policy, rule, verdict, outcomes, now) });
  }
  const settings = settingsOf(outcomes);
  return [
    { path: 'opendmarc.conf', text: configOf(policy, outcomes, settings) },
    ...(settings.hosts.length === 0
      ? []
      : [{ path: 'ignore.hosts', text: `${['127.0.0.1', '::1', ...settings.hosts].join('\n')}\n` }]),
  ];
}

function whyNot(
  policy: Policy,
  rule: PolicyRule,
  verdict: Verdict,
  before: readonly Outcome[],
  now: number,
): readonly string[] {
  if ('why' in verdict) return verdict.why;
  if (!isDone(policy, rule, now))
    return [policy.mode === 'Audit' ? 'the policy is in Audit' : 'it is in Audit, or not in force now'];
  const missing = before.filter(
    (one) =>
      one.why.length > 0 && isDone(policy, one.rule, now) && endsAsking(one.rule) && !areDisjoint(one.rule, rule),
  );
  if (missing.length > 0)
    return missing.map((one) => `“${one.rule.name}” before it cannot be said, and would have ended some of its mail`);
  const first = before.find(isSaid);
  return first !== undefined &&
    verdict.does !== 'defer' &&
    !isSame((first.verdict as { exempt: Exempt }).exempt, verdict.exempt)
    ? [`its exceptions are not those of “${first.rule.name}”, and OpenDMARC has one list for all`]
    : [];
}

const isSaid = ({ verdict, why }: Outcome): boolean =>
  why.length === 0 && 'does' in verdict && verdict.does !== 'defer';

const isSame = (one: Exempt, other: Exempt): boolean =>
  (['sealers', 'hosts', 'domains'] as const).every(
    (name) => [...one[name]].sort().join() === [...other[name]].sort().join(),
  );

/** To hold mail, OpenDMARC must refuse mail, too. */
function settingsOf(outcomes: readonly Outcome[]): OpenDmarcSettings {
  const done = outcomes.filter(isSaid).map(({ verdict }) => verdict as Exclude<Verdict, { why: unknown }>);
  const rejects = done.some(({ does }) => does === 'reject');
  const exempt = rejects ? done[0]!.exempt : { sealers: [], hosts: [], domains: [] };
  return { rejects, holds: rejects && done.some(({ does }) => does === 'hold'), ...exempt };
}

function configOf(policy: Policy, outcomes: readonly Outcome[], settings: OpenDmarcSettings): string {
  const { rejects, holds, sealers, hosts, domains } = settings;
  return `${[
    ...remark(`The policy "${policy.name}" for OpenDMARC, written by mailhunt policy export.`),
    ...outcomes.flatMap((one) => ['', ...ruleRemarks(one, settings)]),
    '',
    ...remark('Refused: 550 5.7.1 "rejected by DMARC policy for DOMAIN"; a check that cannot be finished: 451.'),
    `RejectFailures ${rejects}`,
    ...remark('Held: in the hold queue of the MTA, without an end (postsuper -r releases it).'),
    `HoldQuarantinedMessages ${holds}`,
    ...listed(
      sealers,
      'DomainWhitelist',
      sealers.join(','),
      'Every sealer of the chain must be one of these, and a filter before this one (OpenARC) must have checked it. OpenDMARC does not look whether the sealer saw the message pass, and where DNS gives no key of a seal it goes on as without: mailhunt asks the client to come again then.',
    ),
    ...listed(hosts, 'IgnoreHosts', HOSTS, 'Clients that are not asked at all: ignore.hosts beside this file.'),
    ...listed(
      domains,
      'IgnoreMailFrom',
      domains.join(','),
      'Author domains that are not asked, exactly these and none below them. Anybody can write one into From.',
    ),
    '',
    ...remark(
      'SPF is checked here; results for DKIM come from the filter before this one (OpenDKIM), which must have the same AuthservID.',
    ),
    'SPFIgnoreResults true',
    'SPFSelfValidate true',
    'AuthservID HOSTNAME',
    'TrustedAuthservIDs HOSTNAME',
    ...remark('A message with several authors is ignored otherwise, and delivered.'),
    `RejectMultiValueFrom ${rejects}`,
    ...remark('For a server that also takes mail of your own people:'),
    ...remark('IgnoreAuthenticatedClients true'),
    ...remark('Where a record has pct below 100, only such a part of the mail is refused; RFC 9989 knows no pct.'),
    'PublicSuffixList /usr/share/publicsuffix/public_suffix_list.dat',
    'Socket inet:8893@localhost',
    'Syslog true',
    'UserID opendmarc',
  ].join('\n')}\n`;
}

const listed = (values: readonly string[], name: string, value: string, about: string): readonly string[] =>
  values.length === 0 ? [] : [...remark(about), `${name} ${value}`];

function ruleRemarks({ rule, verdict, why }: Outcome, { rejects }: OpenDmarcSettings): readonly string[] {
  const needsReject = 'does' in verdict && !rejects && why.length === 0;
  const reasons = needsReject ? ['without RejectFailures, which no rule asks for, it neither holds nor defers'] : why;
  const head = remark(`----- ${rule.name}: ${reasons.length === 0 ? 'said below' : 'NOT SAID'}`);
  return [...head, ...reasons.flatMap((text) => remark(`- ${text}`))];
}

/** The rest of a line behind # is not read. */
const remark = (text: string): readonly string[] => wrapped(text, WIDTH).map((line) => `# ${line}`);
