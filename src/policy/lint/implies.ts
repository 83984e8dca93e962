import type { Clause, PolicyRule, Test } from '../policy.ts';

/** What a predicate's argument lists as alternatives; undefined where it is no list. */
export function alternativesOf({ value }: Test): readonly string[] | undefined {
  if (Array.isArray(value)) return value.map(keyOf);
  if (isPair(value)) return value.values.map((one) => `${value.header.toLowerCase()}: ${keyOf(one)}`);
  return isRanges(value) ? value.written : undefined;
}

const isPair = (value: unknown): value is { header: string; values: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'header' in value && 'values' in value;
const isRanges = (value: unknown): value is { written: readonly string[] } =>
  typeof value === 'object' && value !== null && 'written' in value;

/** Patterns are the same where they are written the same. */
const keyOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'source' in value ? String(value.source) : JSON.stringify(value);

/** Whether one test holds wherever another does, as far as their arguments tell. */
export function impliesTest(one: Test, other: Test): boolean {
  if (one.predicate !== other.predicate) return false;
  const [narrow, wide] = [alternativesOf(one), alternativesOf(other)];
  if (narrow === undefined || wide === undefined) return JSON.stringify(one.value) === JSON.stringify(other.value);
  return narrow.every((value) => wide.includes(value));
}

/** Whether a message for which all of some clauses hold makes another clause hold. */
export const impliesClause = (clauses: readonly Clause[], clause: Clause): boolean =>
  clause.tests.every((wanted) => clauses.some(({ tests }) => tests.some((test) => impliesTest(test, wanted))));

/** Whether every message that one rule is for is one that another is for, exceptions apart. */
export const isWithin = (one: PolicyRule, other: PolicyRule): boolean =>
  one.senderAddressLocation === other.senderAddressLocation &&
  other.when.every((clause) => impliesClause(one.when, clause));
