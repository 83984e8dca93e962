import { type Action, type FinalAction, isChange, type Policy, type PolicyRule, type Test } from '../policy.ts';
import { type Maps, mapExpression } from './maps.ts';
import { isVerdict, type Said, verdictExpressions } from './symbols.ts';
import { uclText } from './ucl.ts';

/** A rule of a policy as rspamd says it. */
export interface RspamdRule {
  readonly rule: PolicyRule;
  /** Of the conditions and exceptions that can be said; empty where there is none. */
  readonly expression: string;
  /** Lines of the forced action; undefined where it forces none. */
  readonly action: readonly string[] | undefined;
  /** What cannot be said. */
  readonly unsayable: readonly string[];
  readonly notes: readonly string[];
}

/** How each action that ends a message is forced. */
const actions: { readonly [K in FinalAction['kind']]: string } = {
  Reject: 'reject',
  Defer: 'soft reject',
  DeleteMessage: 'discard',
  Quarantine: 'quarantine',
  Deliver: 'no action',
};

/** A rule as an expression over symbols and an action. @param now milliseconds since 1970 */
export function translated(rule: PolicyRule, maps: Maps, now: number): RspamdRule {
  const when = said(
    rule,
    rule.when.flatMap(({ tests }) => tests),
    maps,
  );
  const exceptions = rule.unless.filter(({ expires }) => expires === undefined || expires > now);
  const unless = exceptions.map(({ tests }) => said(rule, tests, maps));
  const sayable = unless.filter((one) => one.every((each) => 'expression' in each));
  const expression = all([...when.map(nearestOf), ...sayable.map((one) => negated(all(one.map(nearestOf))))]);
  const final = rule.do.find((one): one is FinalAction => !isChange(one));
  return {
    rule,
    expression: when.map(nearestOf).every((one) => one === '') && when.length > 0 ? '' : expression,
    action: final === undefined ? undefined : forced(final),
    unsayable: [
      ...when.flatMap(reasonOf),
      ...unless.flatMap((one) => one.flatMap(reasonOf).map((why) => `the exception ${why}`)),
      ...changesLost(rule.do, final),
    ],
    notes: [...notesOn(final), ...sealNotes(exceptions), ...timeNotes(rule, exceptions, now)],
  };
}

function said(rule: PolicyRule, tests: readonly Test[], maps: Maps): readonly Said[] {
  return [
    ...verdictExpressions(tests.filter(({ predicate }) => isVerdict(predicate))),
    ...tests.filter(({ predicate }) => !isVerdict(predicate)).map((test) => mapExpression(rule, test, maps)),
  ];
}

const nearestOf = (one: Said): string => ('expression' in one ? one.expression : (one.nearest ?? ''));
const reasonOf = (one: Said): readonly string[] => ('why' in one ? [one.why] : []);

export const all = (parts: readonly string[]): string => [...new Set(parts.filter((part) => part !== ''))].join(' & ');
export const negated = (expression: string): string =>
  expression === '' ? '' : /^\w+$|^\([^()]*\)$/.test(expression) ? `!${expression}` : `!(${expression})`;

function forced(action: FinalAction): readonly string[] {
  const lines = [`action = "${actions[action.kind]}";`];
  // A message with ${…} would be filled in.
  return 'reply' in action ? [...lines, `message = ${uclText(action.reply.text.replaceAll('${', '$ {'))};`] : lines;
}

function notesOn(final: FinalAction | undefined): readonly string[] {
  if (final?.kind === 'Reject') {
    const { code, enhanced } = final.reply;
    return code === 554 && enhanced === '5.7.1' ? [] : [`rspamd’s milter says 554 5.7.1, not ${code} ${enhanced}.`];
  }
  if (final?.kind === 'Quarantine')
    return ['Postfix keeps it in its hold queue (postsuper -r releases it), without an end.'];
  return final?.kind === 'Deliver'
    ? ['It ends all of rspamd’s own judgement too: no score counts for such a message.']
    : [];
}

const sealNotes = (exceptions: PolicyRule['unless']): readonly string[] =>
  exceptions.some(({ tests }) => tests.some(({ predicate }) => predicate === 'ARCSealer'))
    ? [
        'Not said: where DNS gives no key of a trusted seal (ARC_DNSFAIL), mailhunt asks the client to come again; here nobody has sealed it. The nearest is a rule before it: ARC: temperror, Defer; it waits for the seals of forgers, too.',
      ]
    : [];

/** What is changed in a message that nobody gets needs no saying. */
function changesLost(all: readonly Action[], final: FinalAction | undefined): readonly string[] {
  const isGone = final?.kind === 'Reject' || final?.kind === 'Defer' || final?.kind === 'DeleteMessage';
  return isGone
    ? []
    : all
        .filter(isChange)
        .map(
          ({ kind }) =>
            `${kind}: a forced action changes nothing in a message. The nearest are add header and rewrite subject, which end rspamd’s judgement, and a rule in Lua.`,
        );
}

function timeNotes(
  { activation, expiry }: PolicyRule,
  exceptions: PolicyRule['unless'],
  now: number,
): readonly string[] {
  const ends = [expiry, ...exceptions.map(({ expires }) => expires)].filter((at) => at !== undefined);
  return [
    ...(activation !== undefined && activation > now ? [`It is not to be asked before ${day(activation)}.`] : []),
    ...(ends.length === 0
      ? []
      : [`Nothing expires there by itself: export the policy again by ${day(Math.min(...ends))}.`]),
  ];
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** True where a rule is asked at a time. */
export const isInForce = ({ enabled, activation, expiry }: PolicyRule, now: number): boolean =>
  enabled && (activation === undefined || activation <= now) && (expiry === undefined || now < expiry);

/** What is enforced of a policy; all else is only to be recorded. */
export const isEnforced = ({ mode }: Policy, rule: PolicyRule): boolean =>
  mode === 'Enforce' && rule.mode === 'Enforce';
