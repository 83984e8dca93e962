import { bodyTextOf, type Content } from '../../mail/index.ts';

/** Bits of a shape: as many as a JSON number keeps, so that every client reads it as it is. */
const BITS = 52;
const HALF = BITS / 2;

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
  const words = wordsOf(bodyTextOf(content));
  if (words.length < FEWEST_WORDS) return undefined;
  const weights = new Int32Array(BITS);
  let before = 0;
  for (const word of words) {
    const hash = hashOf(word);
    count(weights, hash, mixed(hash));
    const pair = mixed(Math.imul(before, 31) + hash);
    count(weights, pair, mixed(pair));
    before = hash;
  }
  return weights.reduce((shape, weight, bit) => (weight > 0 ? shape + 2 ** bit : shape), 0);
}

function wordsOf(text: string): readonly string[] {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, '')
    .replace(/https?:\/\/\S{1,2000}/g, ' url ')
    .replace(/\p{N}+/gu, '0');
  const words: string[] = [];
  for (const [word] of folded.matchAll(/[\p{L}\p{M}0]+/gu)) if (words.push(word) === MOST_WORDS) break;
  return words;
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** The last steps of MurmurHash3: each bit of the result depends on each bit of what goes in. */
function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function count(weights: Int32Array, low: number, high: number): void {
  for (let bit = 0; bit < HALF; bit++) {
    weights[bit]! += (low >>> bit) & 1 ? 1 : -1;
    weights[bit + HALF]! += (high >>> bit) & 1 ? 1 : -1;
  }
}
