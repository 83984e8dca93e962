import { isIP } from 'node:net';
import { toAsciiDomain } from '../message/domain-name.ts';

/**
 * A domain as DMARC compares it: lower case, A-labels, no dot at the end (RFC 9989 sections 4.4 and 5.3.1). What is no
 * domain name is kept, so that the names above it can be asked about.
 *
 * @example comparedDomain('Bücher.Example.') // 'xn--bcher-kva.example'
 */
export function comparedDomain(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '.') end--;
  const name = text.slice(0, end);
  return toAsciiDomain(name) ?? name.toLowerCase();
}

/** Whether DNS can be asked about a name. @param name lower case, A-labels */
export const canBeInDns = (name: string): boolean => toAsciiDomain(name) === name;

/** Whether it is an address, with or without brackets: such an author has no domain that could publish anything. */
export const isAddress = (domain: string): boolean => domain.startsWith('[') || isIP(domain) !== 0;

/** The last label: what two domains must share at least to have anything in common. */
export const topLabel = (domain: string): string => domain.slice(domain.lastIndexOf('.') + 1);

/** @example lastLabels('a.b.example.com', 2) // 'example.com' */
export const lastLabels = (domain: string, count: number): string => domain.split('.').slice(-count).join('.');

/** A domain for a sentence: hostile text without control characters, and not too long. */
export function shown(domain: string): string {
  const text = domain.slice(0, 120).replace(/[^!-~]/g, '?');
  return domain.length > 120 ? `${text}…` : text;
}
