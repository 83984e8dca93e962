import { createHash } from 'node:crypto';

/** Pairs that are remembered; the one not seen for longest goes first. */
const PAIRS = 1_000_000;

/**
 * Who has written to whom: pairs of an author's and a recipient's address. Only hashes are held, so that a million of them
 * take some tens of megabytes. Nothing is said before the pairs of the past are in, nor of unknown pairs once some were
 * forgotten.
 *
 * @example acquaintances.isFirstContact(['ceo@bank.example'], ['anna@contoso.com']) // true
 */
export class Acquaintances {
  readonly #most: number;
  readonly #pairs = new Set<string>();
  #isWhole = false;

  constructor(most = PAIRS) {
    this.#most = most;
  }

  /** The pairs of the past are in: a pair that is not there has never been. */
  seeded(): void {
    this.#isWhole = this.#pairs.size < this.#most;
  }

  /** An author's mail was accepted for a recipient. */
  note(author: string, recipient: string): void {
    const pair = keyOf(author, recipient);
    this.#pairs.delete(pair);
    this.#pairs.add(pair);
    if (this.#pairs.size <= this.#most) return;
    this.#isWhole = false;
    const [oldest] = this.#pairs;
    this.#pairs.delete(oldest!);
  }

  /** Whether a recipient never had mail of one of the authors; undefined where that is not known. */
  isFirstContact(authors: readonly string[], recipients: readonly string[]): boolean | undefined {
    const isStranger = authors.some((author) =>
      recipients.some((recipient) => !this.#pairs.has(keyOf(author, recipient))),
    );
    return isStranger && !this.#isWhole ? undefined : isStranger;
  }
}

/** 72 bits: chance brings two of a million pairs together once in billions of times. */
const keyOf = (author: string, recipient: string): string =>
  createHash('sha256').update(`${author.toLowerCase()}\n${recipient.toLowerCase()}`).digest().toString('latin1', 0, 9);
