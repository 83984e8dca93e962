/** Bytes of text that one encoded word holds: 75 characters with its frame (RFC 2047 section 2). */
const WORD_BYTES = 45;

/** What looks like an encoded word would be read as one. */
const isPlain = (text: string): boolean => /^[\t\x20-\x7e]*$/.test(text) && !text.includes('=?');

/**
 * A text as a header field holds it: as it is where it is ASCII, else as encoded words of RFC 2047, one a line.
 *
 * @example headerText('Réunion') // '=?utf-8?B?UsOpdW5pb24=?='
 */
export function headerText(text: string): string {
  return isPlain(text) ? text : [...encodedWords(text)].join('\r\n ');
}

function* encodedWords(text: string): Generator<string> {
  let word = '';
  let bytes = 0;
  for (const character of text) {
    const length = Buffer.byteLength(character);
    if (bytes + length > WORD_BYTES) {
      yield encodedWord(word);
      [word, bytes] = ['', 0];
    }
    word += character;
    bytes += length;
  }
  yield encodedWord(word);
}

const encodedWord = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/**
 * A mailbox as From and To hold it.
 *
 * @example named('Bank, Ltd.', 'info@bank.example') // '"Bank, Ltd." <info@bank.example>'
 */
export function named(name: string, address: string): string {
  if (name === '') return address;
  if (!isPlain(name)) return `${headerText(name)} <${address}>`;
  const isAtoms = /^[\w!#$%&'*+/=?^`{|}~ -]+$/.test(name);
  return `${isAtoms ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

/** A moment as Date and Received hold it (RFC 5322 section 3.3), in UTC. @param at milliseconds since 1970 */
export const dateText = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');
