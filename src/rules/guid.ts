import { createHash } from 'node:crypto';

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text is a GUID as Sentinel and ARM take it: without braces. */
export const isGuid = (text: string): boolean => GUID.test(text);

/** The namespace that RFC 9562 appendix B keeps for addresses. */
const addresses = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * A GUID out of a text, version 5 (RFC 9562 section 5.5): the same text always gives the same one.
 *
 * @example nameGuid('mailhunt:rules/a.kql') // the same on every machine
 */
export function nameGuid(text: string): string {
  const bytes = createHash('sha1').update(addresses).update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
