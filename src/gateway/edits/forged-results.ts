import { decodedText, fieldText, toAsciiDomain, unfolded } from '../../mail/index.ts';

/** Characters of a field that are looked at for its authserv-id. */
const HEAD = 4096;
/** Words before the first semicolon, counted in two ways. An honest field has one, or two with a version. */
const WORDS = 100;

/**
 * Whether an Authentication-Results field that came with a message claims, or could be taken to claim, that this host wrote
 * it (RFC 8601 section 5). Readers differ, so several readings count: comments left out or not, folds as blanks or as
 * nothing, encoded words decoded or not, with a version or quotation marks. A field that names no server at all, as
 * Microsoft's do, is anybody's: it counts. So does one that hides whom it names behind more than is looked at.
 *
 * @param value of the field, folded, one character a byte
 * @param ids authserv-ids of this host, as they are written
 * @example claimsToBe(' MX.Example.com (x) 1; spf=pass', ['mx.example.com']) // true
 */
export function claimsToBe(value: string, ids: readonly string[]): boolean {
  const isCut = value.length > HEAD;
  return readingsOf(value).some((reading) => claims(reading, ids, isCut));
}

/**
 * The same for an ARC-Authentication-Results field, whose authserv-id stands behind its instance (RFC 8617 section 4.1.1).
 *
 * @example sealedClaimsToBe(' i=1; mx.example.com; spf=pass', ['mx.example.com']) // true
 */
export function sealedClaimsToBe(value: string, ids: readonly string[]): boolean {
  const isCut = value.length > HEAD;
  return readingsOf(value).some((reading) => claims(reading.replace(INSTANCE, ''), ids, isCut));
}

/** Of an ARC-Authentication-Results field; NaN where it names none. */
export const instanceOf = (value: string): number => Number(INSTANCE.exec(value.slice(0, HEAD))?.[1]);

const INSTANCE = /^\s*i\s*=\s*(\d{1,9})\s*;/i;

/** What a field could be read as. */
function readingsOf(value: string): readonly string[] {
  const text = value.slice(0, HEAD);
  const shown = decodedText(text);
  const readings = [unfolded(shown), shown.replace(/\r?\n[ \t]{1,1000}/g, ''), fieldText(text)];
  return readings.flatMap((reading) => [reading, withoutComments(reading)]);
}

function claims(reading: string, ids: readonly string[], isCut: boolean): boolean {
  const own = new Set(ids.flatMap((id) => [id.toLowerCase(), asName(id)]));
  const head = reading.split(';', 1)[0]!;
  // Whom it names may stand behind the cut.
  if (namesNobody(head) || (isCut && head.length === reading.length)) return true;
  // Characters that are not seen may stand between those that are.
  const names = [...namesIn(head), ...namesIn(head.replace(UNSEEN, '')), asName(head.replace(/["\\\s]/g, ''))];
  return names.length > WORDS || names.some((name) => own.has(name));
}

const UNSEEN = /["\\]|[^!-~\s\u00a1-\u{10ffff}]|\p{Cf}/gu;

/** What could be a name in the text before the first semicolon: all that brackets, quotation marks and blanks leave. */
const namesIn = (head: string): readonly string[] =>
  head
    .split(/[^\w.\u00a1-\u{10ffff}-]{1,1000}/u, WORDS + 2)
    .filter((word) => word !== '')
    .map(asName);

const asName = (text: string): string => {
  const name = text.toLowerCase().replace(/^\.+|(?<!\.)\.+$/g, '');
  return toAsciiDomain(name) ?? name;
};

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
