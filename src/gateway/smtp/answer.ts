import type { Reply } from '../../policy/index.ts';

/** An answer of SMTP: what a server says to a command, ours or the next hop's. */
export interface Answer {
  readonly code: number;
  /** RFC 3463; empty where none belongs (greeting, EHLO, 354). */
  readonly enhanced: string;
  /** At least one. */
  readonly lines: readonly string[];
}

/** Octets of text on one line: with code, enhanced code and CRLF well below the 512 of RFC 5321 section 4.5.3.1.5. */
const TEXT = 400;
/** Lines of one answer, at most. */
const LINES = 100;

/** @example answer(550, '5.7.1', 'Relay access denied') */
export const answer = (code: number, enhanced: string, ...lines: string[]): Answer => ({ code, enhanced, lines });

export const isPositive = ({ code }: Answer): boolean => code >= 200 && code < 300;

/** Of a reply that the policy or the gate gave. */
export const answerOf = ({ code, enhanced, text }: Reply): Answer =>
  answer(code, enhanced, ...text.split(/\r\n|\r|\n/));

/** In one line, as decisions are recorded. */
export const replyOf = ({ code, enhanced, lines }: Answer): Reply => ({ code, enhanced, text: lines.join(' ') });

/**
 * As it goes over the wire: multi-line where it must be, long lines folded, whatever could begin another line or is not
 * ASCII replaced, since texts come from policies, headers and next hops (RFC 5321 section 4.2).
 *
 * @example wireOf(answer(550, '5.7.1', 'No')) // '550 5.7.1 No\r\n'
 */
export function wireOf({ code, enhanced, lines }: Answer): string {
  const texts = lines.flatMap(folded).slice(0, LINES);
  const status = enhanced === '' ? '' : `${enhanced} `;
  return texts.map((text, at) => `${code}${at < texts.length - 1 ? '-' : ' '}${status}${text}\r\n`).join('');
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

function folded(line: string): string[] {
  const text = printable(line);
  const lines: string[] = [];
  for (let at = 0; at < text.length || at === 0; at += TEXT) lines.push(text.slice(at, at + TEXT));
  return lines;
}

/** One line of an answer, without its CRLF, whatever is not printable ASCII replaced; undefined for what is none. */
export function answerLine(line: string): { readonly answer: Answer; readonly isLast: boolean } | undefined {
  const found = /^([2-5]\d\d)(?:([ -])(?:([245]\.\d{1,3}\.\d{1,3})(?: |$))?(.*))?$/.exec(line);
  if (found === null) return undefined;
  const [, code = '', separator = ' ', enhanced = '', text = ''] = found;
  return { answer: answer(Number(code), enhanced, printable(text)), isLast: separator === ' ' };
}

/** What is said in more than one place. */
export const answers = {
  ok: answer(250, '2.0.0', 'Ok'),
  stopping: answer(421, '4.3.2', 'The service is stopping; come again'),
  idle: answer(421, '4.4.2', 'Timeout exceeded'),
  tooMany: answer(421, '4.7.0', 'Too many connections; come again later'),
  tooManyErrors: answer(421, '4.7.0', 'Too many errors'),
  noMemory: answer(452, '4.3.1', 'Too many messages in flight; come again'),
  tooLarge: answer(552, '5.3.4', 'Message size exceeds the limit'),
  sequence: answer(503, '5.5.1', 'Bad sequence of commands'),
  ahead: answer(503, '5.5.0', 'Improper use of pipelining: wait for the answer'),
  bareLineEnd: answer(500, '5.5.2', 'A line ends with CR LF and holds no other CR or LF'),
  longLine: answer(500, '5.5.2', 'Line too long'),
  defect: answer(451, '4.3.0', 'Internal error; come again'),
} as const satisfies Record<string, Answer>;
