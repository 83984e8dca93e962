import { bagTexts, type CompactBag } from '../../../schema/index.ts';
import type { Value } from '../../../values/index.ts';
import type { Leaf } from './leaves.ts';

/** More words than these are not tried in every combination. */
const MAX_WORDS = 5;

/**
 * Every value of a leaf that a predicate over these literals can tell apart; undefined where there are too many. A word
 * that is not known is stood for by the words of the literals, and by some that are in none.
 */
export function listedValues(leaf: Leaf, literals: readonly string[]): readonly Value[] | undefined {
  if (leaf.values !== undefined) return leaf.values;
  if (leaf.facts?.kind === 'closed') return ['', ...leaf.facts.texts];
  const asked = wordsIn(literals);
  if (leaf.words !== undefined) return [null, ...new Set([...leaf.words, ...asked, ...unknownWords])];
  if (leaf.facts?.kind !== 'bag') return undefined;
  return bagValues(leaf.facts.bag, asked);
}

const wordsIn = (literals: readonly string[]): string[] => [
  ...new Set(literals.flatMap((literal) => literal.toLowerCase().match(/[a-z]+/g) ?? [])),
];

const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const unknownWords = [...alphabet, alphabet, [...alphabet].reverse().join('')];

const bags = new Map<CompactBag, readonly string[]>();

/** The words that are asked for, in every combination; those that no one would take for a verdict one at a time. */
function bagValues(bag: CompactBag, asked: readonly string[]): readonly string[] | undefined {
  const keys = Object.keys(bag.members);
  const names = new Set(keys.map((key) => key.toLowerCase()));
  const isOdd = (word: string): boolean => word.length === 1 || names.has(word);
  const words = asked.filter((word) => !isOdd(word));
  if (words.length > MAX_WORDS) return undefined;
  const known = bags.get(bag) ?? [
    ...inAnyOrder(bag),
    ...oneAtATime(bag, [...Object.values(bag.members).flat(), ...unknownWords]),
  ];
  bags.set(bag, known);
  const members = Object.fromEntries(keys.map((key) => [key, [...new Set([...words, 'pass'])]]));
  return ['', ...known, ...bagTexts({ ...bag, members }), ...oneAtATime(bag, asked.filter(isOdd))];
}

const oneAtATime = ({ members }: CompactBag, words: readonly string[]): string[] => {
  const keys = Object.keys(members);
  return keys.flatMap((key) => words.map((word) => textOf(keys.map((k) => [k, k === key ? word : 'pass']))));
};

/** The members in each order. */
const inAnyOrder = ({ members }: CompactBag): string[] =>
  permutations(Object.keys(members)).flatMap((order) =>
    ['pass', 'fail', 'none'].map((word) => textOf(order.map((key) => [key, word]))),
  );

const textOf = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([key, word]) => `"${key}":"${word}"`).join(',')}}`;

const permutations = (items: readonly string[]): string[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
