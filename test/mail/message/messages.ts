import { type HeaderField, type RawMessage, readMessage } from '../../../src/mail/message/raw-message.ts';

/** A message with these header lines, each one character a byte. */
export const messageOf = (...lines: readonly string[]): RawMessage =>
  readMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\nbody\r\n`, 'latin1'));

/** UTF-8 as a raw message holds it: one character a byte. */
export const raw = (text: string): string => Buffer.from(text).toString('latin1');

export const fieldOf = (line: string): HeaderField => messageOf(line).fields[0]!;
