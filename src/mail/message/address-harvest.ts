import type { WrittenMailbox } from './address-grammar.ts';
import { toAsciiDomain } from './domain-name.ts';
import { decodedWords } from './encoded-words.ts';
import type { Mailbox } from './mailbox.ts';

/** A run of characters that may stand in an address, as lenient readers see it. */
const RUN = /[^\0-\x20\x7f\u00a0\u2028\u2029\u3000<>()",;:\\]+/g;

/** A mailbox with its name decoded and its domain in the form that DNS is asked for. */
export const mailboxOf = ({ name, local, domain }: WrittenMailbox): Mailbox => ({
  name: displayName(name),
  address: `${local}@${domain}`,
  domain: toAsciiDomain(domain) ?? '',
});

/** A name as a client shows it: quotes undone, encoded words decoded, control characters and runs of blanks as one blank. */
function displayName(written: string): string {
  const unquoted = written.replace(/\\(.)|"/gs, '$1');
  return decodedWords(unquoted)
    .replace(/[\0-\x20\x7f]+/g, ' ')
    .trim();
}

/**
 * The mailboxes that a lenient reader sees in a text that breaks the grammar: the addresses in angle brackets with the
 * text before them as names; where a part between commas has none, its bare addresses; and where the whole text has
 * nothing outside quotes and comments, whatever looks like an address inside them. Linear in the text.
 *
 * @example mailboxesIn('Jane Doe <jane@example.com', 10) // [{ name: 'Jane Doe', address: 'jane@example.com', … }]
 */
export function mailboxesIn(text: string, limit: number): readonly Mailbox[] {
  if (!text.includes('@')) return [];
  const outside = new Harvest(limit).of(piecesOf(text));
  if (outside.length > 0 || !/["(]/.test(text)) return outside;
  return new Harvest(limit).of(piecesOf(text.replace(/["()]/g, ' ')));
}

/** A piece of a field: one of `,`, `<` and `>`, or what stands between them. */
interface Piece {
  readonly text: string;
  /** True for quoted text and comments: they may be part of a name, not of an address. */
  readonly hidden: boolean;
}

const closing: Readonly<Record<string, string>> = { '"': '"', '(': ')' };

function* piecesOf(text: string): Generator<Piece> {
  const unclosed = new Set<string>();
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const close = closing[char];
    const separates = char === ',' || char === '<' || char === '>';
    if (!separates && (close === undefined || unclosed.has(char))) continue;
    const end = close === undefined ? at : closeOf(text, at + 1, close);
    // What is not closed here is not closed further on: it is text, and not looked for again.
    if (end < 0) unclosed.add(char);
    else {
      if (at > from) yield { text: text.slice(from, at), hidden: false };
      yield { text: text.slice(at, end + 1), hidden: close !== undefined };
      at = end;
      from = end + 1;
    }
  }
  if (from < text.length) yield { text: text.slice(from), hidden: false };
}

function closeOf(text: string, from: number, close: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === close) return at;
  }
  return -1;
}

/** Collects mailboxes from pieces in order. */
class Harvest {
  readonly #limit: number;
  readonly #found: Mailbox[] = [];
  /** Text since the last mailbox: the name of the next. */
  #name: string[] = [];
  /** Text since the last separator in which bare addresses may stand. */
  #bare: string[] = [];
  #angle: string[] | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  of(pieces: Iterable<Piece>): readonly Mailbox[] {
    for (const piece of pieces) {
      if (this.#found.length >= this.#limit) break;
      this.#take(piece);
    }
    this.#endAngle();
    this.#endPart();
    return this.#found.slice(0, this.#limit);
  }

  #take({ text, hidden }: Piece): void {
    if (text === '<') {
      this.#endAngle();
      this.#angle = [];
    } else if (text === '>') this.#endAngle();
    else if (this.#angle !== undefined) this.#angle.push(text);
    else if (text === ',') this.#endPart();
    else {
      this.#name.push(text);
      if (!hidden) this.#bare.push(text);
    }
  }

  #endAngle(): void {
    if (this.#angle === undefined) return;
    const inside = this.#angle.join('');
    this.#angle = undefined;
    const addresses = addressesIn(inside);
    if (addresses.length === 0) this.#name.push(inside);
    else this.#add(addresses, this.#name.join(''));
  }

  #endPart(): void {
    const addresses = addressesIn(this.#bare.join(' '));
    if (addresses.length > 0) this.#add(addresses, '');
    else this.#name.push(',');
    this.#bare = [];
  }

  #add(addresses: readonly Address[], written: string): void {
    const name = withoutSeparators(displayName(written));
    for (const { address, domain } of addresses) this.#found.push({ name, address, domain });
    this.#name = [];
    this.#bare = [];
  }
}

/** Without commas, semicolons and blanks at the ends. A pattern would search long runs of them again and again. */
function withoutSeparators(name: string): string {
  let [start, end] = [0, name.length];
  while (start < end && ' ,;'.includes(name[start]!)) start++;
  while (end > start && ' ,;'.includes(name[end - 1]!)) end--;
  return name.slice(start, end);
}

type Address = Pick<Mailbox, 'address' | 'domain'>;

/** Of an address with more `@` than that, the rest is left alone. */
const DOMAINS_OF_ONE = 8;

/** What looks like an address in a text without brackets. */
function addressesIn(text: string): readonly Address[] {
  const found: Address[] = [];
  if (!text.includes('@')) return found;
  for (const [run] of text.matchAll(RUN)) {
    let at = run.indexOf('@');
    // One with several `@` is read in several ways by several clients, so each of its domains counts.
    for (let n = 0; at >= 0 && n < DOMAINS_OF_ONE; n++) {
      const next = run.indexOf('@', at + 1);
      const written = run.slice(at + 1, next < 0 ? undefined : next);
      const address = run.slice(0, at + 1).replace(/^['_]+(?=.)/, '') + written.replace(/'$/, '');
      for (const domain of domainsIn(written)) found.push({ address, domain });
      at = next;
    }
  }
  return found;
}

/** A domain, or what looks like one in it: `example.com` of `%example.com]`. A label alone does not. */
function domainsIn(written: string): readonly string[] {
  const whole = toAsciiDomain(written);
  if (whole !== undefined) return [whole];
  return (written.match(DOMAIN_RUN) ?? []).flatMap((run) =>
    run.includes('.') ? (toAsciiDomain(withoutDots(run)) ?? []) : [],
  );
}

/** Without dots at the end; a pattern would search long runs of them again and again. */
function withoutDots(name: string): string {
  let end = name.length;
  while (name[end - 1] === '.') end--;
  return name.slice(0, end);
}

const DOMAIN_RUN = /(?:[\w.-]|[^\0-\x7f])+/g;
