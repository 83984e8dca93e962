/**
 * Text in which any octet can stand between spaces (RFC 3461 section 4): `+` and two hexadecimal digits for what is not
 * printable ASCII, `+` or `=`. Read as UTF-8.
 *
 * @returns undefined for what is no xtext, or no UTF-8
 * @example readXtext('a+20b') // 'a b'
 */
export function readXtext(text: string): string | undefined {
  if (!/^(?:[!-*,-<>-~]|\+[\dA-Fa-f]{2})*$/.test(text)) return undefined;
  const octets = text.replace(/\+(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(octets, 'latin1'));
  } catch {
    return undefined;
  }
}

/** @example writeXtext('a b') // 'a+20b' */
export const writeXtext = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    .replace(/[^!-*,-<>-~]/g, (octet) => `+${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
