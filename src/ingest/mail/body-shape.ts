import { bodyTextOf, type Content } from '../../mail/index.ts';
import { BitVotes } from './bit-votes.ts';

/** Fewer words say too little: two short notes are alike by chance. */
const FEWEST_WORDS = 12;

/** Words that are looked at. */
const MOST_WORDS = 5000;

/**
 * A number by which bodies that are alike can be found: a simhash (Charikar, "Similarity estimation techniques from rounding
 * algorithms", 2002) over the words of the body and their pairs, digits and addresses of pages folded. Two bodies with few
 * words changed differ in few of its 52 bits, two that have nothing to do with each other in 26. Undefined for a body of
 * fewer than 12 words.
 *
 * @example bitset_count_ones(binary_xor(BodyShape, 3021485221483411)) <= 6 // in KQL
 */
export function bodyShapeOf(content: Pick<Content, 'text' | 'html'>): number | undefined {
  const hashes = wordHashesOf(bodyTextOf(content));
  if (hashes.length < FEWEST_WORDS) return undefined;
  const votes = new BitVotes();
  let before = 0;
  for (const hash of hashes) {
    votes.add(hash, mixed(hash));
    const pair = mixed(Math.imul(before, 31) + hash);
    votes.add(pair, mixed(pair));
    before = hash;
  }
  return votes.majority();
}

/** FNV-1a. */
const [BASIS, PRIME] = [0x811c9dc5, 0x01000193];
const ZERO = 0x30;

/** The hashes of a text's words, a run of digits within them as one zero. No word is ever made: a letter has hundreds. */
function wordHashesOf(text: string): readonly number[] {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, '')
    .replace(/https?:\/\/\S{1,2000}/g, ' url ');
  const hashes: number[] = [];
  let hash = BASIS;
  let last = OTHER;
  for (let at = 0; at < folded.length; at++) {
    const character = folded.codePointAt(at)!;
    const kind = kindOf(character);
    if (kind === LETTER) hash = Math.imul(hash ^ folded.charCodeAt(at), PRIME);
    else if (kind === DIGIT && last !== DIGIT) hash = Math.imul(hash ^ ZERO, PRIME);
    else if (kind === OTHER && last !== OTHER) {
      if (hashes.push(mixed(hash)) === MOST_WORDS) return hashes;
      hash = BASIS;
    }
    if (character > 0xffff) {
      at++;
      if (kind === LETTER) hash = Math.imul(hash ^ folded.charCodeAt(at), PRIME);
    }
    last = kind;
  }
  if (last !== OTHER) hashes.push(mixed(hash));
  return hashes;
}

/** What a character is to a word; 0 stands for one that was not looked up yet. */
const [LETTER, DIGIT, OTHER] = [1, 2, 3];
const kinds = new Uint8Array(0x11_0000);

const kindOf = (codePoint: number): number => (kinds[codePoint] ||= lookedUp(String.fromCodePoint(codePoint)));

function lookedUp(character: string): number {
  if (/[\p{L}\p{M}]/u.test(character)) return LETTER;
  return /\p{N}/u.test(character) ? DIGIT : OTHER;
}

/** The last steps of MurmurHash3: each bit of the result depends on each bit of what goes in. */
function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
