import { createHash } from 'node:crypto';
import { cleanFileName, extensionOf } from './file-names.ts';
import { fileTypeOf } from './file-types.ts';
import type { MimePart } from './mime-parts.ts';

/** A file that a message carries, as EmailAttachmentInfo has it. */
export interface Attachment {
  /** Fit for a row; empty where the part has no name. */
  readonly fileName: string;
  /** All names as the part gives them, decoded, the one that counts first. Hostile text. */
  readonly rawNames: readonly string[];
  /** Of `fileName`: `.pdf`, lower case; empty where there is none. */
  readonly extension: string;
  /** Bytes, decoded. */
  readonly size: number;
  /** Of the decoded bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** By content, spelled as Defender's FileType; empty where nothing is known. */
  readonly fileType: string;
  /** What the part says it is. Hostile text. */
  readonly declaredType: string;
  readonly part: MimePart;
}

/** What a part is to the reader. */
export type PartRole =
  /** Shown as the message. */
  | 'body'
  /** Another form of the body (calendar, AMP) or a report's machine-readable part: no file. */
  | 'alternative'
  /** A picture that the body shows. */
  | 'inline'
  | 'attachment';

/**
 * What a part is (RFC 2183 names the two dispositions; what readers do decides the rest):
 * - text/plain and text/html without `attachment` are the body, even where they have a file name; named ones are a file
 *   besides, see `isFile`;
 * - a picture with a Content-ID inside multipart/related, or that the body refers to, is part of the body, unless it is
 *   marked `attachment` and the body does not refer to it. Defender counts no such pictures as attachments;
 * - other text inside multipart/alternative, and the machine-readable parts of a report, are forms of the body;
 * - all else is an attachment, named or not. Whether a picture of the body is one is for who has its bytes to see.
 *
 * @param shown the Content-IDs that the body refers to
 */
export function roleOf(part: MimePart, shown: ReadonlySet<string>): PartRole {
  const { type, disposition, contentId, within } = part;
  const attached = disposition === 'attachment';
  if (isBodyType(type) && !attached) return 'body';
  const around = within.at(-1);
  if (type.startsWith('image/') && contentId !== '') {
    if (shown.has(contentId) || (!attached && within.includes('multipart/related'))) return 'inline';
  }
  if (!attached && part.fileNames.length === 0) {
    if (type.startsWith('text/') && around === 'multipart/alternative') return 'alternative';
    if (around === 'multipart/report' && REPORTS.has(type)) return 'alternative';
  }
  return 'attachment';
}

/** Machine-readable parts of reports (RFC 3464, 8098, 5965); anything else in a report is a file. */
const REPORTS = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'text/rfc822-headers',
]);

export const isBodyType = (type: string): boolean => type === 'text/plain' || type === 'text/html';

/** The attachment that a part is. @param bytes the part's, decoded */
export function attachmentOf(part: MimePart, bytes: Buffer): Attachment {
  const raw = part.fileNames[0] ?? '';
  const fileName = cleanFileName(raw);
  const extension = extensionOf(fileName);
  return {
    fileName,
    rawNames: part.fileNames,
    extension,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    fileType: part.type === 'message/rfc822' ? 'eml;text' : fileTypeOf(bytes, extension),
    declaredType: part.type,
    part,
  };
}
