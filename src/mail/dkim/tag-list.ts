const TAG_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
// VALCHAR and folding white space of RFC 6376 section 3.2; bytes above 127 by RFC 8616 section 4.
const TAG_VALUE = /^[\t\n\r -~\x80-\u{10ffff}]*$/u;
const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 13 || code === 10;

/** Not `trim()`: to that the byte A0 is a blank, which may be the end of a UTF-8 character here. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/**
 * Reads `tag=value; tag=value` (RFC 6376 section 3.2): DKIM signatures, key records, ARC seals. Tag names keep their case;
 * values lose the white space around them and keep what is inside. Undefined where the list is not valid: a tag twice, an
 * empty tag between semicolons, a name or value of other characters.
 *
 * @example parseTagList('v=1; a=rsa-sha256;')?.get('a') // 'rsa-sha256'
 */
export function parseTagList(text: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  const specs = text.split(';');
  if (specs.length > 1 && trimmed(specs[specs.length - 1] ?? '') === '') specs.pop();
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    if (equals < 0) return undefined;
    const name = trimmed(spec.slice(0, equals));
    const value = trimmed(spec.slice(equals + 1));
    if (!TAG_NAME.test(name) || !TAG_VALUE.test(value) || tags.has(name)) return undefined;
    tags.set(name, value);
  }
  return tags;
}

/** A value without any white space: what base64 and lists of names mean (RFC 6376 sections 3.5 and 3.6.1). */
export const withoutSpace = (value: string): string => value.replace(/[ \t\r\n]+/g, '');

/** The members of a list with colons, lower case, without white space. @example colonList('From : To') // ['from', 'to'] */
export const colonList = (value: string): string[] => withoutSpace(value).toLowerCase().split(':');
