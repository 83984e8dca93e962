import { parseMailDate } from './date.ts';
import { decodedText } from './encoded-words.ts';
import type { Hop } from './hop.ts';
import { ipAddressOf } from './ip-address.ts';
import { fieldsNamed, type HeaderField, type RawMessage, unfolded } from './raw-message.ts';

/** Characters of one Received field that are read; real ones have some hundreds. */
const LENGTH = 4000;

/** A word, or a comment without its brackets. */
interface Token {
  readonly text: string;
  readonly comment: boolean;
}

const clauses = ['by', 'via', 'with', 'id', 'for'] as const;
type Clause = 'from' | (typeof clauses)[number];

/** The parts of a Received field: each clause with what stands behind its keyword. */
type Clauses = Readonly<Partial<Record<Clause, readonly Token[]>>> & { readonly comments: readonly string[] };

/**
 * Takes one Received field apart (RFC 5321 section 4.4), in the dialects of Exchange and Microsoft 365, Postfix, Exim,
 * Sendmail, Gmail, qmail, Zoho, Yahoo and their like. The address is that of the connection as the receiver wrote it; one
 * that the client gave in HELO is never taken for it. Where a field shows two different ones, none is taken.
 *
 * @example hopOf(field) // { helo: 'mx.example.net', ip: '192.0.2.7', by: 'mail.example.com', with: 'ESMTPS', at: 1700558400000 }
 */
export function hopOf(field: HeaderField): Hop {
  const text = decodedText(unfolded(field.value.slice(0, LENGTH)));
  const { tokens, date } = tokensOf(text);
  const parts = clausesOf(tokens);
  return {
    ...clientOf(parts),
    ...given('by', hostOf(parts.by?.[0]?.text)),
    ...given('with', wordsOf(parts.with)),
    ...given('for', withoutBrackets(parts.for?.[0]?.text)),
    ...given('envelopeFrom', envelopeFromOf(parts.comments)),
    ...given('at', parseMailDate(date)),
  };
}

/** The hops of a message from the top: the last receiver first. */
export const hopsOf = (message: RawMessage): readonly Hop[] => fieldsNamed(message, 'received').map(hopOf);

const given = <K extends keyof Hop>(key: K, value: Hop[K] | undefined): Partial<Hop> =>
  value === undefined ? {} : { [key]: value };

/** Splits into words and comments; the date is what follows the last `;` outside brackets. */
function tokensOf(text: string): { tokens: readonly Token[]; date: string } {
  const tokens: Token[] = [];
  let date = text.length;
  let words = Number.POSITIVE_INFINITY;
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    const end = char === '(' ? endOfComment(text, at) : endOfWord(text, at);
    if (char === ';') {
      date = at + 1;
      words = tokens.length;
    } else if (char === '(') tokens.push({ text: text.slice(at + 1, end - 1), comment: true });
    else if (end > at) tokens.push({ text: text.slice(at, end), comment: false });
    at = Math.max(end, at + 1);
  }
  return { tokens: tokens.filter(({ comment }, at) => comment || at < words), date: text.slice(date) };
}

function endOfComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length + 1;
}

const WORD_END = /[ \t\r\n(;]/g;

/** Up to a blank, a comment or a `;`; what is in angle brackets is one word. */
function endOfWord(text: string, from: number): number {
  const close = text[from] === '<' ? text.indexOf('>', from) : -1;
  if (close >= 0) return close + 1;
  WORD_END.lastIndex = from;
  return WORD_END.test(text) ? WORD_END.lastIndex - 1 : text.length;
}

function clausesOf(tokens: readonly Token[]): Clauses {
  const parts: Partial<Record<Clause, Token[]>> = {};
  const comments: string[] = [];
  let current: Token[] | undefined;
  for (const [at, token] of tokens.entries()) {
    if (token.comment && parts.from !== current) comments.push(token.text);
    const keyword = token.comment ? undefined : keywordOf(token.text, at);
    // What follows a keyword is its value even if it looks like one: a client may call itself `by`.
    if (keyword === undefined || parts[keyword] !== undefined || current?.length === 0) current?.push(token);
    else parts[keyword] = current = [];
  }
  return { ...parts, comments };
}

function keywordOf(word: string, at: number): Clause | undefined {
  const lower = word.toLowerCase();
  return lower === 'from' && at === 0 ? 'from' : clauses.find((clause) => clause === lower);
}

type Client = Pick<Hop, 'helo' | 'ip' | 'reverse'>;

/** What the `from` clause says about the client: its word, and what the comments behind it add. */
function clientOf({ from, by, comments }: Clauses): Client {
  const word = from?.[0]?.text;
  if (from === undefined || word === undefined) return {};
  const behind = from.slice(1);
  const inComments = behind.flatMap(({ text, comment }) => (comment ? tcpInfoOf(text) : undefined) ?? []);
  // A client may say `EHLO x [192.0.2.1]`; what a receiver knows, it writes in a comment, if in any.
  const seen = inComments.length > 0 ? inComments : behind.flatMap(({ text }) => bracketed(text) ?? []);
  const told = behind.flatMap(({ text, comment }) => (comment ? (heloIn(text) ?? []) : []))[0];
  const ips = new Set(seen.map(({ ip }) => ip));
  if (ips.size === 1) {
    // Exim writes the name that it found and checked in the place of HELO where the two differ: `from name ([ip] helo=x)`.
    const checked = seen.some(({ helo }) => helo !== undefined) ? nameOf(word) : undefined;
    return { helo: told ?? word, ...seen[0], ...given('reverse', seen[0]!.reverse ?? checked) };
  }
  const own = ips.size === 0 && writesAddressFirst(behind, by, comments) ? ipAddressOf(word) : undefined;
  return { helo: told ?? word, ...given('ip', own) };
}

/** Exim writes the client's address in the place of a name where it found none; Yahoo and CommuniGate always do. */
const writesAddressFirst = (behind: readonly Token[], by: Clauses['by'], comments: readonly string[]): boolean =>
  behind.some(({ text, comment }) => comment && /^(?:(?:account \S+ )?HELO |EHLO |helo=|port=\d+)/.test(text)) ||
  comments.some((comment) => /^Exim /.test(comment)) ||
  by?.[1]?.text === 'pod-id';

/** The HELO name in a comment of its own: qmail's and CommuniGate's `(HELO x)`, Yahoo's `(EHLO x)`, Exim's `(port=1 helo=x)`. */
const heloIn = (comment: string): string | undefined =>
  /^(?:(?:account \S+ )?HELO |EHLO |(?:port=\d+ )?helo=)(\S+)/.exec(comment)?.[1];

/**
 * What a receiver knows of the connection: `host [address]:port helo=x ident=y (may be forged)`. The whole comment must have
 * that form: others repeat what the client says (certificates, HELO, log-ins).
 */
const TCP_INFO =
  /^(?:(?<host>[^\s[\]]+) ?)?\[(?<ip>[^\s[\]]+)\](?::\d+)?(?: (?:helo=(?<helo>\S+)|ident=\S+|port=\d+|\((?<forged>may be forged|misconfigured sender)\)))*$/;
/** The address alone, as Microsoft writes it, or with the name of RFC 1413 as qmail does: `name@192.0.2.1`. */
const BARE_ADDRESS = /^(?:\S*@)?(?<ip>[^\s@[\]]+)$/;

function tcpInfoOf(comment: string): Client | undefined {
  if (heloIn(comment) !== undefined) return undefined;
  const text = comment.trim();
  const match = (TCP_INFO.exec(text) ?? BARE_ADDRESS.exec(text))?.groups;
  const ip = ipAddressOf(match?.ip ?? '');
  if (ip === undefined) return undefined;
  // A name that does not lead back to the address is one that the client's own DNS chose.
  const reverse = match?.forged === undefined ? nameOf(match?.host) : undefined;
  return { ip, ...given('reverse', reverse), ...given('helo', match?.helo) };
}

/** `from name [address] by …`, as some servers write without a comment. */
function bracketed(word: string): Client | undefined {
  const ip = word.startsWith('[') ? ipAddressOf(word) : undefined;
  return ip === undefined ? undefined : { ip };
}

/** A host name found by reverse DNS; `unknown` and addresses are none. */
function nameOf(word: string | undefined): string | undefined {
  const name = hostOf(word?.replace(/^.*@/, ''));
  return name === undefined || name === 'unknown' || ipAddressOf(name) !== undefined ? undefined : name;
}

const hostOf = (word: string | undefined): string | undefined =>
  word === undefined ? undefined : (ipAddressOf(word) ?? word.toLowerCase().replace(/\.$/, ''));

function wordsOf(tokens: readonly Token[] | undefined): string | undefined {
  const words = tokens?.filter(({ comment }) => !comment).map(({ text }) => text);
  return words === undefined || words.length === 0 ? undefined : words.join(' ');
}

const withoutBrackets = (word: string | undefined): string | undefined => word?.replace(/^<(.*)>$/s, '$1');

function envelopeFromOf(comments: readonly string[]): string | undefined {
  const comment = comments.findLast((text) => /^envelope-(?:from|sender) /.test(text));
  return withoutBrackets(comment?.slice(comment.indexOf(' ') + 1).trim());
}
