import { type BodyPicture, contentIdOf, readLink } from '../../../mail/index.ts';
import { escaped, visible } from './text.ts';

/** Something in a message's HTML that is shown in another form than it had. */
export type Mark =
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'image'; readonly source: string; readonly alt: string; readonly style: string }
  | { readonly kind: 'form'; readonly target: string }
  | { readonly kind: 'field'; readonly words: string };

/** What was changed, in numbers: said above the message. */
export interface Changes {
  remoteImages: number;
  shownImages: number;
  links: number;
  /** Links whose text names another host than they lead to. */
  misleading: number;
  forms: number;
  fields: number;
}

export const noChanges = (): Changes => ({
  remoteImages: 0,
  shownImages: 0,
  links: 0,
  misleading: 0,
  forms: 0,
  fields: 0,
});

/** Pictures that a message shows, and bytes of all of them. */
const LIMITS = { pictures: 60, bytes: 12 << 20 } as const;

/** Characters of an address that are shown; the rest is in its title. */
const SHOWN = 160;

const mediaTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
};

/** Writes the marks of one message in place of what they stand for. */
export class Marks {
  readonly changes = noChanges();
  readonly #picture: (contentId: string) => BodyPicture | undefined;
  readonly #typeOf: (bytes: Buffer) => string;
  #bytes = 0;

  /** @param typeOf what a file is by its content, as `fileTypeOf` says it */
  constructor(picture: (contentId: string) => BodyPicture | undefined, typeOf: (bytes: Buffer) => string) {
    this.#picture = picture;
    this.#typeOf = typeOf;
  }

  /** What stands for something without content: a picture, a field of a form. */
  single(mark: Mark): string {
    if (mark.kind === 'field') {
      this.changes.fields++;
      return `<span class="mh-field">${escaped(visible(mark.words))}</span>`;
    }
    return mark.kind === 'image' ? this.#image(mark.source, mark.alt, mark.style) : '';
  }

  /** What stands for something with content. @param content its HTML, safe @param text its text */
  around(mark: Mark, content: string, text: string): string {
    if (mark.kind === 'link') return this.#link(mark.target, content, text);
    if (mark.kind !== 'form') return content;
    this.changes.forms++;
    const target = mark.target === '' ? 'nowhere' : mark.target;
    return `<div class="mh-form"><p class="mh-note">A form that would send what is typed to ${address(target)}</p>${content}</div>`;
  }

  #link(target: string, content: string, text: string): string {
    if (target === '' || target.startsWith('#')) return content;
    this.changes.links++;
    const link = readLink(target, text);
    const isOdd = link === undefined && !/^(?:mailto|tel|sms|callto):/i.test(target);
    const shown = link?.shownDomain;
    if (shown !== undefined) this.changes.misleading++;
    const warning = shown === undefined ? '' : ` <b class="mh-bad">text says ${escaped(visible(shown))}</b>`;
    const end = link?.inner.at(-1);
    const chain = end === undefined ? '' : ` leads to ${address(end.url)}`;
    const isBad = isOdd || shown !== undefined;
    return `<span class="mh-link">${content}</span> <span class="mh-target${isBad ? ' mh-bad' : ''}">${address(target)}${chain}${warning}</span>`;
  }

  #image(source: string, alt: string, style: string): string {
    const shown = this.#dataUrl(source);
    if (shown !== undefined) {
      this.changes.shownImages++;
      return `<img src="${shown}" alt="${escaped(visible(alt))}"${style && ` style="${escaped(style)}"`}>`;
    }
    if (source === '') return alt === '' ? '' : `<span class="mh-image">${escaped(visible(alt))}</span>`;
    this.changes.remoteImages++;
    const words = alt === '' ? '' : `“${escaped(visible(alt).slice(0, SHOWN))}” `;
    return `<span class="mh-image">Image not loaded ${words}${address(source)}</span>`;
  }

  /** A picture that the message itself carries, as a `data:` address that we wrote; undefined for any other. */
  #dataUrl(source: string): string | undefined {
    if (this.changes.shownImages >= LIMITS.pictures) return undefined;
    const picture = /^\s{0,9}cid:/i.test(source)
      ? this.#picture(contentIdOf(source.trim()))
      : this.#embedded(source.trim());
    const type = mediaTypes[picture?.type ?? ''];
    if (picture === undefined || type === undefined || this.#bytes + picture.bytes.length > LIMITS.bytes)
      return undefined;
    this.#bytes += picture.bytes.length;
    return `data:${type};base64,${picture.bytes.toString('base64')}`;
  }

  #embedded(source: string): BodyPicture | undefined {
    const head = /^data:image\/[a-z.+-]{1,20};base64,/i.exec(source)?.[0];
    if (head === undefined || source.length > LIMITS.bytes) return undefined;
    const bytes = Buffer.from(source.slice(head.length), 'base64');
    return { bytes, type: this.#typeOf(bytes) };
  }
}

/** An address as text, long ones clipped. */
function address(text: string): string {
  const whole = visible(text.slice(0, 2000));
  const clipped = whole.length > SHOWN ? `${whole.slice(0, SHOWN)}…` : whole;
  return `<code title="${escaped(whole)}">${escaped(clipped)}</code>`;
}
