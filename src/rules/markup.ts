/** The signs of XML and HTML, as both write them in texts and in quoted attributes. */
const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A text as XML and HTML show it. Characters that a format cannot hold at all are for its writer to replace before.
 *
 * @example escapedMarkup('<b>') // '&lt;b&gt;'
 */
export const escapedMarkup = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => signs[sign]!);

/** What XML 1.0 has no way to write, not even escaped. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text as XML 1.0 may hold it: what it cannot hold at all becomes U+FFFD. */
export const escapedXml = (text: string): string => escapedMarkup(text.replaceAll(UNWRITABLE, '\ufffd'));
