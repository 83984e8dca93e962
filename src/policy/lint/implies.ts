import { isSameOrBelow } from '../../mail/index.ts';
import type { PolicyRule, SenderLocation, Test } from '../policy.ts';

/** A test as it can be compared: one of its values is enough for it to hold. */
export interface Asked {
  readonly predicate: string;
  /** Where it looks for the sender; undefined where it does not. */
  readonly location: SenderLocation | undefined;
  /** Equal texts are equal values. */
  readonly values: readonly string[];
}

const ofSender: ReadonlySet<string> = new Set([
  'From',
  'FromAddressContainsWords',
  'FromAddressMatchesPatterns',
  'SenderDomainIs',
]);

/** Whose values stand for all below them. */
const ofDomains: ReadonlySet<string> = new Set(['SenderDomainIs', 'RecipientDomainIs', 'CarrierDomain']);
/** Who asks for so much or more. */
const ofNumbers: ReadonlySet<string> = new Set(['SCLOver', 'MessageSizeOver', 'AuthorsOver', 'PassedBefore']);

/** A test of a rule, ready to be compared. */
export const askedBy = (test: Test, rule: PolicyRule): Asked => ({
  predicate: test.predicate,
  location: ofSender.has(test.predicate) ? rule.senderAddressLocation : undefined,
  values: listedIn(test) ?? [`alone ${JSON.stringify(test.value)}`],
});

/** What an argument lists as alternatives; undefined where it is no list. */
function listedIn({ value }: Test): readonly string[] | undefined {
  if (Array.isArray(value)) return value.map(textOf);
  if (isPair(value)) return value.values.map((one) => `${value.header.toLowerCase()}: ${textOf(one)}`);
  return isRanges(value) ? value.written : undefined;
}

const isPair = (value: unknown): value is { header: string; values: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'header' in value && 'values' in value;
const isRanges = (value: unknown): value is { written: readonly string[] } =>
  typeof value === 'object' && value !== null && 'written' in value;

/** Patterns are the same where they are written the same. */
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'source' in value
    ? String(value.source)
    : JSON.stringify(value);
};

/** Whether one test holds, and is known to, wherever another does, as far as their values tell. */
export const implies = (one: Asked, other: Asked): boolean =>
  one.predicate === other.predicate &&
  one.location === other.location &&
  one.values.every((value) => other.values.some((wide) => isWithin(one.predicate, value, wide)));

function isWithin(predicate: string, narrow: string, wide: string): boolean {
  if (narrow === wide) return true;
  if (ofDomains.has(predicate)) return isSameOrBelow(narrow, wide);
  return ofNumbers.has(predicate) && numberIn(narrow) >= numberIn(wide);
}

const numberIn = (value: string): number => Number(value.replace('alone ', ''));
