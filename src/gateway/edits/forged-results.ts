import { decodedText, fieldText, toAsciiDomain, unfolded } from '../../mail/index.ts';

/** Characters of a field that are looked at for its authserv-id. */
const HEAD = 1024;
/** Words before the first semicolon. An honest field has one, or two with a version. */
const WORDS = 48;

/**
 * The authserv-ids of one host, and who claims to be it. Made once a message: it remembers what words mean as domain names,
 * for a sender can repeat one as often as he likes.
 */
export class OwnIds {
  readonly #own: ReadonlySet<string>;
  readonly #longest: number;
  readonly #names = new Map<string, string>();

  /** @param ids as they are written */
  constructor(ids: readonly string[]) {
    this.#own = new Set(ids.flatMap((id) => [id.toLowerCase(), asciiOf(bare(id))]));
    this.#longest = Math.max(0, ...[...this.#own].map((name) => name.length));
  }

  /**
   * Whether an Authentication-Results field that came with a message claims, or could be taken to claim, that this host wrote
   * it (RFC 8601 section 5). Readers differ, so several readings count: comments left out or not, folds as blanks or as
   * nothing, encoded words decoded or not, with a version or quotation marks. A field that names no server at all, as
   * Microsoft's do, is anybody's: it counts. So does one that hides whom it names behind more than is looked at.
   *
   * @param value of the field, folded, one character a byte
   * @example new OwnIds(['mx.example.com']).areClaimedBy(' MX.Example.com (x) 1; spf=pass') // true
   */
  areClaimedBy(value: string): boolean {
    return this.#areClaimedIn(readingsOf(value), value);
  }

  /**
   * The same for an ARC-Authentication-Results field, whose authserv-id stands behind its instance (RFC 8617 section 4.1.1).
   *
   * @example new OwnIds(['mx.example.com']).areClaimedBySealed(' i=1; mx.example.com; spf=pass') // true
   */
  areClaimedBySealed(value: string): boolean {
    const readings = readingsOf(value).map((reading) => reading.replace(INSTANCE, ''));
    return this.#areClaimedIn(readings, value);
  }

  #areClaimedIn(readings: readonly string[], value: string): boolean {
    const isCut = value.length > HEAD;
    const heads = readings.map((reading) => reading.split(';', 1)[0]!);
    // Whom it names may stand behind the cut.
    if (isCut && heads.some((head, at) => head.length === readings[at]!.length)) return true;
    return [...new Set(heads)].some((head) => this.#areNamedIn(head));
  }

  #areNamedIn(head: string): boolean {
    if (namesNobody(head)) return true;
    // Characters that are not seen may stand between those that are.
    const ways = [...new Set([head, head.replace(UNSEEN, '')])].map(wordsIn);
    if (ways.some((words) => words.length > WORDS)) return true;
    return [head.replace(/["\\\s]/g, ''), ...ways.flat()].some((word) => this.#own.has(this.#nameOf(word)));
  }

  #nameOf(word: string): string {
    const name = bare(word);
    // Of ASCII, conversion changes nothing that is not done already.
    if (!/[^\0-\x7f]/.test(name)) return name;
    const known = this.#names.get(name) ?? (this.#canBeOwn(name) ? asciiOf(name) : name);
    this.#names.set(name, known);
    return known;
  }

  /** A-labels have as many characters as what they stand for, or more. Conversion takes the square of its length. */
  #canBeOwn(name: string): boolean {
    return [...name.replace(/\p{DI}/gu, '').normalize('NFKC')].length <= this.#longest;
  }
}

const bare = (text: string): string => text.toLowerCase().replace(/^\.+|(?<!\.)\.+$/g, '');
const asciiOf = (name: string): string => toAsciiDomain(name) ?? name;

const INSTANCE = /^\s*i\s*=\s*\d{1,9}\s*;/i;

/** What a field could be read as, each reading once. */
function readingsOf(value: string): readonly string[] {
  const text = value.slice(0, HEAD);
  // Of bytes that are no UTF-8 some readers drop only those, and some take all for Windows-1252.
  const shown = [...new Set([decodedText(text), Buffer.from(text, 'latin1').toString()])];
  const readings = shown.flatMap((one) => [unfolded(one), one.replace(/\r?\n[ \t]{1,1000}/g, '')]);
  return [...new Set([...readings, fieldText(text)].flatMap((reading) => [reading, withoutComments(reading)]))];
}

const UNSEEN = /["\\\ufffd]|[^!-~\s\u00a1-\u{10ffff}]|\p{Cf}/gu;

/** What could be a name in the text before the first semicolon: all that brackets, quotation marks and blanks leave. */
const wordsIn = (head: string): readonly string[] =>
  head.split(/[^\w.\u00a1-\u{10ffff}-]{1,1000}/u).filter((word) => word !== '');

/** No authserv-id stands there: nothing, or a result at once. */
const namesNobody = (head: string): boolean => /^\s*(?:$|[\w-]+\s*(?:\/\s*\d+\s*)?=)/.test(head);

/** Without what stands in parentheses, however deep; one that is never closed goes to the end. */
function withoutComments(text: string): string {
  let depth = 0;
  let kept = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (depth > 0 && character === '\\') at++;
    else if (character === '(') depth++;
    else if (depth > 0 && character === ')') depth--;
    else if (depth === 0) kept += character;
  }
  return kept;
}
