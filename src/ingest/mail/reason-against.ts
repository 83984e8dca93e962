import { readMessage } from '../../mail/index.ts';
import type { FoundMessage } from './found-message.ts';

const FIELD = /^(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:/;

/** Why something is no message. What a receiver took has a header, were it only the receiver's own field. */
export function reasonAgainst({ bytes }: Pick<FoundMessage, 'bytes'>): string | undefined {
  if (bytes.length === 0) return 'empty';
  if (FIELD.test(bytes.toString('latin1', 0, 1000)) || readMessage(bytes).fields.length > 0) return undefined;
  return 'no mail: it has no header';
}
