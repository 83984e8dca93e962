/** A command line, taken apart as far as all commands are alike (RFC 5321 section 2.4). */
export interface Command {
  /** In capitals; empty for a line that begins with none. */
  readonly verb: string;
  /** Behind the verb, without blanks around it. */
  readonly rest: string;
  /** True where an octet is not ASCII: only addresses with SMTPUTF8 may hold such. */
  readonly is8bit: boolean;
}

/** @returns undefined where the line holds a control character, or is no UTF-8 */
export function readCommand(line: Buffer): Command | undefined {
  const latin = line.toString('latin1');
  if (/[\x00-\x1f\x7f]/.test(latin)) return undefined;
  const is8bit = /[\x80-\xff]/.test(latin);
  const text = is8bit ? utf8Of(line) : latin;
  if (text === undefined || /[\x80-\x9f\u2028\u2029]/.test(text)) return undefined;
  const [verb = ''] = /^[A-Za-z]{1,20}(?=[ ]|$)/.exec(text) ?? [];
  return { verb: verb.toUpperCase(), rest: text.slice(verb.length).trim(), is8bit };
}

function utf8Of(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
