import type { Mode, PolicyRule } from '../policy.ts';
import { actionsOf } from './actions.ts';
import { conditionsOf } from './conditions.ts';
import { type MarkRule, packed } from './marks.ts';
import { optional, type Parameter, parameter, type TransportRule } from './parameters.ts';
import { type RuleWindow, windowsOf } from './windows.ts';

/** A rule of a policy as Exchange says it. */
export interface Translation {
  readonly rule: PolicyRule;
  /** In order; none where there is nothing near. */
  readonly rules: readonly TransportRule[];
  /** What cannot be said, with the nearest thing; none where `rules` mean what the rule means. */
  readonly unsayable: readonly string[];
  readonly notes: readonly string[];
}

/** Characters of a rule's name. */
const LONGEST_NAME = 64;

/**
 * A rule as `New-TransportRule` commands, or the nearest thing to it.
 *
 * @param number that no other rule of the policy has: its marks are called after it
 */
export function translated(rule: PolicyRule, number: number, mode: Mode, now: number): Translation {
  const windows = windowsOf(rule, now);
  const { unsayable: unasked, conditions } = conditionsOf(rule.when.flatMap(({ tests }) => tests));
  const actions = actionsOf(rule);
  const unsayable = [...unasked.map(({ written, why }) => `${written} – ${why}`), ...actions.unsayable];
  const notes = [...actions.notes, ...scopeNotes(rule)];
  const rules: TransportRule[] = [];
  for (const [at, window] of windows.entries()) {
    const excepted = window.exceptions.map(({ tests }) => conditionsOf(tests));
    const lost = excepted.flatMap((one) => one.unsayable);
    unsayable.push(...lost.map(({ written, why }) => `the exception ${written} – ${why}`));
    const found = packed(
      conditions,
      excepted.filter((one) => one.unsayable.length === 0).map((one) => one.conditions),
      `r${number}${windows.length > 1 ? String.fromCharCode(97 + (at % 26)) : ''}`,
    );
    if (found === undefined) {
      unsayable.push(
        'It asks about recipients more than once, which one rule cannot, and a mark for a second rule would only reach the copy for some of them.',
      );
      continue;
    }
    if (found.marks.length > 0) notes.push(chainNote);
    const name = windowName(rule.name, window, at, windows.length, number);
    rules.push(...found.marks.map((mark, step) => markRule(mark, rule, `${cut(name, 10, number)} (mark ${step + 1})`)));
    rules.push({ name, parameters: [...found.parameters, ...actions.parameters, ...properties(rule, window, mode)] });
  }
  if (windows.length > 1) notes.push(windowNote);
  const isEmpty = conditions.length === 0 && unasked.length > 0;
  // What is left of it would be for all mail.
  return {
    rule,
    rules: isEmpty || actions.parameters.length === 0 ? [] : rules,
    unsayable: distinct(unsayable),
    notes: distinct(notes),
  };
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const chainNote =
  'A rule there has each type of condition once. So this one is a chain: rules before it write a mark into the header, and it asks for the mark. Keep them together and in this order; the marks are enforced in Audit, too, for they change nothing but the mark.';
const windowNote =
  'An exception there does not expire, a rule does: so this one stands there once for each time between two expiries.';

const scopeNotes = ({ when, unless }: PolicyRule): readonly string[] =>
  [...when, ...unless].some(({ tests }) => tests.some(({ predicate }) => predicate === 'FromScope'))
    ? [
        'FromScope, read literally, leaves out unauthenticated mail that forges one of your own accepted domains: it is neither InOrganization nor NotInOrganization. Try it with such a message.',
      ]
    : [];

/** A name with room for more; one that is cut ends in the number of its rule, which no other has. */
const cut = (name: string, room: number, number: number): string => {
  const units = [...name];
  if (units.length + room <= LONGEST_NAME) return name;
  const mark = `~${number}`;
  return units.slice(0, LONGEST_NAME - room - mark.length).join('') + mark;
};

function windowName(name: string, { from, until }: RuleWindow, at: number, many: number, number: number): string {
  if (many === 1) return name;
  const words = at === 0 ? `until ${dayOf(until!)}` : `from ${dayOf(from!)}`;
  return `${cut(name, words.length + 3, number)} (${words})`;
}

const dayOf = (at: number): string => {
  const iso = new Date(at).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16);
};

function properties(rule: PolicyRule, { from, until }: RuleWindow, mode: Mode): readonly Parameter[] {
  return [
    ...located(rule),
    ...(rule.errorAction === 'Defer' ? [parameter('RuleErrorAction', { word: 'Defer' })] : []),
    ...optional('ActivationDate', from === undefined ? undefined : { at: from }),
    ...optional('ExpiryDate', until === undefined ? undefined : { at: until }),
    ...(rule.comments === '' ? [] : [parameter('Comments', rule.comments)]),
    parameter('Mode', { word: mode === 'Audit' ? 'Audit' : rule.mode }),
    ...(rule.enabled ? [] : [parameter('Enabled', false)]),
  ];
}

const located = ({ senderAddressLocation }: PolicyRule): readonly Parameter[] =>
  senderAddressLocation === 'Header' ? [] : [parameter('SenderAddressLocation', { word: senderAddressLocation })];

const markRule = ({ parameters }: MarkRule, rule: PolicyRule, name: string): TransportRule => ({
  name,
  parameters: [
    ...parameters,
    ...located(rule),
    parameter('Mode', { word: 'Enforce' }),
    ...(rule.enabled ? [] : [parameter('Enabled', false)]),
  ],
});
