import { escapedCharacter, PatternError } from './pattern-escape.ts';

/** A set of characters as the engine and as JavaScript spell it, each to stand alone in a pattern. */
export interface CharacterSet {
  readonly engine: string;
  readonly script: string;
}

/** A part of a class: characters from the first to the last, or a Unicode category. */
type Item =
  | { readonly first: number; readonly last: number }
  | { readonly category: string; readonly negated: boolean };

const range = (first: number, last: number = first): Item => ({ first, last });
const category = (name: string, negated = false): Item => ({ category: name, negated });
const connectors = [
  range(0x5f),
  range(0x203f, 0x2040),
  range(0x2054),
  range(0xfe33, 0xfe34),
  range(0xfe4d, 0xfe4f),
  range(0xff3f),
];

/** What Unicode calls alphabetic beside letters and marks: the letters in circles and squares. */
const circled = [range(0x24b6, 0x24e9), range(0x1f130, 0x1f149), range(0x1f150, 0x1f169), range(0x1f170, 0x1f189)];

const shorthands: Readonly<Record<string, readonly Item[]>> = {
  d: [category('Nd')],
  s: [
    range(9, 13),
    range(0x20),
    range(0x85),
    range(0xa0),
    range(0x1680),
    range(0x2000, 0x200a),
    range(0x2028, 0x2029),
    range(0x202f),
    range(0x205f),
    range(0x3000),
  ],
  w: [category('L'), category('M'), category('Nd'), category('Nl'), ...circled, range(0x200c, 0x200d), ...connectors],
};

const posix: Readonly<Record<string, readonly Item[]>> = {
  alnum: [range(48, 57), range(65, 90), range(97, 122)],
  alpha: [range(65, 90), range(97, 122)],
  ascii: [range(0, 127)],
  blank: [range(9), range(32)],
  cntrl: [range(0, 31), range(127)],
  digit: [range(48, 57)],
  graph: [range(33, 126)],
  lower: [range(97, 122)],
  print: [range(32, 126)],
  punct: [range(33, 47), range(58, 64), range(91, 96), range(123, 126)],
  space: [range(9, 13), range(32)],
  upper: [range(65, 90)],
  word: [range(48, 57), range(65, 90), range(95), range(97, 122)],
  xdigit: [range(48, 57), range(65, 70), range(97, 102)],
};

const LAST = 0x10ffff;

/** All characters but those of the ranges. */
function outside(items: readonly Item[]): Item[] {
  const ranges = items.filter((item) => 'first' in item).sort((a, b) => a.first - b.first);
  const gaps: Item[] = [];
  let next = 0;
  for (const { first, last } of ranges) {
    if (first > next) gaps.push(range(next, first - 1));
    next = Math.max(next, last + 1);
  }
  if (next <= LAST) gaps.push(range(next, LAST));
  return gaps;
}

const isRanges = (items: readonly Item[]): boolean => items.every((item) => 'first' in item);

const characterText = (code: number, meta: RegExp): string => {
  const character = String.fromCodePoint(code);
  if (meta.test(character)) return `\\${character}`;
  return code < 0x20 || code === 0x7f || code === 0x85 || code > 0xff ? `\\x{${code.toString(16)}}` : character;
};

const engineMeta = /[\\\]^[-]/;
/** In a class, JavaScript gives a meaning to every doubled sign; a backslash takes it away. */
const scriptMeta = /[\\^$.*+?()[\]{}|/&\-!#%,:;<=>@`~]/;

function itemText(item: Item, spell: (code: number) => string, named: (name: string) => string): string {
  if ('category' in item) return `\\${item.negated ? 'P' : 'p'}{${named(item.category)}}`;
  return item.first === item.last ? spell(item.first) : `${spell(item.first)}-${spell(item.last)}`;
}

const scriptCode = (code: number): string => {
  const text = characterText(code, scriptMeta);
  return text.startsWith('\\x{') ? `\\u{${text.slice(3)}` : text;
};

function spelt(items: readonly Item[], negated: boolean): CharacterSet {
  const sign = negated ? '^' : '';
  const engine = items
    .map((item) =>
      itemText(
        item,
        (code) => characterText(code, engineMeta),
        (name) => name,
      ),
    )
    .join('');
  const script = items.map((item) => itemText(item, scriptCode, scriptCategory)).join('');
  if (items.length === 0) throw new PatternError('a class [] is empty');
  return { engine: `[${sign}${engine}]`, script: `[${sign}${script}]` };
}

const scriptCategory = (name: string): string => (name.length > 2 ? `Script=${name}` : name);

/** `\d`, `\W` and their like, outside of a class. */
export function shorthandOf(letter: string): CharacterSet {
  const lower = letter.toLowerCase();
  const items = shorthands[lower] as readonly Item[];
  if (lower === 'd')
    return { engine: `\\${letter === 'd' ? 'p' : 'P'}{Nd}`, script: `\\${letter === 'd' ? 'p' : 'P'}{Nd}` };
  return spelt(items, letter !== lower);
}

const categories = new Set(
  'L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp'.split(' '),
);
const longNames: Readonly<Record<string, string>> = {
  letter: 'L',
  uppercaseletter: 'Lu',
  lowercaseletter: 'Ll',
  mark: 'M',
  number: 'N',
  decimalnumber: 'Nd',
  punctuation: 'P',
  symbol: 'S',
  separator: 'Z',
};
const scripts =
  'Arabic Armenian Bengali Cyrillic Devanagari Georgian Greek Gujarati Han Hangul Hebrew Hiragana Katakana Khmer Latin Tamil Telugu Thai'.split(
    ' ',
  );

function categoryName(written: string): string {
  const loose = written.toLowerCase().replace(/[\s_-]/g, '');
  const found = longNames[loose] ?? [...categories, ...scripts].find((name) => name.toLowerCase() === loose);
  if (found === undefined) throw new PatternError(`the class \\p{${written}} is not supported`);
  return found;
}

/** `\p{Lu}`, `\PN`, `\p{Greek}`, outside of a class. */
export function categoryOf(letter: string, written: string): CharacterSet {
  const name = categoryName(written);
  return { engine: `\\${letter}{${name}}`, script: `\\${letter}{${scriptCategory(name)}}` };
}

/** One part of a class as it is read: what it stands for, or all characters but that. */
interface Part {
  readonly items: readonly Item[];
  readonly negated: boolean;
}

/** A class, read from behind its `[`, and how much of the text it takes. */
export function classOf(text: string): { set: CharacterSet; length: number } {
  const reader = { text, at: 0 };
  const negated = text.startsWith('^');
  if (negated) reader.at = 1;
  const start = reader.at;
  const parts: Part[] = [];
  while (reader.text[reader.at] !== ']' || reader.at === start) {
    if (reader.at >= text.length) throw new PatternError('a [ is not closed');
    parts.push(readPart(reader));
  }
  return { set: union(parts, negated), length: reader.at + 1 };
}

interface Reader {
  readonly text: string;
  at: number;
}

function readPart(reader: Reader): Part {
  const rest = reader.text.slice(reader.at);
  const named = /^\[:(\^?)([a-z]+):\]/.exec(rest);
  if (named !== null) {
    reader.at += named[0].length;
    const items = posix[named[2] as string];
    if (items === undefined) throw new PatternError(`the class ${named[0]} is not known`);
    return named[1] === '^' ? { items: outside(items), negated: false } : { items, negated: false };
  }
  if (/^(?:\[|&&|--|~~)/.test(rest)) throw new PatternError('a class inside a class is not supported');
  const set = /^\\(?:([dDwWsS])|([pP])(?:\{([^}]*)\}|([a-zA-Z])))/.exec(rest);
  if (set === null) return { items: [readRange(reader)], negated: false };
  reader.at += set[0].length;
  const [, shorthand, letter, long, short] = set;
  if (shorthand === undefined)
    return { items: [category(categoryName(long ?? short ?? ''), letter === 'P')], negated: false };
  const items = shorthands[shorthand.toLowerCase()] as readonly Item[];
  if (shorthand === shorthand.toLowerCase()) return { items, negated: false };
  if (shorthand === 'D') return { items: [category('Nd', true)], negated: false };
  return isRanges(items) ? { items: outside(items), negated: false } : { items, negated: true };
}

function readRange(reader: Reader): Item {
  const first = readCharacter(reader);
  if (!/^-[^\]]/s.test(reader.text.slice(reader.at))) return range(first);
  if (reader.text.startsWith('--', reader.at)) return range(first);
  reader.at += 1;
  const last = readCharacter(reader);
  if (last < first) throw new PatternError('a range in a class runs backwards');
  return range(first, last);
}

function readCharacter(reader: Reader): number {
  const code = reader.text.codePointAt(reader.at) as number;
  reader.at += code > 0xffff ? 2 : 1;
  if (code !== 0x5c) return code;
  const { character, length } = escapedCharacter(reader.text.slice(reader.at));
  reader.at += length;
  return character.codePointAt(0) as number;
}

/** RE2 has no classes inside classes: "all but" beside other parts is said as an alternative, or taken apart. */
function union(parts: readonly Part[], negated: boolean): CharacterSet {
  const plain = parts.filter((part) => !part.negated).flatMap(({ items }) => items);
  const [but, ...more] = parts.filter((part) => part.negated);
  if (but === undefined) return spelt(plain, negated);
  if (more.length > 0 || plain.some((item) => but.items.includes(item))) {
    // \w beside \W is everything.
    if (negated) throw new PatternError('a class that holds nothing is not supported');
    return { engine: '(?s:.)', script: '[^]' };
  }
  if (!negated) {
    if (plain.length === 0) return spelt(but.items, true);
    const [rest, own] = [spelt(but.items, true), spelt(plain, false)];
    return { engine: `(?:${rest.engine}|${own.engine})`, script: `(?:${rest.script}|${own.script})` };
  }
  const without = but.items.filter((item) => !plain.some((one) => isSame(one, item)));
  if (but.items.length - without.length < plain.length) {
    throw new PatternError('\\W in a class [^...] goes with nothing but _');
  }
  return spelt(without, false);
}

const isSame = (a: Item, b: Item): boolean => 'first' in a && 'first' in b && a.first === b.first && a.last === b.last;
