import type { PolicyRule } from '../policy.ts';
import { type Asked, askedBy, implies } from './implies.ts';
import { contradictionIn } from './never.ts';

/** Messages for which all of this holds. */
export type Kind = readonly Asked[];

/** Kinds of messages that are looked at; a rule that would be taken apart into more is not judged. */
const MOST_KINDS = 2000;

/** What every message is one of, and is known to be. */
const everyScope: Asked = {
  predicate: 'FromScope',
  location: undefined,
  values: ['alone "InOrganization"', 'alone "NotInOrganization"'],
};

/**
 * The messages of a rule, exceptions apart, taken apart into kinds so small that each of some tests either holds for all of a
 * kind or is not known to: values that no test tells apart stay together. Kinds that no message is of are left out.
 *
 * @param others what else is asked of these messages
 * @returns undefined where there would be too many
 * @example // `DMARC: [fail, none]`, beside a rule that asks for `DMARC: fail`: one kind for each word
 */
export function kindsOf(rule: PolicyRule, others: readonly Asked[]): readonly Kind[] | undefined {
  const asked = rule.when.flatMap(({ tests }) => tests.map((test) => askedBy(test, rule)));
  const isScoped = others.some(({ predicate }) => predicate === 'FromScope');
  let kinds: readonly Kind[] = [[]];
  for (const one of isScoped ? [...asked, everyScope] : asked) {
    const parts = partsOf(one, others);
    if (kinds.length * parts.length > MOST_KINDS) return undefined;
    kinds = kinds.flatMap((kind) => parts.map((part) => [...kind, part])).filter(isPossible);
  }
  return kinds;
}

const isPossible = (kind: Kind): boolean => contradictionIn(kind) === undefined;

/** A test by the values that others tell apart. */
function partsOf(asked: Asked, others: readonly Asked[]): readonly Asked[] {
  const near = others.filter(({ predicate }) => predicate === asked.predicate);
  const parts = new Map<string, string[]>();
  for (const value of asked.values) {
    const told = near.map((other) => implies({ ...asked, values: [value] }, other)).join();
    const part = parts.get(told);
    if (part === undefined) parts.set(told, [value]);
    else part.push(value);
  }
  return [...parts.values()].map((values) => ({ ...asked, values }));
}

/** Whether a test holds, and is known to, for every message of a kind. */
export const holdsFor = (kind: Kind, wanted: Asked): boolean => kind.some((asked) => implies(asked, wanted));
