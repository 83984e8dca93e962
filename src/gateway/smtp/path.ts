import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/** What stands in the angle brackets of MAIL and RCPT (RFC 5321 section 4.1.2), with the source route taken away. */
export interface Path {
  /** `user@example.com`, `Postmaster`; empty for `<>`. As it was written. */
  readonly address: string;
  /** As it was written, quotes included. */
  readonly local: string;
  /** Lower case, in ASCII; an address literal with its brackets; empty where there is none. */
  readonly domain: string;
  /** True where it names a way of its own, by which a relay could be made of a host that trusts us. */
  readonly isRouted: boolean;
  readonly is8bit: boolean;
}

/** Octets of an address: 64, `@` and 255 (RFC 5321 section 4.5.3.1); a long local part may take of what the domain leaves. */
const LONGEST = 320;

const pattern =
  /^<(@[^<>",:\s]+(?:,@[^<>",:\s]+)*:)?(?:("(?:[^"\\]|\\.)*"|[^\s"(),:;<>@[\\\]]+)(?:@(\[[\dA-Za-z.:]+\]|[^\s"(),:;<>@[\\\]]+))?)?>/;

/**
 * The path at the start of a text, and what follows it. Local parts may have dots where RFC 5321 has none (`a..b`): such
 * addresses are in use, and nobody reads them differently.
 *
 * @example readPath('<a@example.com> SIZE=1') // { path: { address: 'a@example.com', … }, rest: ' SIZE=1' }
 */
export function readPath(text: string): { readonly path: Path; readonly rest: string } | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [whole, route = '', local = '', written = ''] = found;
  const address = written === '' ? local : `${local}@${written}`;
  const domain = domainOf(written);
  if (domain === undefined || Buffer.byteLength(address) > LONGEST || (route !== '' && written === ''))
    return undefined;
  const isRouted = route !== '' || /[%!@]/.test(local);
  return {
    path: { address, local, domain, isRouted, is8bit: /[^\x00-\x7f]/.test(address) },
    rest: text.slice(whole.length),
  };
}

/** @returns undefined for what is no domain and no address literal */
function domainOf(written: string): string | undefined {
  if (written.startsWith('[')) return isLiteral(written.slice(1, -1)) ? written.toLowerCase() : undefined;
  if (written === '') return '';
  const ascii = (/[^\x00-\x7f]/.test(written) ? domainToASCII(written) : written).toLowerCase();
  return ascii.length <= 255 && /^[a-z\d_](?:[a-z\d_-]{0,62})(?:\.[a-z\d_][a-z\d_-]{0,62})*$/.test(ascii)
    ? ascii
    : undefined;
}

/** RFC 5321 section 4.1.3. */
const isLiteral = (text: string): boolean => (/^ipv6:/i.test(text) ? isIPv6(text.slice('ipv6:'.length)) : isIPv4(text));
