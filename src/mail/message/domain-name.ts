import { isIPv4 } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';

/** RFC 1035 section 2.3.4, in octets of text without the last dot. */
const limits = { label: 63, name: 253 };

const LABELS = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
/** ASCII that stands in no domain name. Among it `%`, which `domainToASCII` would decode: `contoso%2Ecom`. */
const FORBIDDEN = /[\0-,/:-@[-^`{-\x7f]/;

/**
 * A domain name as DNS is asked for it: lower case, A-labels (UTS 46), no dot at the end. Undefined for what is no domain
 * name: IP addresses and literals, empty or over-long labels, characters that cannot stand in one.
 *
 * What is ASCII already is only put in lower case. A label such as `xn--0` is no valid IDN and yet a name that DNS can
 * hold; and `1.2`, in which a URL parser sees an IPv4 address, is one that a From can show: to refuse them would leave their
 * users unjudged.
 *
 * @example toAsciiDomain('Bücher.Example.') // 'xn--bcher-kva.example'
 * @example toAsciiDomain('192.0.2.1') // undefined
 */
export function toAsciiDomain(text: string): string | undefined {
  if (text.length > limits.name * 4 || FORBIDDEN.test(text)) return undefined;
  const ascii = isAscii(text) ? text.toLowerCase() : domainToASCII(text);
  const name = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  return isDomainName(name) ? name : undefined;
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

const isDomainName = (name: string): boolean =>
  name.length <= limits.name &&
  LABELS.test(name) &&
  !isIPv4(name) &&
  name.split('.').every((label) => label.length <= limits.label);

/**
 * A domain name as a person reads it. Hostile text: it may look like another name. What cannot be decoded stays as it is.
 *
 * @example toUnicodeDomain('xn--bcher-kva.example') // 'bücher.example'
 */
export const toUnicodeDomain = (domain: string): string =>
  domain.includes('xn--') ? domainToUnicode(domain) || domain : domain;

/**
 * Whether a name is another or lies below it. Both in the form of {@link toAsciiDomain}.
 *
 * @example isSameOrBelow('mail.example.com', 'example.com') // true
 */
export const isSameOrBelow = (name: string, parent: string): boolean => name === parent || name.endsWith(`.${parent}`);
