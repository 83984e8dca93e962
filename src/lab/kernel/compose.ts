import type { Random } from '../random.ts';
import { dateText, headerText } from './header-text.ts';
import type { AttachedFile, Letter } from './letter.ts';

/** A message on its way. */
export interface Draft {
  /** From the top: name, colon and value with their folds (CRLF), without the last line end. Latin1: a character a byte. */
  readonly fields: readonly string[];
  readonly body: Buffer;
}

/** One body part: its own fields, and what is in it. */
interface Part {
  readonly fields: readonly string[];
  readonly content: string;
}

/** Written as bytes: From may hold what it likes. */
const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

const withCrlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/**
 * Writes a letter as its author's program does (RFC 5322, RFC 2045 to 2047): no signature, no trace fields.
 *
 * @param sentAt milliseconds since 1970, where the letter has no date of its own
 */
export function compose(letter: Letter, random: Random, sentAt: number): Draft {
  const authors = typeof letter.from === 'string' ? [letter.from] : letter.from;
  const id = letter.messageId ?? `<${random.hex(24)}@${domainIn(authors[0] ?? '')}>`;
  const content = contentOf(letter, random);
  const others = [
    `To: ${letter.to.join(',\r\n ')}`,
    ...(letter.subject === undefined ? [] : [`Subject: ${headerText(letter.subject)}`]),
    `Date: ${dateText(letter.date ?? sentAt)}`,
    `Message-ID: ${id}`,
    ...Object.entries(letter.headers ?? {}).map(([name, value]) => `${name}: ${headerText(value)}`),
    'MIME-Version: 1.0',
    ...content.fields,
  ];
  const from = authors.map((author) => latin1(`From: ${author}`));
  return {
    fields: letter.shuffled ? scattered(from, others, random) : [...from, ...others],
    body: Buffer.from(content.content),
  };
}

/** Fields in any order; those of From stay together and keep theirs, for which one a reader shows depends on it. */
function scattered(from: readonly string[], others: readonly string[], random: Random): string[] {
  const fields = random.several(others, others.length);
  return fields.toSpliced(random.between(0, fields.length), 0, ...from);
}

/** The domain of the last address in a text; `invalid` where there is none, so that an id can be made all the same. */
const domainIn = (text: string): string => /@([\w.-]+)[^@]*$/.exec(text)?.[1] ?? 'invalid';

function contentOf({ text, html, attachments = [] }: Letter, random: Random): Part {
  const pictures = attachments.filter(({ contentId }) => contentId !== undefined);
  const files = attachments.filter(({ contentId }) => contentId === undefined);
  const views = [
    ...(text === undefined && html !== undefined ? [] : [textPart('plain', text ?? '')]),
    ...(html === undefined ? [] : [together('related', [textPart('html', html), ...pictures.map(filePart)], random)]),
  ];
  return together('mixed', [together('alternative', views, random), ...files.map(filePart)], random);
}

/** Several parts as one; a single part needs no frame. */
const together = (subtype: string, parts: readonly Part[], random: Random): Part =>
  parts.length === 1 ? parts[0]! : multipart(subtype, parts, random);

function textPart(subtype: 'plain' | 'html', text: string): Part {
  return {
    fields: [`Content-Type: text/${subtype}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit'],
    content: withCrlf(text.endsWith('\n') ? text : `${text}\n`),
  };
}

const filePart = ({ name, type, content, contentId }: AttachedFile): Part => ({
  fields: [
    `Content-Type: ${type}`,
    ...(contentId === undefined ? [] : [`Content-ID: <${contentId}>`]),
    `Content-Disposition: ${contentId === undefined ? 'attachment' : 'inline'}; ${fileName(name)}`,
    'Content-Transfer-Encoding: base64',
  ],
  content: `${base64Lines(content)}\r\n`,
});

/** RFC 2183 section 2.3; names beyond ASCII by RFC 2231 section 4. */
const fileName = (name: string): string =>
  /^[ !#-[\]-~]*$/.test(name) ? `filename="${name}"` : `filename*=utf-8''${encodeURIComponent(name)}`;

const base64Lines = (content: Uint8Array): string =>
  Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');

function multipart(subtype: string, parts: readonly Part[], random: Random): Part {
  const boundary = `=_${random.hex(24)}`;
  const sections = parts.map(({ fields, content }) => `--${boundary}\r\n${fields.join('\r\n')}\r\n\r\n${content}`);
  return {
    fields: [`Content-Type: multipart/${subtype}; boundary="${boundary}"`],
    content: `${sections.join('\r\n')}\r\n--${boundary}--\r\n`,
  };
}

/** A draft as bytes. */
export const bytesOfDraft = ({ fields, body }: Draft): Buffer =>
  Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
