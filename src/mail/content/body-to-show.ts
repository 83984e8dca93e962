import type { RawMessage } from '../message/raw-message.ts';
import { roleOf } from './attachments.ts';
import { charsetOfHtml, textOf } from './decode-text.ts';
import { cleanFileName } from './file-names.ts';
import { fileTypeOf } from './file-types.ts';
import { readHtml } from './html.ts';
import { type ContentDefect, contentLimits, type Defects } from './limits.ts';
import { type MimePart, partsOf } from './mime-parts.ts';
import { decodedBytes } from './transfer-encoding.ts';

/** Encoded bytes of a text that are decoded for a reader, and of a picture that the body shows. */
const LONGEST_TEXT = 1 << 20;
const LARGEST_PICTURE = 4 << 20;

/** Encoded bytes are cut at a multiple of this, so that base64 stays in step. */
const STEP = 4;

/** A file that a message carries, not decoded. */
export interface CarriedFile {
  /** From 0, in the order of the message. */
  readonly number: number;
  /** Fit for a row and for a file system; empty where the part has no name. */
  readonly fileName: string;
  /** All names as the part gives them. Hostile text. */
  readonly rawNames: readonly string[];
  /** What the part says it is. Hostile text. */
  readonly declaredType: string;
  readonly encodedSize: number;
  readonly bytes: () => Buffer;
}

/** A picture that the body may show by its Content-ID. */
export interface BodyPicture {
  /** By content, spelled as Defender's FileType: `png`, `jpg`, …; empty where nothing is known. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** What a mail reader would show of a message. Every text in it was chosen by the sender. */
export interface BodyToShow {
  /** The text/plain parts, one after the other; undefined where there is none. */
  readonly text: string | undefined;
  /** The text/html parts; undefined where there is none. */
  readonly html: string | undefined;
  /** True where a text was longer than is decoded. */
  readonly isCut: boolean;
  readonly files: readonly CarriedFile[];
  /** The picture of a Content-ID, decoded when asked; undefined where there is none or it is too large. */
  readonly picture: (contentId: string) => BodyPicture | undefined;
  readonly defects: readonly ContentDefect[];
}

/**
 * What to show of a message, without decoding what is not shown: a message with 50 MB of files opens as fast as its
 * bytes are walked over once. Never throws; time and memory are linear.
 *
 * @example bodyToShow(readMessage(bytes)).html
 */
export function bodyToShow(message: RawMessage): BodyToShow {
  const defects: Defects = new Set();
  const parts = partsOf(message, contentLimits, defects);
  const raw = ({ start, end }: MimePart): Buffer => message.bytes.subarray(start, end);
  const bodies = parts.filter((part) => roleOf(part, new Set()) === 'body');
  const read = (type: string): string | undefined => {
    const texts = bodies.filter((part) => part.type === type).map((part) => textIn(part, raw(part), defects));
    return texts.length === 0 ? undefined : texts.join('\n').slice(0, LONGEST_TEXT);
  };
  const html = read('text/html');
  const shown = new Set(html === undefined ? [] : contentIdsIn(html));
  const files = parts.filter((part) => roleOf(part, shown) === 'attachment' || isNamedBody(part));
  return {
    html,
    text: read('text/plain'),
    isCut: bodies.some(({ start, end }) => end - start > LONGEST_TEXT),
    files: files.map((part, number) => ({
      number,
      fileName: cleanFileName(part.fileNames[0] ?? ''),
      rawNames: part.fileNames,
      declaredType: part.type,
      encodedSize: part.end - part.start,
      bytes: () => decodedBytes(raw(part), part.encoding, new Set()),
    })),
    picture: (contentId) => {
      const part = parts.find((one) => one.contentId === contentId && one.type.startsWith('image/'));
      if (part === undefined || part.end - part.start > LARGEST_PICTURE) return undefined;
      const bytes = decodedBytes(raw(part), part.encoding, new Set());
      return { bytes, type: fileTypeOf(bytes, '') };
    },
    defects: [...defects],
  };
}

/** Shown, and a file besides. */
const isNamedBody = (part: MimePart): boolean => roleOf(part, new Set()) === 'body' && part.fileNames.length > 0;

function textIn(part: MimePart, encoded: Buffer, defects: Defects): string {
  const cut = encoded.subarray(0, LONGEST_TEXT - (LONGEST_TEXT % STEP));
  const bytes = decodedBytes(cut, part.encoding, defects);
  const charset = part.charset || (part.type === 'text/html' ? charsetOfHtml(bytes) : '');
  return textOf(bytes, charset, defects);
}

const contentIdsIn = (html: string): string[] =>
  readHtml(html).links.flatMap(({ target }) => (/^cid:/i.test(target) ? contentIdOf(target) : []));

/** The Content-ID that a `cid:` link names (RFC 2392), percent signs undone. */
export function contentIdOf(target: string): string {
  const id = target.replace(/^cid:/i, '');
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
