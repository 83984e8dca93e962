import { fieldText } from '../message/encoded-words.ts';
import { readMessage } from '../message/raw-message.ts';
import { contentOf } from './content.ts';

/** Messages inside messages that are read. */
const DEPTH = 5;

/**
 * Every text that a message shows to somebody, decoded: header fields, bodies, links, names of files, and the same of
 * messages inside. Contents of attached files are left out.
 *
 * @example [...textsIn(bytes)].some((text) => text.includes('bob@contoso.com'))
 */
export function* textsIn(bytes: Buffer, depth = DEPTH): Generator<string> {
  const message = readMessage(bytes);
  for (const { value } of message.fields) yield fieldText(value);
  const { text, html, urls, attachments, nested } = contentOf(message);
  yield text;
  if (html !== undefined) yield html;
  for (const { url } of urls) yield url;
  for (const { fileName } of attachments) yield fileName;
  if (depth > 0) for (const inner of nested) yield* textsIn(inner, depth - 1);
}
