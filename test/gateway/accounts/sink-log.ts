import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** A letter that the next hop has taken. */
export interface Copy {
  readonly letter: number;
  /** The attempt by which it came. */
  readonly attempt: number;
  /** See `bodyOf`. */
  readonly body: string;
  /** Its 250 was sent: where not, the next hop died before, and nobody could know of it. */
  isAnswered: boolean;
}

/** A line of the log. */
type Line = { readonly kind: 'taken'; readonly copy: Copy } | { readonly kind: 'answered'; readonly name: string };

const nameOf = ({ letter, attempt }: Copy): string => `${letter}-${attempt}`;

/** What a next hop writes down, durably, before it answers. Several lives of it write into one file. */
export class SinkLog implements Disposable {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  /** Survives a power cut from here on. */
  take(copy: Copy): void {
    this.#write({ kind: 'taken', copy });
    fdatasyncSync(this.#file);
  }

  answered(copy: Copy): void {
    this.#write({ kind: 'answered', name: nameOf(copy) });
  }

  #write(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

/** All that was taken, in order. */
export function copiesIn(path: string): readonly Copy[] {
  const copies = new Map<string, Copy[]>();
  const all: Copy[] = [];
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    // The end of a life that was killed as it wrote: nobody was told of it.
    if (!text.endsWith('}')) continue;
    const line: Line = JSON.parse(text);
    if (line.kind === 'taken') {
      all.push(line.copy);
      copies.set(nameOf(line.copy), [...(copies.get(nameOf(line.copy)) ?? []), line.copy]);
      continue;
    }
    const answered = copies.get(line.name)?.at(-1);
    if (answered !== undefined) answered.isAnswered = true;
  }
  return all;
}
