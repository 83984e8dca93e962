import { areDisjoint, endsAsking } from '../disjoint.ts';
import type { Policy } from '../policy.ts';
import type { PolicyFile, TranslationMeans } from '../translations.ts';
import type { Maps } from './maps.ts';
import { all, isEnforced, isInForce, negated, type RspamdRule, translated } from './translate-rule.ts';
import { uclComment, uclList, uclText } from './ucl.ts';

/** A rule with what becomes of it: its action is forced, or it is only recorded, or it is only a comment. */
interface Settled extends RspamdRule {
  readonly as: 'forced' | 'recorded' | 'nearest' | 'left out';
  readonly name: string;
}

/**
 * A policy as files for `local.d` of rspamd: rules in Enforce force an action, those in Audit are symbols without a score,
 * and what cannot be said stands as a comment. Forced actions have no order: each names the rules that go before it.
 *
 * @example rspamdFiles(policy, { now: Date.now(), trustedSealers: [] })[0].path // 'local.d/force_actions.conf'
 */
export function rspamdFiles(policy: Policy, { now, trustedSealers }: TranslationMeans): readonly PolicyFile[] {
  const maps: Maps = { rules: [], sealers: undefined, trustedSealers };
  const rules: Settled[] = [];
  for (const [at, rule] of policy.rules.entries())
    rules.push(settled(policy, translated(rule, maps, now), at + 1, rules, now));
  const recorded = rules.filter(({ as }) => as === 'recorded');
  const isNew = ['discard', 'quarantine'].filter((name) =>
    rules.some((one) => one.as === 'forced' && nameOf(one) === name),
  );
  return [
    { path: 'local.d/force_actions.conf', text: forceActions(policy, rules) },
    ...(isNew.length === 0 ? [] : [{ path: 'local.d/actions.conf', text: newActions(isNew) }]),
    ...(recorded.length === 0 ? [] : [{ path: 'local.d/composites.conf', text: composites(recorded) }]),
    ...(maps.rules.length === 0 ? [] : [{ path: 'local.d/multimap.conf', text: multimap(maps) }]),
    ...(maps.sealers === undefined ? [] : [{ path: 'local.d/arc.conf', text: arc(maps.sealers) }]),
  ];
}

function settled(policy: Policy, one: RspamdRule, number: number, before: readonly Settled[], now: number): Settled {
  const name = `MAILHUNT_${number}_${one.rule.name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .slice(0, 40)}`;
  if (!isInForce(one.rule, now)) return { ...one, name, as: 'left out' };
  if (one.unsayable.length > 0 || one.action === undefined) return { ...one, name, as: 'nearest' };
  const earlier = before.filter(
    (other) =>
      other.as !== 'left out' &&
      isEnforced({ ...policy, mode: 'Enforce' }, other.rule) &&
      endsAsking(other.rule) &&
      !areDisjoint(other.rule, one.rule),
  );
  const missing = earlier.filter(({ as }) => as === 'nearest');
  const expression = all([
    one.expression,
    ...earlier.filter(({ as }) => as !== 'nearest').map((other) => negated(other.expression)),
  ]);
  const names = missing.map(({ rule }) => `“${rule.name}”`).join(', ');
  const isForced = missing.length === 0 && isEnforced(policy, one.rule);
  return {
    ...one,
    name,
    expression,
    as: isForced ? 'forced' : 'recorded',
    notes:
      missing.length === 0
        ? one.notes
        : [
            ...one.notes,
            `Only recorded: ${names} before it cannot be said here, and would have ended some of its mail.`,
          ],
  };
}

const head = (policy: Policy): readonly string[] => [
  ...uclComment(`The policy "${policy.name}" for rspamd, written by mailhunt policy export.`),
  ...uclComment('Postfix: smtpd_milters = inet:localhost:11332, milter_default_action = tempfail.'),
  ...uclComment(
    'Take actions out of local.d/dmarc.conf: they know no exceptions, and what ARC says does not hinder them.',
  ),
  ...uclComment(
    'Where a record has pct below 100, rspamd gives a part of the mail the symbol of the next weaker policy.',
  ),
  ...uclComment(
    'A message without the symbol of a module that is switched off is met by no rule: spf, dkim, dmarc and arc are needed.',
  ),
];

function forceActions(policy: Policy, rules: readonly Settled[]): string {
  const lines = rules.flatMap((one) => ['', ...ruleLines(one)]);
  return `${[...head(policy), '', 'rules {', ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}'].join('\n')}\n`;
}

function ruleLines(one: Settled): readonly string[] {
  const { rule, as, name, expression, action, unsayable, notes } = one;
  const top = [...uclComment(`----- ${rule.name}`), ...notes.flatMap((text) => uclComment(text))];
  const block = [
    `${name} {`,
    `  expression = ${uclText(expression)};`,
    ...(action ?? []).map((line) => `  ${line}`),
    '}',
  ];
  if (as === 'forced') return [...top, ...block];
  if (as === 'left out') return [...top, ...uclComment('It is not in force now, and is left out.')];
  if (as === 'recorded')
    return [...top, ...uclComment(`Nothing is done: local.d/composites.conf records it as ${name}.`)];
  return [
    ...top,
    ...uclComment('NOT SAID:'),
    ...unsayable.flatMap((text) => uclComment(text, '  ')),
    ...(expression === '' || action === undefined
      ? []
      : [...uclComment('THE NEAREST, which does not mean the same:'), ...block.map((line) => `#   ${line}`)]),
  ];
}

const composites = (rules: readonly Settled[]): string =>
  `${[
    ...uclComment('What the policy would do, as symbols without a score: they stand in the history and in the log.'),
    ...rules.flatMap((one) => [
      '',
      `${one.name} {`,
      `  expression = ${uclText(one.expression)};`,
      '  score = 0.0;',
      '  policy = "leave";',
      `  description = ${uclText(`${one.rule.name}: ${nameOf(one)}`)};`,
      '}',
    ]),
  ].join('\n')}\n`;

/** The action that a rule forces. */
const nameOf = ({ action }: RspamdRule): string => /"(.*)"/.exec(action![0]!)![1]!;

/** Two actions are not known before they are named. */
const newActions = (names: readonly string[]): string =>
  `${[
    ...uclComment('Forced by rules, and by no score.'),
    ...names.map((name) => `${name} = { flags = ["no_threshold"]; }`),
  ].join('\n')}\n`;

const multimap = ({ rules }: Maps): string =>
  `${rules.map(({ symbol, lines }) => [`${symbol} {`, ...lines.map((line) => `  ${line}`), '  score = 0.0;', '}'].join('\n')).join('\n\n')}\n`;

const arc = (sealers: readonly string[]): string =>
  `${[
    ...uclComment('Who is trusted to have seen what he sealed: ARC_ALLOW_TRUSTED.'),
    `whitelisted_signers_map = ${uclList(sealers)};`,
  ].join('\n')}\n`;
