/** Characters of a sample: repeats within repeats would make millions. */
const LONGEST = 65_536;
/** Groups within groups; RE2 itself takes no more. */
const DEEPEST = 1000;

/** A text that a regular expression of RE2 matches, unless that is very long, for a group of it a text that is given: `sampleOf('a(b+)c', 1, 'x')` is `axc`. */
export function sampleOf(pattern: string, group = 0, text = ''): string {
  if (group === 0 && text !== '') return text;
  return alternatives({ pattern, at: 0, groups: 0, depth: 0, wanted: group, text });
}

interface Reader {
  readonly pattern: string;
  at: number;
  groups: number;
  depth: number;
  readonly wanted: number;
  readonly text: string;
}

/** What stands for a class of characters. */
const CLASSES: Readonly<Record<string, string>> = {
  d: '1',
  D: 'a',
  w: 'a',
  W: '-',
  s: ' ',
  S: 'a',
  b: '',
  B: '',
  A: '',
  z: '',
  Z: '',
  n: '\n',
  t: '\t',
  r: '\r',
  p: 'a',
  P: '1',
};
/** What is tried for a class in brackets. */
const TRIED = [...'a1A-_. @/:,', ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), '\n', '\t', 'é'];

/** The first alternative, or the one that holds the wanted group. */
function alternatives(reader: Reader): string {
  let found: string | undefined;
  for (;;) {
    const before = reader.groups;
    const one = sequence(reader);
    const holds = before < reader.wanted && reader.wanted <= reader.groups;
    if (found === undefined || holds) found = one;
    if (reader.pattern[reader.at] !== '|') return found;
    reader.at += 1;
  }
}

function sequence(reader: Reader): string {
  let text = '';
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at]!)) {
    const before = reader.groups;
    const piece = atom(reader);
    const holds = before < reader.wanted && reader.wanted <= reader.groups;
    const count = Math.max(times(reader), holds ? 1 : 0);
    const fitting = Math.floor((LONGEST - text.length) / Math.max(1, piece.length));
    text += piece.repeat(Math.min(count, Math.max(0, fitting)));
  }
  return text;
}

/** How often the atom before a quantifier stands: as seldom as it may, though once rather than not at all for `+` alone. */
function times(reader: Reader): number {
  const rest = reader.pattern.slice(reader.at);
  const [sign, least] = /^(?:[*?+]|\{(\d+)(?:,\d*)?\})\??/.exec(rest) ?? [];
  if (sign === undefined) return 1;
  reader.at += sign.length;
  return least === undefined ? (sign[0] === '+' ? 1 : 0) : Number(least);
}

function atom(reader: Reader): string {
  const sign = reader.pattern[reader.at]!;
  if (sign === '(') return group(reader);
  if (sign === '[') return bracket(reader);
  reader.at += 1;
  if (sign === '\\') {
    const escaped = reader.pattern[reader.at] ?? '';
    reader.at += 1;
    return CLASSES[escaped] ?? escaped;
  }
  if (sign === '.') return 'a';
  return '^$'.includes(sign) ? '' : sign;
}

function group(reader: Reader): string {
  const [opening, flags] = /^\((\?(?:P?<\w+>|[imsU-]*:|[imsU-]+\)|[=!]|<[=!]))?/.exec(reader.pattern.slice(reader.at))!;
  reader.at += opening.length;
  if (flags?.endsWith(')')) return '';
  const number = flags === undefined || flags.endsWith('>') ? ++reader.groups : undefined;
  const inside = reader.depth < DEEPEST ? insideOf(reader) : '';
  reader.at += 1;
  if (/^\?<?!/.test(flags ?? '')) return '';
  return number !== undefined && number === reader.wanted ? reader.text : inside;
}

function insideOf(reader: Reader): string {
  reader.depth += 1;
  const inside = alternatives(reader);
  reader.depth -= 1;
  return inside;
}

function bracket(reader: Reader): string {
  const [whole] = /^\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]/s.exec(reader.pattern.slice(reader.at)) ?? [
    reader.pattern.slice(reader.at),
  ];
  reader.at += whole.length;
  const named = whole
    .replace('[:alnum:]', 'a-zA-Z0-9')
    .replace('[:alpha:]', 'a-zA-Z')
    .replace('[:digit:]', '0-9')
    .replace('[:space:]', '\\s');
  try {
    const test = new RegExp(named);
    return TRIED.find((one) => test.test(one)) ?? '';
  } catch {
    return '';
  }
}
