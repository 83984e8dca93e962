import { fieldText } from '../message/encoded-words.ts';
import { fieldNamed, type RawMessage, readMessage, unfolded } from '../message/raw-message.ts';
import { type Attachment, attachmentOf, roleOf } from './attachments.ts';
import { charsetOfHtml, textOf } from './decode-text.ts';
import { fileTypeOf, pictureTypes } from './file-types.ts';
import { type ContentDefect, type ContentLimits, contentLimits, type Defects } from './limits.ts';
import { type MimePart, partsOf } from './mime-parts.ts';
import { decodedBytes } from './transfer-encoding.ts';
import { type FoundUrl, UrlCollection } from './urls.ts';

/** A picture in which a QR code may be. */
export interface ContentImage {
  /** Decoded bytes; nothing is decoded before this is called. */
  readonly bytes: () => Buffer;
}

/** What a message carries. Every text in it was chosen by the sender. */
export interface Content {
  /** Decoded. */
  readonly subject: string;
  /** The text/plain parts of the body, one after the other. */
  readonly text: string;
  /** The text/html parts of the body; undefined where there is none. */
  readonly html: string | undefined;
  readonly urls: readonly FoundUrl[];
  readonly attachments: readonly Attachment[];
  /** Pictures of body and attachments, for `withQrCodes`. */
  readonly images: readonly ContentImage[];
  /** Messages inside, whole, as they were attached (message/rfc822); a user's report has the evidence there. */
  readonly nested: readonly Buffer[];
  readonly defects: readonly ContentDefect[];
}

export interface ContentOptions {
  readonly limits?: ContentLimits;
}

/** Header fields with links that a mail reader offers (RFC 2369). */
const LINK_FIELDS = new Set([
  'list-unsubscribe',
  'list-help',
  'list-archive',
  'list-post',
  'list-subscribe',
  'list-owner',
]);

/**
 * What a message carries: its text, URLs, attachments, messages inside. QR codes are looked for by `withQrCodes`, because
 * that is the only part that waits. Archives are not opened. Never throws; time and memory are linear in the message.
 *
 * URLs of attachments are those of HTML, SVG, text and calendar files and of messages inside; others are not read.
 *
 * @example contentOf(readMessage(bytes)).urls[0].domain // 'example.com'
 */
export function contentOf(message: RawMessage, { limits = contentLimits }: ContentOptions = {}): Content {
  return new Reading(message, limits, { decoded: 0 }, 0).content();
}

/** Shared by a message and those inside it. */
interface Spent {
  decoded: number;
}

class Reading {
  readonly #message: RawMessage;
  readonly #limits: ContentLimits;
  readonly #spent: Spent;
  readonly #depth: number;
  readonly #defects: Defects = new Set();
  readonly #urls: UrlCollection;
  readonly #attachments: Attachment[] = [];
  readonly #images: ContentImage[] = [];
  readonly #nested: Buffer[] = [];
  readonly #texts: string[] = [];
  readonly #htmls: string[] = [];
  /** Content-IDs that the body refers to. */
  readonly #shown = new Set<string>();

  constructor(message: RawMessage, limits: ContentLimits, spent: Spent, depth: number) {
    this.#message = message;
    this.#limits = limits;
    this.#spent = spent;
    this.#depth = depth;
    this.#urls = new UrlCollection(limits, this.#defects);
  }

  content(): Content {
    const subject = this.#header();
    const parts = partsOf(this.#message, this.#limits, this.#defects);
    // The body first: it says which pictures it shows.
    for (const part of parts) if (roleOf(part, this.#shown) === 'body') this.#body(part);
    for (const part of parts) this.#other(part);
    return {
      subject,
      text: this.#texts.join('\n'),
      html: this.#htmls.length === 0 ? undefined : this.#htmls.join('\n'),
      urls: this.#urls.urls(),
      attachments: this.#attachments,
      images: this.#images,
      nested: this.#nested,
      defects: [...this.#defects],
    };
  }

  #header(): string {
    const subject = fieldText(fieldNamed(this.#message, 'subject')?.value ?? '');
    this.#urls.addText(subject, 'Subject');
    for (const { name, value } of this.#message.fields) {
      if (!LINK_FIELDS.has(name)) continue;
      for (const [, link] of unfolded(value).matchAll(/<([^<>]*)>/g)) this.#urls.addLink(link!, 'Header');
    }
    return subject;
  }

  #body(part: MimePart): void {
    const bytes = this.#bytesOf(part);
    if (bytes === undefined) return;
    const html = part.type === 'text/html';
    const text = textOf(bytes, part.charset || (html ? charsetOfHtml(bytes) : ''), this.#defects);
    (html ? this.#htmls : this.#texts).push(text);
    if (html) this.#referred(this.#urls.addHtml(text, 'Body'));
    else this.#urls.addText(text, 'Body');
    if (part.fileNames.length > 0) this.#attachments.push(attachmentOf(part, bytes));
  }

  /** Pictures that a document shows without fetching them. */
  #referred(targets: readonly string[]): void {
    for (const target of targets) {
      const scheme = target.slice(0, 11).toLowerCase();
      if (scheme.startsWith('cid:')) this.#shown.add(decodedCid(target.slice(4)));
      else if (scheme === 'data:image/') this.#addImage(() => bytesOfDataUrl(target, this.#limits));
    }
  }

  #other(part: MimePart): void {
    const role = roleOf(part, this.#shown);
    if (role === 'body') return;
    if (role === 'inline' && this.#isPicture(part)) {
      this.#addImage(() => decodedBytes(this.#raw(part), part.encoding, new Set()));
      return;
    }
    const bytes = this.#bytesOf(part);
    if (bytes === undefined) return;
    if (role === 'alternative') this.#readFile(part, bytes, part.type.endsWith('html') ? 'html' : 'text', 'Body');
    else this.#attachment(part, bytes);
  }

  /** By its first bytes: a program that says it is a picture of the body is an attachment all the same. */
  #isPicture(part: MimePart): boolean {
    const head = this.#raw(part).subarray(0, 400);
    // Gateways that strip pictures leave the part.
    return head.length === 0 || pictureTypes.has(fileTypeOf(decodedBytes(head, part.encoding, new Set()), ''));
  }

  #attachment(part: MimePart, bytes: Buffer): void {
    const attachment = attachmentOf(part, bytes);
    this.#attachments.push(attachment);
    if (isNested(attachment)) this.#inside(bytes);
    else if (part.type.startsWith('image/') || pictureTypes.has(attachment.fileType)) this.#addImage(() => bytes);
    const form = formOf(attachment);
    if (form !== undefined) this.#readFile(part, bytes, form, 'Attachment');
  }

  #readFile(part: MimePart, bytes: Buffer, form: 'html' | 'text', location: 'Body' | 'Attachment'): void {
    const charset = part.charset || (form === 'html' ? charsetOfHtml(bytes) : '');
    const text = textOf(bytes, charset, this.#defects);
    if (form === 'html') this.#referred(this.#urls.addHtml(text, location, location === 'Attachment'));
    else this.#urls.addText(text, location);
  }

  #inside(bytes: Buffer): void {
    this.#nested.push(bytes);
    if (this.#depth >= this.#limits.messageDepth) {
      this.#defects.add('messages nested too deep');
      return;
    }
    const inner = new Reading(readMessage(bytes), this.#limits, this.#spent, this.#depth + 1).content();
    this.#urls.addFound(inner.urls, 'Attachment');
    for (const defect of inner.defects) this.#defects.add(defect);
    for (const image of inner.images) this.#addImage(image.bytes);
  }

  #addImage(bytes: () => Buffer): void {
    if (this.#images.length < this.#limits.images) this.#images.push({ bytes });
    else this.#defects.add('too many images');
  }

  #raw({ start, end }: MimePart): Buffer {
    return this.#message.bytes.subarray(start, end);
  }

  #bytesOf(part: MimePart): Buffer | undefined {
    if (this.#spent.decoded + (part.end - part.start) > this.#limits.decodedBytes) {
      this.#defects.add('too many decoded bytes');
      return undefined;
    }
    const bytes = decodedBytes(this.#raw(part), part.encoding, this.#defects);
    this.#spent.decoded += bytes.length;
    return bytes;
  }
}

const isNested = ({ declaredType, fileType }: Attachment): boolean =>
  declaredType === 'message/rfc822' || declaredType === 'message/global' || fileType.startsWith('eml;');

/** How an attachment's URLs are read; undefined where they are not. */
function formOf({ fileType }: Attachment): 'html' | 'text' | undefined {
  if (fileType === 'svg' || fileType.startsWith('html;') || fileType.startsWith('hta;')) return 'html';
  return fileType.endsWith(';text') && !fileType.startsWith('eml;') ? 'text' : undefined;
}

function decodedCid(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

function bytesOfDataUrl(target: string, { imageBytes }: ContentLimits): Buffer {
  const comma = target.indexOf(',');
  const isBase64 = comma > 0 && /;\s{0,9}base64\s{0,9}$/i.test(target.slice(Math.max(0, comma - 40), comma));
  return isBase64 ? Buffer.from(target.slice(comma + 1, comma + 2 + imageBytes * 2), 'base64') : Buffer.alloc(0);
}
