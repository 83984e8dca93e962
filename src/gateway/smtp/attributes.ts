import { isIPv4, isIPv6 } from 'node:net';
import { ipAddressOf } from '../../mail/index.ts';
import { type Answer, answer } from './answer.ts';
import { readXtext, writeXtext } from './xtext.ts';

/**
 * What Postfix tells of a client, by XCLIENT (it takes the client's place) or XFORWARD (for the record only). A value that
 * is undefined is not known.
 *
 * @see https://www.postfix.org/XCLIENT_README.html
 * @see https://www.postfix.org/XFORWARD_README.html
 */
export type Attributes = ReadonlyMap<string, string | undefined>;

/** What we take, in the order in which it is advertised. */
export const attributeNames = {
  XCLIENT: ['NAME', 'ADDR', 'PORT', 'PROTO', 'HELO', 'LOGIN', 'DESTADDR', 'DESTPORT'],
  XFORWARD: ['NAME', 'ADDR', 'PORT', 'PROTO', 'HELO', 'IDENT', 'SOURCE'],
} as const;

/** Octets of a line that carries attributes, CRLF included (both documents: that of SMTP). */
const LINE = 512;

const unavailable = /^\[(?:UNAVAILABLE|TEMPUNAVAIL)\]$/i;
const isPort = (value: string): boolean => /^\d{1,5}$/.test(value) && Number(value) < 65_536;
const isName = (value: string): boolean => /^[A-Za-z\d._-]{1,255}$/.test(value);
/** What a client may call itself: nothing by which it could leave its place in a header or a log. */
export const isHeloName = (value: string): boolean => /^[!#-'*+./\d:=?-Z[\]^-~-]{1,255}$/.test(value);
const isAddress = (value: string): boolean => plainAddress(value) !== undefined;

const rules: Readonly<Record<string, (value: string) => boolean>> = {
  NAME: isName,
  ADDR: isAddress,
  PORT: isPort,
  PROTO: (value) => /^[A-Z\d]{1,20}$/i.test(value),
  HELO: isHeloName,
  LOGIN: (value) => value.length <= 255 && !/[\x00-\x1f\x7f-\x9f]/.test(value),
  DESTADDR: isAddress,
  DESTPORT: isPort,
  IDENT: isHeloName,
  SOURCE: (value) => /^(?:LOCAL|REMOTE)$/i.test(value),
};

function plainAddress(value: string): string | undefined {
  if (isIPv4(value)) return value;
  const v6 = value.replace(/^ipv6:/i, '');
  return isIPv6(v6) && !v6.includes('%') ? ipAddressOf(v6) : undefined;
}

/**
 * Reads what follows `XCLIENT` or `XFORWARD`: each value is decoded first and then looked at, so that nothing hides in xtext.
 *
 * @returns the answer where it is refused
 * @example readAttributes('XFORWARD', 'NAME=a.example ADDR=192.0.2.1')
 */
export function readAttributes(verb: keyof typeof attributeNames, rest: string): Attributes | Answer {
  const known: readonly string[] = attributeNames[verb];
  const read = new Map<string, string | undefined>();
  for (const word of rest.split(' ').filter((text) => text !== '')) {
    const equals = word.indexOf('=');
    const name = word.slice(0, Math.max(0, equals)).toUpperCase();
    if (!known.includes(name) || read.has(name)) return answer(501, '5.5.4', 'Bad attribute name');
    const value = readXtext(word.slice(equals + 1));
    const isKnown = value !== undefined && !unavailable.test(value);
    if (value === undefined || (isKnown && !rules[name]!(value))) return answer(501, '5.5.4', `Bad ${name} value`);
    read.set(name, isKnown ? (name.endsWith('ADDR') ? plainAddress(value) : value) : undefined);
  }
  return read.size > 0 ? read : answer(501, '5.5.4', `Syntax: ${verb} name=value`);
}

/** Command lines for a next hop that knows these attributes; all are said, so that none is left from before. */
export function writeAttributes(verb: string, known: ReadonlySet<string>, attributes: Attributes): string[] {
  const lines: string[] = [];
  let line = verb;
  for (const name of known) {
    const value = attributes.get(name);
    const word = ` ${name}=${value === undefined ? '[UNAVAILABLE]' : writtenValue(name, value)}`;
    if (line.length + word.length + 2 > LINE) {
      lines.push(line);
      line = verb;
    }
    line += word;
  }
  return line === verb ? lines : [...lines, line];
}

const writtenValue = (name: string, value: string): string =>
  writeXtext(name.endsWith('ADDR') && isIPv6(value) ? `IPV6:${value}` : value);
