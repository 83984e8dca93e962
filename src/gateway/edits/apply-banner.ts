import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { contentLimits, type Defects, type MimePart, partsOf } from '../../mail/index.ts';
import type { Reply } from '../../policy/index.ts';
import { partWithBanner } from './banner-part.ts';
import { type Banner, plainBanner } from './banner-text.ts';
import type { MessageDraft } from './message-draft.ts';

/** What a client is told whose message cannot carry the banner that it must have (RFC 3463 section 3.7). */
const cannotCarry: Reply = {
  code: 550,
  enhanced: '5.6.3',
  text: 'The policy asks for a notice in this message, and its form cannot carry one',
};

/**
 * Puts a banner into what the message says: into its text, and where it comes as plain text and as HTML into both. A body
 * that cannot hold it (signed, encrypted, no text, or so odd that readers would differ) is treated as the banner says.
 *
 * @returns the reply to refuse the message with, where the banner says so
 */
export function applyBanner(draft: MessageDraft, banner: Banner): Reply | undefined {
  // A body that has been replaced is one of ours: it carries its own notice.
  const body = draft.body === undefined ? bodyWithBanner(draft, banner) : undefined;
  if (body !== undefined) draft.body = body;
  else if (banner.fallback === 'Reject') return cannotCarry;
  else if (banner.fallback === 'Wrap') wrap(draft, banner);
  return undefined;
}

function bodyWithBanner({ message }: MessageDraft, banner: Banner): Buffer | undefined {
  const defects: Defects = new Set();
  const parts = partsOf(message, contentLimits, defects);
  const shown = defects.size > 0 ? undefined : shownParts(parts);
  if (shown === undefined) return undefined;
  const pieces: Buffer[] = [];
  let from = message.bodyStart;
  for (const part of shown) {
    const changed = partWithBanner(message.bytes, part, banner);
    if (changed === undefined) return undefined;
    pieces.push(message.bytes.subarray(from, part.start), changed);
    from = part.end;
  }
  return Buffer.concat([...pieces, message.bytes.subarray(from)]);
}

const ALTERNATIVE = 'multipart/alternative';
const SEALED = new Set(['multipart/signed', 'multipart/encrypted']);
/** Alternatives that no reader shows in place of the text. */
const BESIDE_TEXT = new Set(['text/calendar', 'text/plain', 'text/html']);

/** The parts that a reader shows first, one of them or the other; undefined where that cannot be told. */
function shownParts(parts: readonly MimePart[]): readonly MimePart[] | undefined {
  const isSealed = parts.some(
    ({ type, within }) => within.some((around) => SEALED.has(around)) || /^application\/(?:x-)?pkcs7-mime$/.test(type),
  );
  const [first] = parts;
  if (isSealed || first === undefined || !isText(first)) return undefined;
  if (!first.within.includes(ALTERNATIVE)) return [first];
  const alternatives = parts.filter(({ within }) => within.includes(ALTERNATIVE));
  if (alternatives.some(({ type }) => type.startsWith('text/') && !BESIDE_TEXT.has(type))) return undefined;
  const texts = alternatives.filter(isText);
  const shown = ['text/plain', 'text/html'].flatMap((type) => texts.filter((part) => part.type === type));
  // A second text of one type is shown by some readers in place of the first.
  return new Set(shown.map(({ type }) => type)).size === shown.length
    ? shown.sort((a, b) => a.start - b.start)
    : undefined;
}

const isText = ({ type, disposition, fileNames }: MimePart): boolean =>
  (type === 'text/plain' || type === 'text/html') && disposition !== 'attachment' && fileNames.length === 0;

/** The message in a new one, behind the banner (RFC 2046 sections 5.1.3 and 5.2.1). */
function wrap(draft: MessageDraft, banner: Banner): void {
  const { bytes, fields } = draft.message;
  // What a message holds cannot hold its own hash.
  const boundary = `mailhunt-${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`;
  const encoding = isAscii(bytes) ? '7bit' : '8bit';
  const text =
    Buffer.from(plainBanner(banner))
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  const around = [
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...text,
    `--${boundary}`,
    'Content-Type: message/rfc822',
    `Content-Transfer-Encoding: ${encoding}`,
    'Content-Disposition: inline',
    '',
    '',
  ].join('\r\n');
  for (const name of new Set(fields.map((field) => field.name)))
    if (/^(?:content-.*|mime-version)$/.test(name)) draft.remove(name);
  draft.put(
    { name: 'MIME-Version', value: '1.0' },
    { name: 'Content-Type', value: `multipart/mixed;\r\n boundary="${boundary}"` },
    { name: 'Content-Transfer-Encoding', value: encoding },
  );
  draft.body = Buffer.concat([Buffer.from(around), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
