/** The name of the root of DNS, as a question for it is written here. */
export const ROOT = '.';

const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;

/**
 * A name as questions and answers here carry it: lower case, without the last dot. Every dot divides labels, a backslash
 * is a character like any other. `undefined` where DNS can hold no such name (RFC 1035 section 2.3.4): a label that is
 * empty or longer than 63 bytes, a name longer than 253, a character beyond ASCII (internationalised names are asked for
 * in their `xn--` form, RFC 5890).
 *
 * @example domainName('_DMARC.Example.COM.') // '_dmarc.example.com'
 */
export function domainName(text: string): string | undefined {
  if (text === ROOT) return ROOT;
  // Before lower case: the Kelvin sign would become a plain k.
  if (text.length > LONGEST_NAME + 1 || /[^\u0000-\u007f]/.test(text)) return undefined;
  const name = (text.endsWith('.') ? text.slice(0, -1) : text).toLowerCase();
  if (name.length > LONGEST_NAME) return undefined;
  return name.split('.').every((label) => label.length > 0 && label.length <= LONGEST_LABEL) ? name : undefined;
}

/**
 * The name above, the root for a name of one label.
 *
 * @example parentOf('mx.example.com') // 'example.com'
 */
export function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot <= 0 ? ROOT : name.slice(dot + 1);
}
