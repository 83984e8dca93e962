import { type RawMessage, readMessage } from '../../../src/mail/message/raw-message.ts';

/** A message of these lines, ended by CRLF; latin1, one character a byte. */
export const message = (...lines: readonly string[]): RawMessage => readMessage(bytesOf(...lines));

export const bytesOf = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

/** A multipart of the type given, its parts between boundaries; the boundary is unlike all others of the message. */
export function multipart(type: string, boundary: string, ...parts: readonly (readonly string[])[]): string[] {
  const lines = [`Content-Type: multipart/${type}; boundary="${boundary}"`, ''];
  for (const part of parts) lines.push(`--${boundary}`, ...part);
  return [...lines, `--${boundary}--`, ''];
}

export const base64 = (text: string | Buffer): string =>
  Buffer.from(text as string)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');
