import type { Letter } from './letters.ts';

/** One attempt of the sender to hand a letter over. */
export interface Attempt {
  readonly letter: number;
  /** From 1, for each letter. */
  readonly number: number;
  /** The final dot was sent: from then on the message may have been taken, whatever is heard. */
  isSent: boolean;
  /** What was answered last; undefined where the connection broke before an answer. */
  code: number | undefined;
  text: string;
}

/** An answer by which a letter is done with: taken or refused. */
export const isFinal = ({ code = 0 }: Pick<Attempt, 'code'>): boolean => (code >= 200 && code < 300) || code >= 500;

/** What the sender remembers of each letter. It writes down what it was told, and nothing else. */
export class Ledger {
  readonly attempts: Attempt[] = [];
  readonly #counts = new Map<number, number>();
  readonly #settled = new Set<number>();
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** Opens the next attempt of a letter. */
  begin({ number: letter }: Pick<Letter, 'number'>): Attempt {
    const number = (this.#counts.get(letter) ?? 0) + 1;
    this.#counts.set(letter, number);
    const attempt: Attempt = { letter, number, isSent: false, code: undefined, text: '' };
    this.attempts.push(attempt);
    return attempt;
  }

  /** Writes down how an attempt ended. */
  end(attempt: Attempt): void {
    if (!attempt.isSent || !isFinal(attempt)) return;
    this.#settled.add(attempt.letter);
    this.#waiting = this.#waiting.filter(({ count, resolve }) => {
      if (count <= this.settled) resolve();
      return count > this.settled;
    });
  }

  /** Letters that were taken or refused. */
  get settled(): number {
    return this.#settled.size;
  }

  /** Resolves when so many letters are settled, or at the signal. */
  reached(count: number, signal: AbortSignal): Promise<void> {
    if (count <= this.settled || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ count, resolve });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
