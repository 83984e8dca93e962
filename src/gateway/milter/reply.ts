import type { Reply } from '../../policy/index.ts';
import { packet } from './packet.ts';
import { replyLetters } from './protocol.ts';

/** Replies of the milter itself, where not the gate speaks. */
export const ownReplies = {
  otherClass: { code: 452, enhanced: '4.5.3', text: 'Rules differ for this recipient: send it a copy of its own' },
  manyRecipients: { code: 452, enhanced: '4.5.3', text: 'Too many recipients' },
  bareCr: { code: 550, enhanced: '5.6.11', text: 'The header holds a CR without LF' },
  disguised: { code: 550, enhanced: '5.6.0', text: 'The header holds a field whose name is read in two ways' },
  tooLarge: { code: 552, enhanced: '5.3.4', text: 'Message too large to be checked' },
  noRoom: { code: 451, enhanced: '4.3.1', text: 'Too much mail at once, try again later' },
  failed: { code: 451, enhanced: '4.3.0', text: 'Message could not be checked, try again later' },
  unknownClient: { code: 451, enhanced: '4.3.5', text: 'Client address is not known, try again later' },
} as const satisfies Record<string, Reply>;

/** What the client is told of a message that the MTA takes; the words are the MTA's. */
export const taken: Reply = { code: 250, enhanced: '2.0.0', text: 'Ok' };

/** True for a reply that refuses, for now or for good; only such a one can be given to the MTA in words. */
export const isRefusal = ({ code }: Reply): boolean => Number.isInteger(code) && code >= 400 && code <= 599;

/** True for a reply by which a message is taken. */
export const isSuccess = ({ code }: Reply): boolean => Number.isInteger(code) && code >= 200 && code <= 299;

/** Octets of text in a line: with code, enhanced code and line end below the 512 of RFC 5321 section 4.5.3.1.5. */
const LINE = 480;
/** Lines that Sendmail takes. */
const MOST_LINES = 32;

/**
 * The packet that has the MTA refuse in these words, on several lines where the text has several or is long. `%` is
 * doubled: Sendmail takes the text for a format, and Postfix undoes it.
 *
 * @param reply one that {@link isRefusal}
 * @example replyPacket({ code: 550, enhanced: '5.7.26', text: '100% forged' }) // 550 5.7.26 100%% forged
 */
export function replyPacket({ code, enhanced, text }: Reply): Buffer {
  const kind = String(code).charAt(0);
  // An MTA takes a reply whose two codes differ in kind for malformed, and answers something else.
  const detail = new RegExp(`^${kind}\\.\\d{1,3}\\.\\d{1,3}$`).test(enhanced) ? enhanced : `${kind}.0.0`;
  const lines = linesOf(text);
  const printed = lines.map((line, i) => `${code}${i === lines.length - 1 ? ' ' : '-'}${detail} ${line}`);
  return packet(replyLetters.replyCode, `${printed.join('\r\n').replaceAll('%', '%%')}\0`);
}

function linesOf(text: string): string[] {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[^ -~]/g, '?').trim())
    .flatMap(wrapped)
    .filter((line) => line !== '');
  return lines.length === 0 ? ['Refused'] : lines.slice(0, MOST_LINES);
}

/** A line as lines that are short enough, cut at blanks where there are any. */
function wrapped(line: string): string[] {
  const pieces: string[] = [];
  for (let rest = line; rest !== ''; ) {
    const blank = rest.length > LINE ? rest.lastIndexOf(' ', LINE) : -1;
    const end = blank > 0 ? blank : LINE;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return pieces;
}
