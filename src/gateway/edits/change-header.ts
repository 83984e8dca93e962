import { decodedText, fieldText } from '../../mail/index.ts';
import type { Change } from '../../policy/index.ts';
import { encodedWords, isPlain, unstructured } from './header-text.ts';
import type { MessageDraft } from './message-draft.ts';

/** The changes of a policy that touch the header alone. */
export type HeaderChange = Exclude<Change, { kind: 'ApplyBanner' }>;

/** Makes a change of a policy in the header of a draft. */
export function changeHeader(draft: MessageDraft, change: HeaderChange): void {
  if (change.kind === 'PrependSubject') {
    prependSubject(draft, change.text);
    return;
  }
  draft.remove(change.name);
  if (change.kind === 'SetHeader') draft.put({ name: change.name, value: unstructured(change.value) });
}

/** Once: a subject that a reader sees begin with the text stays. Of several Subject fields only the first is left. */
function prependSubject(draft: MessageDraft, text: string): void {
  const subjects = draft.valuesOf('subject');
  const subject = subjects[0] ?? '';
  const isThere = fieldText(latin1Of(subject)).startsWith(text.trim());
  if (isThere && subjects.length === 1) return;
  draft.remove('subject');
  draft.put({ name: 'Subject', value: isThere ? subject : withPrefix(text, subject) });
}

const latin1Of = (text: string): string => Buffer.from(text).toString('latin1');

/** Blanks between two encoded words are not shown, those between an encoded word and other text are (RFC 2047 section 6.2). */
function withPrefix(text: string, subject: string): string {
  const isEncoded = /^\s*=\?/.test(subject);
  if (isPlain(text)) return !isEncoded || text.endsWith(' ') ? text + subject : `${encodedWords(text)} ${subject}`;
  if (isEncoded || subject === '') return `${encodedWords(text)} ${subject}`.trimEnd();
  if (text.endsWith(' ')) return `${encodedWords(text.slice(0, -1))} ${subject}`;
  return encodedWords(text + decodedText(fieldText(latin1Of(subject))));
}
