import type { FilePlace } from '../rule.ts';

/** The lines of a text, for many places in it. `\r\n`, `\n` and `\r` end lines, as editors count them. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const { index, 0: end } of text.matchAll(/\r\n|[\n\r]/g)) this.#starts.push(index + end.length);
  }

  /** Line and column of an offset, both from 1. */
  placeAt(offset: number): FilePlace {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }
}
