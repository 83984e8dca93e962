/** The field by which this program says what its policy said. */
export const POLICY_FIELD = 'X-Mailhunt-Policy';
export const RESULTS_FIELD = 'Authentication-Results';
/** The same of a sealer (RFC 8617 section 4.1.1). */
export const SEALED_RESULTS_FIELD = 'ARC-Authentication-Results';

const ownNames: ReadonlySet<string> = new Set(
  [POLICY_FIELD, RESULTS_FIELD, SEALED_RESULTS_FIELD].map((name) => name.toLowerCase()),
);

/** What some reader takes for the end of a line, one character a byte; NEL and the separators of Unicode in UTF-8, too. */
const LINE_END = /[\0\n\v\f\r\x1c-\x1e\x85]|\xe2\x80[\xa8\xa9]/;

/**
 * Whether a line that is no field by the grammar begins as one in which the gate speaks: readers differ in what they drop
 * from a name (NUL, no-break space, folds, control characters).
 *
 * @param line one character a byte
 * @example seemsOwn('Authentication-Results\xa0: mx.example.com; dmarc=pass') // true
 */
export function seemsOwn(line: string): boolean {
  // A fold, whoever reads it.
  if (line.startsWith(' ') || line.startsWith('\t')) return false;
  const colon = line.indexOf(':');
  if (colon < 0) return false;
  const name = line.slice(0, colon).replace(/[^!-9;-~]/g, '');
  return ownNames.has(name.toLowerCase());
}

/**
 * Whether behind something that some readers take for a line end a field begins in which the gate speaks.
 *
 * @param text a field or another line of the header as it stands, one character a byte
 * @example hidesOwn('X-Note: a\rAuthentication-Results: mx.example.com; dmarc=pass') // true
 */
export const hidesOwn = (text: string): boolean => text.split(LINE_END).slice(1).some(seemsOwn);
