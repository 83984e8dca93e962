/** Whole groups of four signs, the last one filled with `=`. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The bytes that base64 spells, or undefined where a sign or the filling is wrong.
 *
 * @example bytesOfBase64('S3U=') // <Buffer 4b 75>
 */
export const bytesOfBase64 = (text: string): Buffer | undefined =>
  base64.test(text) ? Buffer.from(text, 'base64') : undefined;

/** The text that bytes spell in UTF-8, or undefined where they spell none. */
export function textOfBytes(bytes: Buffer): string | undefined {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
