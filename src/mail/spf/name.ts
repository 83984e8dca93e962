import { domainToASCII } from 'node:url';

/** RFC 1035 section 2.3.4, in the form without the last dot. */
const NAME_MAX = 253;
const LABEL_MAX = 63;

/**
 * The domain of an identity as DNS wants it: lower case, A-labels (RFC 8616 section 4), no dot at the end.
 *
 * @returns undefined where it is malformed or has one label only (RFC 7208 section 4.3)
 * @example identityDomain('Bücher.Example.') // 'xn--bcher-kva.example'
 */
export function identityDomain(text: string): string | undefined {
  if (text.length > 4 * NAME_MAX) return undefined;
  const name = withoutLastDot(asciiDomain(text)).toLowerCase();
  if (!/^[a-z0-9_.-]+$/.test(name) || !isQueryable(name)) return undefined;
  return isTopLabel(name.slice(name.lastIndexOf('.') + 1)) ? name : undefined;
}

/**
 * What a macro was expanded to, as a name to ask DNS for: lower case, without the last dot, and where it is longer than
 * 253 characters without as many labels at the left as it takes (RFC 7208 section 7.3).
 *
 * @returns undefined where no such name can be asked for
 */
export function targetName(expanded: string): string | undefined {
  let name = withoutLastDot(expanded).toLowerCase();
  if (name.length > NAME_MAX) {
    const dot = name.indexOf('.', name.length - NAME_MAX - 1);
    if (dot < 0) return undefined;
    name = name.slice(dot + 1);
  }
  return isQueryable(name) ? name : undefined;
}

/**
 * Whether it is a toplabel of RFC 7208 section 12: letters, digits and inner hyphens, and not digits alone.
 *
 * @example isTopLabel('museum') // true
 */
export function isTopLabel(label: string): boolean {
  return /^[a-z0-9-]+$/i.test(label) && /[a-z-]/i.test(label) && !label.startsWith('-') && !label.endsWith('-');
}

/** Two labels or more, each of 1 to 63 printable US-ASCII characters. A space is one: the macro `%_` makes it. */
function isQueryable(name: string): boolean {
  if (name.length > NAME_MAX || !/^[\x20-\x7e]+$/.test(name)) return false;
  let start = 0;
  let labels = 0;
  while (start <= name.length) {
    const dot = name.indexOf('.', start);
    const end = dot < 0 ? name.length : dot;
    if (end === start || end - start > LABEL_MAX) return false;
    labels++;
    start = end + 1;
  }
  return labels > 1;
}

/** A name with its U-labels as A-labels (RFC 8616 section 4); the empty text where it cannot be written so. */
export function asciiDomain(text: string): string {
  return isAscii(text) ? text : domainToASCII(text);
}

export function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function withoutLastDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
