import { ipAddressOf } from '../../mail/index.ts';
import type { Client } from '../gate.ts';
import type { Connect } from './command.ts';
import type { Macros } from './macros.ts';

const LOOPBACK = '127.0.0.1';

/**
 * The address of the MTA's client. A message that the MTA was handed on its own machine (a unix socket; Sendmail's `-bs`)
 * counts as one from loopback, as it does for every filter that is built on libmilter.
 *
 * @returns undefined where the MTA does not know it: the client was gone before it could be asked
 */
export function clientIpOf({ family, address, host }: Connect): string | undefined {
  if (family === 'unix') return LOOPBACK;
  if (family === 'unknown') return host === 'localhost' ? LOOPBACK : undefined;
  return ipAddressOf(address);
}

/** What a client is known by: its connection, its greeting and the macros. */
export interface Introduction {
  readonly ip: string;
  /** Empty where the client did not greet. */
  readonly helo: string;
  readonly macros: Macros;
}

/**
 * The client as the gate sees it. Who logged in (`{auth_authen}`, SMTP AUTH) is authenticated, and who calls from an own
 * address; a certificate of TLS is not enough, for any MTA may have one.
 *
 * @param isOwn whether an address is one of those whose mail is the administrator's own
 */
export function clientOf({ ip, helo, macros }: Introduction, isOwn: (ip: string) => boolean): Client {
  const isAuthenticated = macros.get('{auth_authen}') !== undefined || isOwn(ip);
  return { ip, helo, name: confirmedName(macros.get('{client_name}')), isAuthenticated };
}

/** Postfix says `unknown`, Sendmail the address in brackets, where the name is not confirmed. */
const confirmedName = (name: string | undefined): string | undefined =>
  name === undefined || name === 'unknown' || name.startsWith('[') ? undefined : name;

/**
 * How the message came, in the words of RFC 3848. Sendmail tells (`r`); Postfix tells of TLS and the login, and speaks
 * ESMTP with all but the oldest clients.
 *
 * @example protocolOf(macros) // 'ESMTPS'
 */
export function protocolOf(macros: Macros): string {
  const told = macros.get('r');
  if (told !== undefined) return told;
  const tls = macros.get('{tls_version}') === undefined ? '' : 'S';
  return `ESMTP${tls}${macros.get('{auth_authen}') === undefined ? '' : 'A'}`;
}
