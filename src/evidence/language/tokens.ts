import { HIDDEN, withoutHidden } from '../text/hidden-characters.ts';

/** A word of a text: what it comes to, and where it stands. */
export interface Token {
  /** Lower case, without accents and tricks; two where digits may stand for letters. */
  readonly forms: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Words of a text that are looked at. */
const MOST = 20_000;

/** A word and what hides in it: soft hyphens, zero-width characters, marks of direction, signs that stand for letters. */
const WORD = new RegExp(`[\\p{L}\\p{M}\\p{N}\\u24b6-\\u24e9@$${HIDDEN}]+`, 'gu');

/** Letters of other scripts, and of ours, that look like plain Latin ones. After NFKC, without accents, in lower case. */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  [
    'а a',
    'ӓ a',
    'α a',
    'ɑ a',
    'в b',
    'ь b',
    'β b',
    'с c',
    'ϲ c',
    'ԁ d',
    'е e',
    'є e',
    'ε e',
    'ҽ e',
    'ɡ g',
    'һ h',
    'н h',
    'і i',
    'ι i',
    'ı i',
    'ј j',
    'к k',
    'κ k',
    'ӏ l',
    'ł l',
    'м m',
    'п n',
    'η n',
    'о o',
    'ο o',
    'σ o',
    'ø o',
    'р p',
    'ρ p',
    'ԛ q',
    'г r',
    'ѕ s',
    'т t',
    'τ t',
    'υ u',
    'ц u',
    'ν v',
    'ѵ v',
    'ԝ w',
    'ω w',
    'х x',
    'χ x',
    'у y',
    'γ y',
    'ß ss',
    'æ ae',
    'œ oe',
    'đ d',
    'þ th',
  ].map((pair) => pair.split(' ') as [string, string]),
);

/** What digits and signs are put for. */
const signs: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
]);

/**
 * The words of a text as phrases are matched on them: NFKC, lower case, accents and invisible characters off, look-alike
 * letters in a word of Latin ones replaced, letters set apart by blanks joined. Linear in the text; hostile text.
 *
 * @example tokensOf('P\u0430ss\u200bw0rd')[0].forms // ['passw0rd', 'password']
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(WORD)) {
    const forms = formsOf(found[0]);
    if (forms.length === 0) continue;
    tokens.push({ forms, start: found.index, end: found.index + found[0].length });
    if (tokens.length === MOST) break;
  }
  return joined(tokens);
}

/** Characters of a word that are looked at. */
const LONGEST = 60;

function formsOf(word: string): readonly string[] {
  const shown = withoutHidden(word.slice(0, 10 * LONGEST).normalize('NFKC')).slice(0, LONGEST);
  const plain = shown.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  if (plain === '') return [];
  const latin =
    /[a-z]/.test(plain) || !/\p{L}/u.test(plain) || [...plain].every((letter) => lookAlikes.has(letter))
      ? replaced(plain, lookAlikes)
      : plain;
  if (!/[0-9@$]/.test(latin) || !/[a-z]/.test(latin)) return [latin];
  return [latin, replaced(latin, signs)];
}

const replaced = (word: string, by: ReadonlyMap<string, string>): string =>
  [...word].map((letter) => by.get(letter) ?? letter).join('');

/** Letters in a row that make a word: `p a s s w o r d`. */
const SPACED = 5;

function joined(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    while (end < tokens.length && tokens[end]!.forms[0]!.length === 1 && end - at < LONGEST) end++;
    if (end - at < SPACED) {
      out.push(tokens[at]!);
      at++;
      continue;
    }
    const run = tokens.slice(at, end);
    out.push({ forms: [run.map(({ forms }) => forms[0]).join('')], start: run[0]!.start, end: run.at(-1)!.end });
    at = end;
  }
  return out;
}
