import { addressOf, toAsciiDomain } from '../../mail/index.ts';

/** Top-level domains that nobody can have (RFC 2606 section 2, RFC 6761 section 6). */
const TOP_LEVEL = new Set(['example', 'test', 'invalid']);
/** Names kept for examples (RFC 2606 section 3), with all below them. */
const SECOND_LEVEL = ['example.com', 'example.net', 'example.org'];

/**
 * Whether mail may be made up in the name of a domain: nobody has it, or it is one of the caller's own.
 *
 * @example mayForge('mail.bank.example', []) // true
 * @example mayForge('bank.com', ['bank.com']) // true
 */
export function mayForge(domain: string, own: readonly string[]): boolean {
  const name = toAsciiDomain(domain.replace(/^(?:[_*][^.]*\.)+/, ''));
  if (name === undefined) return false;
  const isBelow = (one: string): boolean => name === one || name.endsWith(`.${one}`);
  return (
    TOP_LEVEL.has(name.slice(name.lastIndexOf('.') + 1)) ||
    SECOND_LEVEL.some(isBelow) ||
    own.some((one) => isBelow(toAsciiDomain(one) ?? one))
  );
}

/** The first bits of networks kept for documentation (RFC 5737, RFC 3849, RFC 9637), as hexadecimal digits. */
const NETWORKS: Readonly<Record<4 | 16, readonly string[]>> = {
  4: ['c00002', 'c63364', 'cb0071'],
  16: ['20010db8', '3fff0'],
};

/** Whether an address, IPv4 or IPv6 in any of its forms, is one that no host has. */
export function isDocumentationAddress(ip: string): boolean {
  const bytes = addressOf(ip);
  if (bytes === undefined) return false;
  const digits = Buffer.from(bytes).toString('hex');
  return NETWORKS[bytes.length as 4 | 16].some((network) => digits.startsWith(network));
}

const LABEL = '[\\p{L}\\p{N}\\p{M}_-]+';
const ADDRESS = new RegExp(`@(${LABEL}(?:\\.${LABEL})+)`, 'gu');
const LINK = new RegExp(`https?://(?:[^\\s/@]{0,100}@)?(${LABEL}(?:\\.${LABEL})+)`, 'giu');
const BARE_ADDRESS = /https?:\/\/(\d{1,3}(?:\.\d{1,3}){3})/gi;

/**
 * The first mail or link domain, or address of a link, in a text that somebody has; undefined where there is none.
 *
 * @example publicNameIn('ask help@bank.com', []) // 'bank.com'
 */
export function publicNameIn(text: string, own: readonly string[]): string | undefined {
  for (const pattern of [ADDRESS, LINK]) {
    for (const [, domain] of text.matchAll(pattern))
      if (!/^[\d.]+$/.test(domain!) && !mayForge(domain!, own)) return domain;
  }
  for (const [, ip] of text.matchAll(BARE_ADDRESS)) if (!isDocumentationAddress(ip!)) return ip;
  return undefined;
}
