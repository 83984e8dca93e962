import type { GateStatus, Held, Released } from '../../gateway/index.ts';
import { sizeText } from '../../yaml/index.ts';

/** Milliseconds since 1970 as a date. */
export const iso = (at: number): string => new Date(at).toISOString();

/** What became of the last attempt to release a message; empty where there was none. */
export function attemptText({ begun, refused }: Held): string {
  if (begun !== undefined)
    return `release begun ${iso(begun.at)} by ${begun.by}, its end is not known: the next hop may have it`;
  return refused === undefined ? '' : `refused ${iso(refused.at)}: ${refused.answer}`;
}

/** Of the room, the part from which on a person should know. */
const NEARLY = 0.9;

/** How full a quarantine is, where a person should know; else empty. */
export function fillText({ messages, bytes, limits, isFull }: GateStatus['quarantine']): string {
  if (!isFull && Math.max(messages / limits.messages, bytes / limits.bytes) < NEARLY) return '';
  const held = `${sizeText(bytes)} of ${sizeText(limits.bytes)}, ${messages} of ${limits.messages} messages`;
  return isFull
    ? `The quarantine is full (${held}): what the policy would keep is put off (452).`
    : `The quarantine is nearly full: ${held}.`;
}

/** What became of a release, a line for each answer that is another. */
export function releasedLines({ held, answer, taken, refused }: Released): readonly string[] {
  const said = ({ code, enhanced, text }: Released['answer']): string => `${code} ${enhanced} ${text}`;
  return [
    `${held.id} is released to ${taken.join(', ')}: ${said(answer)}`,
    ...refused.map((one) => `  and stays for ${one.recipient}: ${said(one.answer)}`),
  ];
}
