import type { MailItem } from './mail-item.ts';
import type { Change } from './policy.ts';

/**
 * A message as the rules behind a change see it: its header as the change leaves it, as Exchange's later rules do. A banner
 * is put on at the very end and seen by none; its row in `EmailEvents`, which KQL asks, is that of the message as it came.
 *
 * @example changedItem(item, { kind: 'PrependSubject', text: '[external] ' }).subject // '[external] Invoice 4711'
 */
export function changedItem(item: MailItem, change: Change): MailItem {
  switch (change.kind) {
    case 'SetHeader':
      return withField(item, change.name, [change.value]);
    case 'RemoveHeader':
      return withField(item, change.name, []);
    case 'PrependSubject': {
      const subject = change.text + item.subject;
      return { ...withField(item, 'subject', [subject]), subject };
    }
    case 'ApplyBanner':
      return item;
  }
}

/** The same message with other values of a field. */
function withField(item: MailItem, field: string, values: readonly string[]): MailItem {
  const changed = field.toLowerCase();
  return { ...item, headers: (name) => (name.toLowerCase() === changed ? values : item.headers(name)) };
}
