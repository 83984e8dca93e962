import { decodedText, toAsciiDomain, unfolded } from '../../mail/index.ts';

/** Characters of a field that are looked at for its authserv-id. */
const HEAD = 4096;

/**
 * Whether an Authentication-Results field that came with a message claims, or could be taken to claim, that this host wrote
 * it (RFC 8601 section 5). Readers differ, so several readings count: comments left out or not, folds as blanks or as
 * nothing, with a version or quotation marks. A field that names no server at all, as Microsoft's do, is anybody's: it counts.
 *
 * @param value of the field, folded, one character a byte
 * @param ids authserv-ids of this host, as they are written
 * @example claimsToBe(' MX.Example.com (x) 1; spf=pass', ['mx.example.com']) // true
 */
export function claimsToBe(value: string, ids: readonly string[]): boolean {
  const own = new Set(ids.flatMap((id) => [id.toLowerCase(), asName(id)]));
  const text = decodedText(value.slice(0, HEAD));
  const readings = [unfolded(text), text.replace(/\r?\n[ \t]{1,1000}/g, '')];
  for (const reading of readings) {
    for (const shown of [reading, withoutComments(reading)]) {
      const head = shown.split(';', 1)[0]!;
      if (namesNobody(head)) return true;
      if (namesIn(head).some((name) => own.has(name))) return true;
      // Characters that are not seen, between those that are.
      if (own.has(asName(head.replace(/["\\]|[^!-~\u00a1-\u{10ffff}]|\p{Cf}/gu, '')))) return true;
    }
  }
  return false;
}

/** What could be a name in the text before the first semicolon. */
const namesIn = (head: string): readonly string[] =>
  head
    .split(/[\s"\\()<>,/=:]{1,1000}/, 100)
    .filter((word) => word !== '')
    .map(asName);

const asName = (text: string): string => {
  const name = text.toLowerCase().replace(/\.$/, '');
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
