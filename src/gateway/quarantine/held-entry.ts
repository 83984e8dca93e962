import { fieldNamed, readMessage, unfolded } from '../../mail/index.ts';
import type { Entry } from '../journal/index.ts';
import type { Held } from './ledger.ts';

/** An entry of a message that is kept. */
export type Kept = Entry & Required<Pick<Entry, 'told' | 'kept'>>;

/** What the ledger says of a message when it comes. */
export const heldOf = ({ id, at, told, kept: { bytes } }: Kept): Held => ({
  id,
  at,
  until: told.until ?? at,
  mailFrom: told.mailFrom,
  recipients: told.recipients,
  from: told.from,
  subject: told.subject,
  policy: told.policy,
  client: told.client,
  rule: told.rule ?? '',
  internetMessageId: unfolded(fieldNamed(readMessage(bytes), 'message-id')?.value ?? '').slice(0, 1000),
  size: bytes.length,
  ...(told.origin && { origin: told.origin }),
});
