/**
 * For each UTF-16 unit of a decoded text the offset of what it was decoded from, and one more for the text's end.
 *
 * @example // the JSON text "a\u0041b" at offset 10 gives aAb with the origins 11, 12, 18, and its end 19
 */
export type Origins = Uint32Array;

/** A text that is decoded piece by piece, with the origin of each piece. */
export class Decoded {
  #text = '';
  readonly #origins: number[] = [];

  get text(): string {
    return this.#text;
  }

  /** Adds a piece that stands for what is at `origin`: each of its units has the same origin. */
  push(piece: string, origin: number): void {
    this.#text += piece;
    for (let i = 0; i < piece.length; i++) this.#origins.push(origin);
  }

  /** Adds a piece that stands in the source as it is. */
  copy(source: string, start: number, end: number): void {
    this.#text += source.slice(start, end);
    for (let at = start; at < end; at++) this.#origins.push(at);
  }

  origins(end: number): Origins {
    return Uint32Array.from([...this.#origins, end]);
  }
}

/** The line breaks of a text as `\n`, with the origins of its units. */
export function withPlainBreaks(source: string, start: number, end: number): Decoded {
  const decoded = new Decoded();
  let from = start;
  for (const { index, 0: found } of source.slice(start, end).matchAll(/\r\n?/g)) {
    decoded.copy(source, from, start + index);
    decoded.push('\n', start + index);
    from = start + index + found.length;
  }
  decoded.copy(source, from, end);
  return decoded;
}
