import type { MailItem } from '../mail-item.ts';
import type { Answer } from './predicate.ts';

/** A header field that shows a type. */
const shows =
  (field: string, form: RegExp) =>
  ({ headers }: MailItem): Answer =>
    headers(field)?.some((value) => form.test(value.slice(0, 1000)));

/** The types of MessageTypeMatches that a message shows to who is not its mailbox server. */
export const messageTypes = [
  { name: 'OOF', is: shows('Auto-Submitted', /^\s*auto-replied/i) },
  { name: 'AutoForward', is: shows('Auto-Submitted', /^\s*auto-forwarded/i) },
  { name: 'Calendaring', is: shows('Content-Type', /^\s*text\/calendar|\bmethod=(?:request|reply|cancel)/i) },
  { name: 'Encrypted', is: shows('Content-Type', /^\s*multipart\/encrypted|\bsmime-type="?enveloped-data/i) },
  { name: 'Signed', is: shows('Content-Type', /^\s*multipart\/signed|\bsmime-type="?signed-data/i) },
  { name: 'ReadReceipt', is: shows('Content-Type', /\breport-type="?disposition-notification/i) },
  { name: 'PermissionControlled', is: shows('Content-Class', /^\s*rpmsg\.message/i) },
  { name: 'Voicemail', is: shows('Content-Class', /^\s*voice/i) },
] as const;
