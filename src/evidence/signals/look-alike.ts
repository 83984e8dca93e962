import { toUnicodeDomain } from '../../mail/index.ts';
import { nameOfOrg, orgOf } from './domains.ts';

/** In what way a domain looks like another. */
export type Likeness = 'letters' | 'one-letter' | 'ending' | 'added-words' | 'in-front';

/** Letters that are read as others, longest first (a choice of Unicode's confusables, and pairs of Latin letters). */
const read: Readonly<Record<string, string>> = {
  rn: 'm',
  vv: 'w',
  cl: 'd',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  i: 'l',
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'l',
  ј: 'j',
  ѕ: 's',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  һ: 'h',
  к: 'k',
  м: 'm',
  н: 'h',
  т: 't',
  в: 'b',
  α: 'a',
  ε: 'e',
  ι: 'l',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  ı: 'l',
  ł: 'l',
};

const CONFUSABLE = new RegExp(Object.keys(read).join('|'), 'g');
const MARKS = /\p{Mark}/gu;

/** A name as the eye takes it in: two names that read the same have the same skeleton. */
const skeletonOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .toLowerCase()
    .replaceAll(CONFUSABLE, (letters) => read[letters]!);

/** Shorter names are too often one letter from another to say anything. */
const SHORTEST = 5;
/** And one letter is the difference between many honest names that are not longer than this. */
const SHORTEST_EDITED = 6;
const LONGEST = 63;

/**
 * How a domain is made to look like a known one; undefined where it does not, or belongs to it.
 *
 * @example likenessOf('rnuseum.example', 'museum.example') // 'letters'
 * @example likenessOf('museum-shop.test', 'museum.example') // 'added-words'
 * @example likenessOf('mu5eum-shop.test', 'museum.example') // 'letters'
 */
export function likenessOf(domain: string, known: string): Likeness | undefined {
  const [org, knownOrg] = [orgOf(domain), orgOf(known)];
  if (org === '' || knownOrg === '' || org === knownOrg) return undefined;
  const [name, knownName] = [toUnicodeDomain(nameOfOrg(org)), toUnicodeDomain(nameOfOrg(knownOrg))];
  if (knownName.length > LONGEST || name.length > LONGEST) return undefined;
  const sameEnding = org.slice(nameOfOrg(org).length) === knownOrg.slice(nameOfOrg(knownOrg).length);
  if (name !== knownName && skeletonOf(name) === skeletonOf(knownName)) return 'letters';
  if (name === knownName) return sameEnding || knownName.length < SHORTEST ? undefined : 'ending';
  if (knownName.length < SHORTEST) return undefined;
  if (sameEnding && knownName.length >= SHORTEST_EDITED && isOneEditApart(name, knownName)) return 'one-letter';
  const word = tokensOf(name).find((one) => one === knownName || skeletonOf(one) === skeletonOf(knownName));
  // Digits and letters of other alphabets get into a word on purpose; `modern` and `modem` are honest neighbours.
  if (word !== undefined) return word !== knownName && FOREIGN.test(word) ? 'letters' : 'added-words';
  const before = domain.slice(0, Math.max(0, domain.length - org.length - 1));
  return tokensOf(before).includes(knownName) ? 'in-front' : undefined;
}

const FOREIGN = /[\d\u0080-\uffff]/;

const tokensOf = (name: string): readonly string[] => name.toLowerCase().split(/[.-]/);

/**
 * Whether a host name bears the name of an organization that it does not belong to: `bakery.throwaway.example` and
 * `files-receiver.throwaway.example` bear those of the bakery and of the receiver.
 */
export function bearsNameOf(host: string, org: string): boolean {
  const name = nameOfOrg(org);
  if (name.length < 4 || orgOf(host) === '' || orgOf(host) === org) return false;
  const lower = host.toLowerCase();
  if (tokensOf(lower).includes(name)) return true;
  return name.includes('-') && lower.split('.').some((label) => `-${label}-`.includes(`-${name}-`));
}

/** One letter more, fewer, other, or two neighbours exchanged. */
function isOneEditApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let [end, otherEnd] = [one.length, other.length];
  while (end > start && otherEnd > start && one[end - 1] === other[otherEnd - 1])
    [end, otherEnd] = [end - 1, otherEnd - 1];
  const [left, otherLeft] = [one.slice(start, end), other.slice(start, otherEnd)];
  if (left.length <= 1 && otherLeft.length <= 1) return true;
  return left.length === 2 && left === [...otherLeft].reverse().join('');
}

/** Scripts that are never mixed inside a label of an honest name with Latin letters. */
const MIXED =
  /(?=.*\p{Script=Latin})(?=.*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}])/u;

/** Whether a label of the domain mixes Latin letters with those of another alphabet that look like them. */
export const hasMixedScripts = (domain: string): boolean =>
  toUnicodeDomain(domain.slice(0, 253))
    .split('.')
    .some((label) => MIXED.test(label));
