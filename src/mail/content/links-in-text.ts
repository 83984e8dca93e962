/** Where a link may be: a dot inside a word, a scheme, a dot written as `[dot]`. */
const HINT = /\.(?=[^\s.])|:\/\/|[[({](?:dot|punkt|punto)[\])}]/gi;

/** What ends a link in running text. */
const DELIMITER = /[\s<>"`\x00-\x1f\x7f\u00a0\u2018-\u201f\u00ab\u00bb\u3000-\u3011\uff0c\ufffd]/;

/** `http:`, `hxxp:`, `h**p[:]` and `www.`: where a link begins inside a word. */
const BEGIN =
  /(?:(?:h(?:tt|xx|\*\*)ps?|f[tx]p)(?::|\[:\]|\(:\)|\[:(?=\/\/\])))\[?\\?\/\\?\/\]?|(?<![\w.@-])www\d?(?:\.|\[\.\]|\(\.\))(?=[^\s.])/i;

/** The same for ASCII, which is most of mail. */
const ASCII_DELIMITERS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(DELIMITER.test(String.fromCharCode(code))),
);

function isDelimiter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? ASCII_DELIMITERS[code] === 1 : DELIMITER.test(text[at]!);
}

/** What a word has that may be a link other than a host alone. */
const MORE_THAN_LABELS = /[:/?#[({]|www/i;

/** Dots made harmless. */
const HARMLESS_DOT = /\s?[[({](?:\.|dot|punkt|punto)[\])}]\s?/gi;

/** A host alone, or with a path: labels with dots between. Labels are bounded, so a long word costs no more than its length. */
const HOST =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(\p{L}{2,24}|xn--[a-z0-9-]{2,59})(?=[/?#:]|$)/iu;

/** Top-level domains that make a host of a word without a scheme and a path; others are too often file names or typos. */
const KNOWN_TLDS = new Set(
  (
    'com net org edu gov mil int info biz io co app dev xyz top online site shop club live link click icu store website ' +
    'space tech cloud vip work pro ru cn de uk fr nl eu us jp br in it es au ca ch se no dk fi be at cz tk ml ga cf gq'
  ).split(' '),
);

/** Words longer than this are no links that a person can be shown. */
const LONGEST_WORD = 8192;

/** A link that stands in running text. */
export interface TextLink {
  /** With its scheme, dots as dots: what a person who follows it opens. */
  readonly url: string;
}

/**
 * What looks like a link in running text, in order: URLs with a scheme, `www.` hosts, hosts alone where they can hardly
 * be anything else, and forms that were made harmless (`hxxps[:]//example[.]com`, `example[dot]com/path`). Addresses
 * (`a@example.com`) are none. Linear: each word is looked at once.
 *
 * @example linksIn('see hxxps://example[.]com/a.') // [{ url: 'https://example.com/a' }]
 */
export function linksIn(text: string): TextLink[] {
  const links: TextLink[] = [];
  let end = 0;
  HINT.lastIndex = 0;
  for (let hint = HINT.exec(text); hint !== null; hint = HINT.exec(text)) {
    const start = beginOfWord(text, hint.index, end);
    end = endOfWord(text, hint.index + hint[0].length);
    links.push(...linksInWord(text.slice(start, Math.min(end, start + LONGEST_WORD))));
    HINT.lastIndex = end;
  }
  return links;
}

function beginOfWord(text: string, from: number, least: number): number {
  let start = from;
  while (start > least && !isDelimiter(text, start - 1)) start--;
  return start;
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isDelimiter(text, end)) end++;
  return end;
}

/** A word may hold several: `https://a.example,https://b.example`. */
function linksInWord(word: string): TextLink[] {
  if (!MORE_THAN_LABELS.test(word)) return bareHosts(word);
  if (!BEGIN.test(word)) return bareHosts(word);
  return word
    .split(/[,;|](?=h(?:tt|xx)ps?:)/i)
    .map((piece) => {
      const begin = BEGIN.exec(piece);
      return begin === null ? '' : armed(piece.slice(begin.index));
    })
    .filter((url) => url !== '')
    .map((url) => ({ url }));
}

/** The link as it was before it was made harmless, without what the sentence around it added. */
function armed(text: string): string {
  const scheme = /^[a-z*]{3,5}(?=[[(:])/i.exec(text)?.[0];
  const rest = scheme === undefined ? text : text.slice(scheme.length).replace(/^[[(]?:[\])]?\[?\\?\/\\?\/\]?/, '');
  const dotted = /[[({]/.test(rest) ? rest.replace(HARMLESS_DOT, '.') : rest;
  const link = withoutSentence(dotted);
  if (!/^[^/?#]*[\p{L}\p{N}]/u.test(link)) return '';
  return `${plainScheme(scheme)}://${link}`;
}

function plainScheme(scheme: string | undefined): string {
  if (scheme === undefined) return 'http';
  if (/^f/i.test(scheme)) return 'ftp';
  return /s$/i.test(scheme) ? 'https' : 'http';
}

/** Punctuation and brackets that the link did not open belong to the sentence. */
function withoutSentence(link: string): string {
  const excess = new Map<string, number>();
  let end = link.length;
  for (; end > 0; end--) {
    const character = link[end - 1]!;
    const open = OPENING.get(character);
    if (open === undefined) {
      if (!".,;:!?'*_~|\\".includes(character)) break;
      continue;
    }
    const left = excess.get(character) ?? count(link, character) - count(link, open);
    if (left <= 0) break;
    excess.set(character, left - 1);
  }
  return link.slice(0, end);
}

const OPENING: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

const bareHosts = (word: string): TextLink[] =>
  /[,;|]./.test(word) ? word.split(/[,;|]/).flatMap(bareHost) : bareHost(word);

/** Whether a word without a path ends in a top-level domain that is a link by itself: what most words end in is none. */
function endsInKnownTld(word: string): boolean {
  let end = word.length;
  while (end > 0 && !/[\p{L}\p{N}]/u.test(word[end - 1]!)) end--;
  return KNOWN_TLDS.has(word.slice(word.lastIndexOf('.', end - 1) + 1, end).toLowerCase());
}

function bareHost(word: string): TextLink[] {
  if (!MORE_THAN_LABELS.test(word) && !endsInKnownTld(word)) return [];
  const start = /[\p{L}\p{N}]/u.exec(word)?.index ?? word.length;
  const text = word.slice(start);
  const dotted = /[[({]/.test(text) ? text.replace(HARMLESS_DOT, '.') : text;
  const link = withoutSentence(dotted);
  const host = HOST.exec(link);
  if (host === null || /^[^/?#]*@/.test(link)) return [];
  const tld = host[1]!.toLowerCase();
  const behind = link.slice(host[0].length);
  if (behind[0] === ':' && !/^:\d/.test(behind)) return [];
  // Nobody writes `[.]` but to take a link's edge off; `(dot)` is how addresses and names are written, too.
  const meant = /[[({]\.[\])}]/.test(text) || (dotted !== text && behind[0] === '/') || /^www\./i.test(link);
  return meant || KNOWN_TLDS.has(tld) || (behind[0] === '/' && tld.length === 2) ? [{ url: `http://${link}` }] : [];
}
