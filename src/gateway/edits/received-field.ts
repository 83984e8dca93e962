import type { Offered } from '../gate.ts';
import type { NewField } from './message-draft.ts';

/** What a Received field says beside what the client said. */
export interface Receipt {
  /** This host. */
  readonly by: string;
  /** Names the message in the log of this host: letters, digits and dashes. */
  readonly id: string;
}

/** What the gate's own names of messages begin with: by it a trace of its own is known from one of an MTA on the same host. */
const MARK = 'mh-';

/** A name for a message in the gate's own trace, made of something random. */
export const traceIdOf = (random: string): string => `${MARK}${random}`;

/**
 * Whether the value of a Received field is one that this gate has written.
 *
 * @example isTraceOf('mx.example.com', 'from a (b [192.0.2.7]) by mx.example.com with ESMTP id mh-x1 (envelope-from <>); …') // true
 */
export function isTraceOf(hostname: string, value: string): boolean {
  const [, by = ''] =
    / by ([^ ]{1,255}) with [^ ]{1,255} id mh-/.exec(value.slice(0, LONGEST).replace(/\s+/g, ' ')) ?? [];
  return by.toLowerCase() === hostname.toLowerCase();
}

/** Characters of a trace in which all of it must stand: three names at their longest, and the words between. */
const LONGEST = 2_000;

const LITERAL = /^\[(?:IPv6:)?[0-9A-Fa-f:.]{2,50}\]$/;

/**
 * The trace field that a relay puts on top (RFC 5321 section 4.4). What the client chose can end neither its comment nor the
 * line: what is no character of a host name or a mailbox becomes a question mark.
 *
 * @example receivedField(offered, { by: 'mx.example.com', id: '17-1' })
 * // { name: 'Received', value: 'from mail.example.net (mail.example.net [192.0.2.7])\r\n by mx.example.com with ESMTP id 17-1 …' }
 */
export function receivedField({ client, mailFrom, recipients, at, protocol }: Offered, { by, id }: Receipt): NewField {
  const address = client.ip.includes(':') ? `[IPv6:${host(client.ip)}]` : `[${host(client.ip) || 'unknown'}]`;
  const helo = LITERAL.test(client.helo) ? client.helo : host(client.helo) || 'unknown';
  const [recipient, ...others] = recipients;
  const lines = [
    `from ${helo} (${host(client.name ?? '') || 'unknown'} ${address})`,
    `by ${host(by)} with ${host(protocol)} id ${host(id)}`,
    `(envelope-from <${mailbox(mailFrom)}>)`,
    ...(recipient !== undefined && others.length === 0 ? [`for <${mailbox(recipient)}>`] : []),
  ];
  return { name: 'Received', value: `${lines.join('\r\n ')};\r\n ${dateTime(at)}` };
}

/** RFC 5321 section 4.5.3.1 bounds names at 255 and mailboxes at 320 bytes. */
const host = (text: string): string => text.slice(0, 255).replace(/[^\w.:-]/g, '?');
const mailbox = (text: string): string => text.slice(0, 320).replace(/[^!#-'*+.-9=?@A-Z^-~-]/g, '?');

/** RFC 5322 section 3.3. */
const dateTime = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');
