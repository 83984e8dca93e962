import type { HeaderField } from './raw-message.ts';

/** Disguises that are looked at: one is enough for there to be no telling whom the message names. */
export const disguiseLimit = 10;
/** The longest name that is looked at. */
const NAME = 64;

/** What some mail programs take for the end of a line and others do not; at the end of one it hides nothing. */
const BARE_CR = /\r(?=[^\r\n])/;
/** And with NUL, which to some is the end of a text. */
const ODD = /\0|\r(?=[^\r\n])/;

/**
 * The values of what is no From field by RFC 5322, and is one to those mail programs that pass over a NUL, a byte order mark
 * or a blank in a field's name, end a line at a bare CR, or a text at a NUL. An attacker would have such a From shown, and
 * another one judged.
 *
 * @param lines of the header that are no fields
 * @example disguisedFromIn([], ['Fr\0om: ceo@example.com']) // [' ceo@example.com']
 */
export function disguisedFromIn(fields: readonly HeaderField[], lines: readonly string[]): readonly string[] {
  const found = lines.flatMap((line) => line.split(BARE_CR).flatMap(fromValueOf));
  for (const { name, raw, value } of fields) {
    if (!ODD.test(raw)) continue;
    if (name === 'from' && ODD.test(value)) found.push(value.slice(0, value.search(ODD)), value.replaceAll('\0', ''));
    // A field of a megabyte may hold more of them than a call takes arguments.
    found.push(...raw.split(BARE_CR).slice(1).flatMap(fromValueOf).slice(0, disguiseLimit));
  }
  return found.slice(0, disguiseLimit);
}

function fromValueOf(line: string): readonly string[] {
  const colon = line.indexOf(':');
  if (colon < 0 || colon > NAME) return [];
  const shown = line.slice(0, colon).replace(/[^!-~]/g, '');
  return shown.toLowerCase() === 'from' ? [line.slice(colon + 1)] : [];
}
