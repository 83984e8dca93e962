import { endsAsking } from '../disjoint.ts';
import type { RowPredicate } from '../kql/row-predicate.ts';
import {
  type Change,
  type Clause,
  type Exception,
  isChange,
  type Policy,
  type PolicyRule,
  type Test,
} from '../policy.ts';
import { askedBy } from './implies.ts';
import { holdsFor, type Kind, kindsOf } from './kinds.ts';
import { canExclude, contradictionIn, excludes } from './never.ts';

/** Why a rule does nothing. */
export interface Idle {
  readonly words: string;
  /** The exception that it is for; undefined where it is the rule. */
  readonly exception?: Exception;
}

/** Exceptions that count. */
const liveIn = (rule: PolicyRule, now: number): readonly Exception[] =>
  rule.unless.filter(({ expires }) => expires === undefined || now < expires);

const testsOf = (clauses: readonly Clause[]): readonly Test[] => clauses.flatMap(({ tests }) => tests);

/** A clause on one line. */
export const written = ({ tests }: Pick<Clause, 'tests'>): string =>
  tests.map(({ predicate, written: value }) => `${predicate}: ${value}`).join(', ');

/** A rule that acts on what nobody can tell does something, whether its conditions can be met or not. */
const actsInDoubt = ({ errorAction }: PolicyRule): boolean => errorAction === 'Defer';

/**
 * Why no message meets a rule: its conditions exclude each other, or its exceptions hold for all that they let in.
 *
 * @returns undefined where some may, as far as the tests tell
 */
export function whyNever(rule: PolicyRule, now: number): Idle | undefined {
  if (actsInDoubt(rule)) return undefined;
  const tests = testsOf(rule.when);
  const pair = contradictionIn(tests.map((test) => askedBy(test, rule)))?.map((at) => tests[at]!);
  if (pair !== undefined)
    return { words: `${pair.map((test) => written({ tests: [test] })).join(' and ')} exclude each other` };
  const untrue = tests.find(
    ({ predicate, value }) => predicate === 'KQL' && !(value as RowPredicate).possible(noRow).may,
  );
  if (untrue !== undefined) return { words: `KQL: ${untrue.written} is never true` };
  return whyExcepted(rule, liveIn(rule, now));
}

const noRow = new Map();

function whyExcepted(rule: PolicyRule, exceptions: readonly Exception[]): Idle | undefined {
  const kinds = kindsOf(
    rule,
    testsOf(exceptions).map((test) => askedBy(test, rule)),
  );
  if (kinds === undefined) return undefined;
  if (kinds.length === 0) return { words: 'its conditions exclude each other' };
  const holds = (exception: Exception, kind: Kind) =>
    exception.tests.every((test) => holdsFor(kind, askedBy(test, rule)));
  const whole = exceptions.find((exception) => kinds.every((kind) => holds(exception, kind)));
  if (whole !== undefined) return { words: `its exception “${written(whole)}” holds for all of it`, exception: whole };
  return kinds.every((kind) => exceptions.some((exception) => holds(exception, kind)))
    ? { words: 'its exceptions together hold for all of it' }
    : undefined;
}

/** The fields of a message that a test reads as the rules before it have left them. */
const fieldsReadBy: Readonly<Record<string, (test: Test) => readonly string[]>> = {
  HeaderContains: ({ value }) => [(value as { readonly header: string }).header.toLowerCase()],
  HeaderMatches: ({ value }) => [(value as { readonly header: string }).header.toLowerCase()],
  SubjectContainsWords: () => ['subject'],
  SubjectMatchesPatterns: () => ['subject'],
  SubjectOrBodyContainsWords: () => ['subject'],
  SubjectOrBodyMatchesPatterns: () => ['subject'],
  MessageTypeMatches: () => ['auto-submitted', 'content-type', 'content-class'],
};

const fieldChangedBy = (change: Change): readonly string[] => {
  if (change.kind === 'PrependSubject') return ['subject'];
  return change.kind === 'ApplyBanner' ? [] : [change.name.toLowerCase()];
};

/** An earlier rule that ends what it matches, with the fields that are changed between it and the later one. */
interface Ender {
  readonly rule: PolicyRule;
  readonly exceptions: readonly Exception[];
  readonly changed: ReadonlySet<string>;
}

/**
 * The rules before one that end every message that it is for, at all times at which it is asked: one alone, or several
 * together.
 *
 * @param now milliseconds since 1970
 * @returns none where some message may reach it, as far as the tests tell
 */
export function endersOf(policy: Policy, rule: PolicyRule, now: number): readonly PolicyRule[] {
  const enders = endersBefore(policy, rule, now).filter((one) => mayEnd(one, rule));
  if (actsInDoubt(rule))
    return enders.filter((one) => one.rule.when.length === 0 && one.exceptions.length === 0).map((one) => one.rule);
  const kinds = kindsOf(
    rule,
    enders.flatMap((one) => testsOf([...one.rule.when, ...one.exceptions]).map((test) => askedBy(test, one.rule))),
  );
  if (kinds === undefined || kinds.length === 0) return [];
  const whole = enders.find((one) => kinds.every((kind) => ends(one, kind)));
  if (whole !== undefined) return [whole.rule];
  const each = kinds.map((kind) => enders.find((one) => ends(one, kind))?.rule);
  return each.every((one) => one !== undefined) ? [...new Set(each)] : [];
}

/** False for a rule that asks for something else, or has an exception that nothing rules out: it is not worth a comparison. */
function mayEnd({ rule, exceptions }: Ender, other: PolicyRule): boolean {
  const asked = new Set(['FromScope', ...testsOf(other.when).map(({ predicate }) => predicate)]);
  const isAsked = ({ predicate }: Test) => asked.has(predicate);
  return (
    testsOf(rule.when).every(isAsked) &&
    exceptions.every(({ tests }) => tests.some(({ predicate }) => canExclude.has(predicate)))
  );
}

function endersBefore({ rules }: Policy, rule: PolicyRule, now: number): readonly Ender[] {
  const end = rules.indexOf(rule);
  return rules.slice(0, end).flatMap((one, at) =>
    one.enabled && one.mode === 'Enforce' && endsAsking(one) && isAskedWhenever(one, rule, now)
      ? [
          {
            rule: one,
            exceptions: liveIn(one, now),
            changed: new Set(
              rules.slice(at + 1, end).flatMap((each) => each.do.filter(isChange).flatMap(fieldChangedBy)),
            ),
          },
        ]
      : [],
  );
}

const isAskedWhenever = (one: PolicyRule, other: PolicyRule, now: number): boolean =>
  (one.activation === undefined || one.activation <= Math.max(now, other.activation ?? now)) &&
  (one.expiry === undefined || (other.expiry !== undefined && other.expiry <= one.expiry));

/** Whether a rule matches every message of a kind. */
const ends = ({ rule, exceptions, changed }: Ender, kind: Kind): boolean =>
  testsOf(rule.when).every(
    (test) =>
      !(fieldsReadBy[test.predicate]?.(test) ?? []).some((field) => changed.has(field)) &&
      holdsFor(kind, askedBy(test, rule)),
  ) &&
  exceptions.every(({ tests }) => tests.some((test) => kind.some((asked) => excludes(asked, askedBy(test, rule)))));
