import type { Held, Released } from '../../gateway/index.ts';

/** Milliseconds since 1970 as a date. */
export const iso = (at: number): string => new Date(at).toISOString();

/** What became of the last attempt to release a message; empty where there was none. */
export function attemptText({ begun, refused }: Held): string {
  if (begun !== undefined)
    return `release begun ${iso(begun.at)} by ${begun.by}, its end is not known: the next hop may have it`;
  return refused === undefined ? '' : `refused ${iso(refused.at)}: ${refused.answer}`;
}

/** What became of a release, a line for each answer that is another. */
export function releasedLines({ held, answer, taken, refused }: Released): readonly string[] {
  const said = ({ code, enhanced, text }: Released['answer']): string => `${code} ${enhanced} ${text}`;
  return [
    `${held.id} is released to ${taken.join(', ')}: ${said(answer)}`,
    ...refused.map((one) => `  and stays for ${one.recipient}: ${said(one.answer)}`),
  ];
}
