import { createHash } from 'node:crypto';
import { domainOfAddress } from '../../evidence/index.ts';
import { organizationOf } from '../../policy/index.ts';

/** Pairs that are remembered at most. */
const PAIRS = 1_000_000;
/** One organization has at most such a part of the room while there is room. */
const SHARE = 1 / 10;
/** What one message can make known: who writes for more authors, or to more people, has told a crowd and met nobody. */
const OF_MESSAGE = { authors: 10, pairs: 1_000 } as const;
/** Pairs that are passed over, at most, to find one that may go. */
const PASSED_OVER = 64;
/** Organizations some of whose pairs are not remembered. */
const FORGOTTEN = 100_000;

/**
 * Who has written to whom: pairs of an author's and a recipient's address. Only hashes are held, so that a million of them
 * take some tens of megabytes. Nothing is said before the pairs of the past are in, nor of unknown pairs of an organization
 * some of whose pairs are not remembered: of others it is said all the same, so that no flood in one name makes strangers
 * of another's unknown.
 *
 * @example acquaintances.isFirstContact(['ceo@bank.example'], ['anna@contoso.com']) // true
 */
export class Acquaintances {
  readonly #most: number;
  /** The organization of each pair; the one not seen for longest first. */
  readonly #pairs = new Map<string, string>();
  /** Pairs of each organization. */
  readonly #counts = new Map<string, number>();
  readonly #forgotten = new Set<string>();
  #isWhole = false;

  constructor(most = PAIRS) {
    this.#most = most;
  }

  /** The pairs of the past are in: a pair that is not there, and was not forgotten, has never been. */
  seeded(): void {
    this.#isWhole = this.#forgotten.size < FORGOTTEN;
  }

  /** A message whose authors are proved was accepted for its recipients. */
  note(authors: readonly string[], recipients: readonly string[]): void {
    let room = OF_MESSAGE.pairs;
    for (const [at, author] of authors.entries()) {
      const organization = orgOfAddress(author);
      const met = at < OF_MESSAGE.authors ? recipients.slice(0, room) : [];
      for (const recipient of met) this.#note(keyOf(author, recipient), organization);
      if (met.length < recipients.length) this.#forget(organization);
      room -= met.length;
    }
  }

  #note(pair: string, organization: string): void {
    const isKnown = this.#pairs.delete(pair);
    if (!isKnown && !this.#hasRoom(organization)) {
      this.#forget(organization);
      return;
    }
    this.#pairs.set(pair, organization);
    if (!isKnown) this.#count(organization, 1);
    if (this.#pairs.size > this.#most) this.#forgetOne();
  }

  /** While there is room, for a share of it; then for who has less than the others have. */
  #hasRoom(organization: string): boolean {
    return this.#pairs.size < this.#most
      ? this.#countOf(organization) < this.#most * SHARE
      : this.#countOf(organization) < this.#average;
  }

  #countOf(organization: string): number {
    return this.#counts.get(organization) ?? 0;
  }

  get #average(): number {
    return this.#most / this.#counts.size;
  }

  #count(organization: string, more: number): void {
    const its = this.#countOf(organization) + more;
    if (its === 0) this.#counts.delete(organization);
    else this.#counts.set(organization, its);
  }

  /** The oldest pair of who has no less than the others have; pairs of the others have another turn. */
  #forgetOne(): void {
    let passed = 0;
    for (const [pair, organization] of this.#pairs) {
      this.#pairs.delete(pair);
      if (this.#countOf(organization) >= this.#average || passed >= PASSED_OVER) {
        this.#count(organization, -1);
        this.#forget(organization);
        return;
      }
      this.#pairs.set(pair, organization);
      passed += 1;
    }
  }

  #forget(organization: string): void {
    if (this.#forgotten.size < FORGOTTEN) this.#forgotten.add(organization);
    else this.#isWhole &&= this.#forgotten.has(organization);
  }

  /** Whether a recipient never had mail that proves one of the authors; undefined where that is not known. */
  isFirstContact(authors: readonly string[], recipients: readonly string[]): boolean | undefined {
    const strangers = authors.filter((author) => recipients.some((one) => !this.#pairs.has(keyOf(author, one))));
    if (strangers.length === 0) return false;
    const isTold = this.#isWhole && strangers.some((author) => !this.#forgotten.has(orgOfAddress(author)));
    return isTold ? true : undefined;
  }
}

const orgOfAddress = (author: string): string => organizationOf(domainOfAddress(author));

/** 72 bits: chance brings two of a million pairs together once in billions of times. */
const keyOf = (author: string, recipient: string): string =>
  createHash('sha256').update(`${author.toLowerCase()}\n${recipient.toLowerCase()}`).digest().toString('latin1', 0, 9);
