import type { Content, ContentImage } from './content.ts';
import { imageSizeOf } from './image-size.ts';
import { type ContentDefect, type ContentLimits, contentLimits, type Defects } from './limits.ts';
import { linksIn } from './links-in-text.ts';
import { readQrCodes } from './qr-reader.ts';
import { UrlCollection } from './urls.ts';

export interface QrOptions {
  readonly limits?: ContentLimits;
  /** Milliseconds, from any start. */
  readonly clock?: () => number;
}

/** The smallest QR code has 21 modules a side (ISO 18004); tracking pixels are smaller. */
const SMALLEST = 21;

/**
 * A message's content with the URLs that stand in QR codes in its pictures: PNG, JPEG, GIF (the first frame) and BMP, in
 * the body, attached, or in `data:` URLs. A message without pictures comes back as it is, at once. A picture too large is
 * never given to the decoder, and one that takes long is given up; what was not looked at is named in `defects`. The
 * decoder is WebAssembly out of the package zxing-wasm, begun with the first picture; nothing is fetched from a network.
 *
 * @example (await withQrCodes(contentOf(message))).urls.filter(({ location }) => location === 'QRCode')
 */
export async function withQrCodes(content: Content, options: QrOptions = {}): Promise<Content> {
  if (content.images.length === 0) return content;
  const { limits = contentLimits, clock = () => performance.now() } = options;
  const defects: Defects = new Set<ContentDefect>(content.defects);
  const left = { ...limits, urls: Math.max(0, limits.urls - content.urls.length) };
  const chains = content.urls.reduce((most, { chain }) => Math.max(most, chain?.id ?? 0), 0);
  const collection = new UrlCollection(left, defects, chains);
  const end = clock() + limits.imageTime;
  for (const image of content.images) {
    const time = end - clock();
    if (time <= 0) {
      defects.add('image time used up');
      break;
    }
    for (const text of await textsIn(image, time, limits, defects)) addCode(collection, text);
  }
  return { ...content, urls: [...content.urls, ...collection.urls()], defects: [...defects] };
}

/** A code is a link, or text in which one may stand. */
function addCode(collection: UrlCollection, text: string): void {
  if (linksIn(text).length > 0 && !/^\s*(?:https?|ftp):/i.test(text)) collection.addText(text, 'QRCode');
  else collection.addLink(text, 'QRCode');
}

async function textsIn(
  { bytes }: ContentImage,
  time: number,
  limits: ContentLimits,
  defects: Defects,
): Promise<readonly string[]> {
  const picture = bytes();
  const size = imageSizeOf(picture);
  if (size === undefined || Math.min(size.width, size.height) < SMALLEST) return [];
  if (picture.length > limits.imageBytes || size.width * size.height > limits.imagePixels) {
    defects.add('image too large');
    return [];
  }
  const outcome = await readQrCodes(picture, time);
  if ('texts' in outcome) return outcome.texts;
  defects.add('late' in outcome ? 'image time used up' : 'image cannot be read');
  return [];
}
