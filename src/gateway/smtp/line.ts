import type { Incoming } from './incoming.ts';

/** A line, without its end, or why there is none. */
export type Line =
  | { readonly kind: 'line'; readonly bytes: Buffer }
  /** A CR without LF or an LF without CR: nobody may read it otherwise than we do (SMTP smuggling). */
  | { readonly kind: 'bare' }
  | { readonly kind: 'long' }
  | { readonly kind: 'end' }
  | { readonly kind: 'late' };

export interface LineRules {
  /** Octets, CRLF included. */
  readonly limit: number;
  /** An LF alone ends a line, too: for old devices. */
  readonly normalise: boolean;
}

const [CR, LF] = [0x0d, 0x0a];

/** The first line of some bytes; undefined while its end has not come. The same whatever pieces the bytes came in. */
export function firstLine(bytes: Buffer, { limit, normalise }: LineRules): Line | undefined {
  const end = bytes.subarray(0, limit).indexOf(LF);
  if (end < 0) return bytes.length >= limit ? { kind: 'long' } : undefined;
  const hasCr = end > 0 && bytes[end - 1] === CR;
  const line = bytes.subarray(0, hasCr ? end - 1 : end);
  return (hasCr || normalise) && !line.includes(CR) ? { kind: 'line', bytes: line } : { kind: 'bare' };
}

/** Reads a line, for which there are so many milliseconds in all, however slowly it comes. */
export async function readLine(incoming: Incoming, rules: LineRules, timeout: number): Promise<Line> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const bytes = incoming.take();
    const line = firstLine(bytes, rules);
    if (line?.kind === 'line') incoming.unread(bytes.subarray(bytes.indexOf(LF) + 1));
    if (line !== undefined) return line;
    incoming.unread(bytes);
    const arrival = await incoming.more(deadline - performance.now());
    if (arrival !== 'bytes') return { kind: arrival };
  }
}
