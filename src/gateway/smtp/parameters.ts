import type { Features } from './features.ts';
import { readXtext } from './xtext.ts';

/** A parameter of MAIL or RCPT. */
interface Parameter {
  readonly of: 'MAIL' | 'RCPT';
  /** What the next hop must be able to, for it to be taken; undefined where that does not matter. */
  readonly needs: keyof Features | undefined;
  /** Undefined where it has none. */
  readonly value: ((value: string) => boolean) | undefined;
  /** False for what is heard and not passed on. */
  readonly isPassedOn: boolean;
}

const among =
  (...words: string[]) =>
  (value: string): boolean =>
    words.includes(value.toUpperCase());

/** RFC 3461 section 4.1: NEVER alone, or each of the others once at most. */
function isNotify(value: string): boolean {
  const words = value.toUpperCase().split(',');
  const isList = words.every(among('SUCCESS', 'FAILURE', 'DELAY')) && new Set(words).size === words.length;
  return isList || value.toUpperCase() === 'NEVER';
}

/** RFC 3461 section 4.2; with SMTPUTF8 the address may be in UTF-8 (RFC 6533 section 3). */
function isOriginalRecipient(value: string): boolean {
  const [, address] = /^[A-Za-z\d-]{1,40};(.+)$/.exec(value) ?? [];
  return value.length <= 500 && address !== undefined && readXtext(address.replace(/[^\x00-\x7f]/g, '')) !== undefined;
}

/** RFC 3461 section 4.4. */
const isEnvelopeId = (value: string): boolean => value.length <= 100 && readXtext(value) !== undefined;

const passedOn = { isPassedOn: true } as const;

export const parameters: Readonly<Record<string, Parameter>> = {
  SIZE: { of: 'MAIL', needs: 'size', value: (value) => /^\d{1,20}$/.test(value), ...passedOn },
  BODY: { of: 'MAIL', needs: 'eightBit', value: among('7BIT', '8BITMIME'), ...passedOn },
  SMTPUTF8: { of: 'MAIL', needs: 'utf8', value: undefined, ...passedOn },
  RET: { of: 'MAIL', needs: 'dsn', value: among('FULL', 'HDRS'), ...passedOn },
  ENVID: { of: 'MAIL', needs: 'dsn', value: isEnvelopeId, ...passedOn },
  // Postfix passes its client's commands on as they are, also to a filter that has no AUTH (RFC 4954 section 5).
  AUTH: { of: 'MAIL', needs: undefined, value: (value) => readXtext(value) !== undefined, isPassedOn: false },
  NOTIFY: { of: 'RCPT', needs: 'dsn', value: isNotify, ...passedOn },
  ORCPT: { of: 'RCPT', needs: 'dsn', value: isOriginalRecipient, ...passedOn },
};
