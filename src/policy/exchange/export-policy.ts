import { areDisjoint, endsAsking } from '../disjoint.ts';
import type { Policy, PolicyRule } from '../policy.ts';
import { markFields } from './marks.ts';
import { type Parameter, parameter, type TransportRule } from './parameters.ts';
import { type SpoofSetting, spoofSetting } from './spoof-settings.ts';
import { type Translation, translated } from './translate-rule.ts';

/** A policy as Exchange Online says it. */
export interface ExchangePolicy {
  readonly policy: string;
  /** Rules that go before all others; none where nothing is marked. */
  readonly guards: readonly TransportRule[];
  readonly rules: readonly ExchangeRule[];
  readonly limits: readonly string[];
}

/** What became of one rule of the policy. */
export interface ExchangeRule extends Translation {
  /**
   * `said`: the commands mean what it means. `setting`: the setting does. `nearest`: neither does, and what comes nearest is
   * only shown. `left out`: it has expired.
   */
  readonly as: 'said' | 'setting' | 'nearest' | 'left out';
  /** The setting that answers in the SMTP conversation, where there is one. */
  readonly setting: SpoofSetting | undefined;
}

/** Rules of an organization. */
const MOST_RULES = 300;
/** Characters of all words and patterns of an organization, and of one rule. */
const MOST_WORDS = 20_480;
const MOST_OF_RULE = 8192;

/**
 * A policy as mail-flow rules of Exchange Online. A rule that cannot be said there as it is meant is never said otherwise:
 * what comes nearest is shown for its reader to choose, and rules behind it that would then see mail which it should have
 * ended are written in Audit.
 *
 * @param now milliseconds since 1970: what has expired is left out
 * @param trustedSealers the organization's list of ARC sealers
 * @example exportExchange(policy, Date.now()).rules[0].as // 'said'
 */
export function exportExchange(policy: Policy, now: number, trustedSealers: readonly string[] = []): ExchangePolicy {
  const found = policy.rules.map((rule, at) => translated(rule, at + 1, policy.mode, now));
  const rules: ExchangeRule[] = [];
  for (const [at, one] of found.entries()) {
    const setting = spoofSetting(one.rule, now, trustedSealers);
    rules.push(settled(one, setting, rules, policy.rules.slice(at + 1)));
  }
  const written = rules.filter(({ as }) => as === 'said').flatMap((one) => one.rules);
  const guards = guardsFor(written);
  return { policy: policy.name, guards, rules, limits: limitsOf([...guards, ...written]) };
}

function settled(
  one: Translation,
  setting: SpoofSetting | undefined,
  before: readonly ExchangeRule[],
  behind: readonly PolicyRule[],
): ExchangeRule {
  if (one.rules.length === 0 && one.unsayable.length === 0) return { ...one, as: 'left out', setting: undefined };
  if (one.unsayable.length > 0) {
    const met = [...before.map(({ rule }) => rule), ...behind].filter(
      (rule) => endsAsking(rule) && !areDisjoint(rule, one.rule),
    );
    const isSetting = setting !== undefined && met.length === 0 && one.rule.mode === 'Enforce' && one.rule.enabled;
    return { ...one, as: isSetting ? 'setting' : 'nearest', setting };
  }
  const missing = before.filter(({ as, rule }) => as === 'nearest' && touches(rule, one.rule));
  if (missing.length === 0) return { ...one, as: 'said', setting };
  const names = missing.map(({ rule }) => `“${rule.name}”`).join(', ');
  return {
    ...one,
    as: 'said',
    setting,
    rules: one.rules.map(inAudit),
    notes: [
      ...one.notes,
      `In Audit: ${names} before it cannot be said there, and would have ended or changed some of the mail that it now sees.`,
    ],
  };
}

/** True where a rule that is missing makes another one see other mail. */
const touches = (missing: PolicyRule, rule: PolicyRule): boolean =>
  missing.enabled &&
  missing.mode === 'Enforce' &&
  (endsAsking(missing) || changesHeader(missing)) &&
  !areDisjoint(missing, rule);

const changesHeader = ({ do: actions }: PolicyRule): boolean =>
  actions.some(({ kind }) => kind === 'SetHeader' || kind === 'RemoveHeader' || kind === 'PrependSubject');

const isMark = ({ parameters }: TransportRule): boolean =>
  parameters.some(
    ({ name, value }) => name === 'SetHeaderName' && Object.values(markFields).some((field) => field === value),
  );

const inAudit = (rule: TransportRule): TransportRule =>
  isMark(rule)
    ? rule
    : {
        ...rule,
        parameters: rule.parameters.map((one) => (one.name === 'Mode' ? parameter('Mode', { word: 'Audit' }) : one)),
      };

/** Takes the fields of marks out of what comes in. */
const guardsFor = (rules: readonly TransportRule[]): readonly TransportRule[] =>
  Object.values(markFields)
    .filter((field) => rules.some(({ parameters }) => parameters.some(({ value }) => value === field)))
    .map((field) => ({
      name: `Take out ${field} of senders`,
      parameters: [parameter('RemoveHeader', field), parameter('Mode', { word: 'Enforce' })],
    }));

function limitsOf(rules: readonly TransportRule[]): readonly string[] {
  const sizes = rules.map(({ parameters }) => parameters.reduce((sum, one) => sum + wordsIn(one), 0));
  const all = sizes.reduce((sum, one) => sum + one, 0);
  const long = rules.filter((_, at) => sizes[at]! > MOST_OF_RULE);
  return [
    ...(rules.length > MOST_RULES
      ? [`These are ${rules.length} rules; an organization has ${MOST_RULES} at most.`]
      : []),
    ...(all > MOST_WORDS
      ? [
          `Their words and patterns have ${all} characters; all rules of an organization together have ${MOST_WORDS} at most.`,
        ]
      : []),
    ...long.map(({ name }) => `“${name}” is larger than the ${MOST_OF_RULE} characters that one rule may have.`),
  ];
}

const wordsIn = ({ value }: Parameter): number =>
  Array.isArray(value) ? value.reduce((sum: number, one: string) => sum + one.length, 0) : 0;
