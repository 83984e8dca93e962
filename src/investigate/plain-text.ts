import { isIP } from 'node:net';

/** What breaks a line or changes how the characters around it are read: controls, overrides of direction, invisible marks. */
const ACTIVE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/**
 * A hostile text on one line of a letter, a command's comment or a Markdown page: nothing in it ends the line or turns
 * its direction.
 *
 * @example oneLine('Invoice\r\nBcc: x@y.example') // 'Invoice Bcc: x@y.example'
 */
export const oneLine = (text: string, longest = 500): string =>
  text.slice(0, longest).replaceAll(ACTIVE, ' ').replaceAll(/ {2,}/g, ' ').trim();

const DOMAIN = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})+$/i;
const ADDRESS = /^[\w.+=/-]{1,64}$/;

/** Whether a text is a domain name and nothing else: only such are put into commands and records. */
export const isDomainText = (text: string): boolean => DOMAIN.test(text);

/** Whether a text is a plain address: no quotes, no blanks, nothing that a shell or a query would act upon. */
export function isAddressText(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && ADDRESS.test(text.slice(0, at)) && DOMAIN.test(text.slice(at + 1));
}

/** Whether a text is an IP address and nothing else; `abc.de` is none. */
export const isIpText = (text: string): boolean => !text.includes('%') && isIP(text) !== 0;
