import type { ItemEvidence } from '../mail-item.ts';

const DAY = 86_400_000;

/** A carrier is known by so many messages of so many other authors, some passing, the first of them so long ago. */
const known = { messages: 3, authors: 2, passed: 1, age: 5 * DAY } as const;

/** What is remembered at most; the longest not seen goes first. */
const LIMITS = { authors: 1_000_000, carriers: 200_000, authorsOfCarrier: 16 } as const;

/** A message that came, as far as reputation goes. Domains lower case. */
export interface Arrival {
  /** Milliseconds since 1970; arrivals come in about the order of time. */
  readonly at: number;
  /** The organization of the author. */
  readonly author: string;
  /** Whether DMARC, or composite authentication, passed for the author. */
  readonly isProved: boolean;
  /**
   * Who is proved to have handed it over: other organizations than the author's for which SPF or DKIM passed; where there is
   * none, the client's address.
   */
  readonly carriers: readonly string[];
}

/** What a carrier brought of one author. */
interface Brought {
  messages: number;
  proved: number;
}

interface Carried {
  first: number;
  readonly authors: Map<string, Brought>;
}

type Standing = Pick<ItemEvidence, 'passedBefore' | 'carrier' | 'carrierDomain'>;

/**
 * Who has been seen: how often each author organization passed, and who brings the mail of others. It is all in memory, so
 * that a gate can ask in microseconds; the store fills it when the gate starts, and every message adds to it. A forger gets
 * no standing by it: an author counts only with mail that passed, a carrier only with that of several authors that did.
 *
 * @example reputation.note(arrival); reputation.standing({ ...arrival, claimsCarrier: true, claimsList: true }).carrier // 'list'
 */
export class Reputation {
  readonly #proved = new Map<string, number>();
  readonly #carriers = new Map<string, Carried>();

  /** A message came: what it says counts for those after it. */
  note(arrival: Arrival): void {
    this.recall(arrival, 1);
  }

  /** So many messages came that say the same; the arrival is that of the first. */
  recall({ at, author, isProved, carriers }: Arrival, messages: number): void {
    if (author === '') return;
    const proved = isProved ? messages : 0;
    if (isProved) renew(this.#proved, author, (this.#proved.get(author) ?? 0) + proved, LIMITS.authors);
    for (const carrier of carriers) this.#noteCarrier(carrier, at, author, { messages, proved });
  }

  #noteCarrier(carrier: string, at: number, author: string, { messages, proved }: Brought): void {
    const carried = this.#carriers.get(carrier) ?? { first: at, authors: new Map<string, Brought>() };
    carried.first = Math.min(carried.first, at);
    renew(this.#carriers, carrier, carried, LIMITS.carriers);
    const brought = carried.authors.get(author) ?? { messages: 0, proved: 0 };
    brought.messages += messages;
    brought.proved += proved;
    // Who brings mail of very many authors is known by the first of them.
    if (carried.authors.size < LIMITS.authorsOfCarrier || carried.authors.has(author))
      carried.authors.set(author, brought);
  }

  /** How a message stands by what came before it. */
  standing(
    arrival: Arrival & {
      /** Whether the header names a list; whether it, or the envelope, has a list's or a forwarder's form. */
      readonly claimsList: boolean;
      readonly claimsCarrier: boolean;
    },
  ): Standing {
    const passedBefore = this.#proved.get(arrival.author) ?? 0;
    const carrierDomain = arrival.carriers.find((carrier) => this.#isKnown(carrier, arrival));
    if (carrierDomain !== undefined) {
      return { passedBefore, carrier: arrival.claimsList ? 'list' : 'forwarder', carrierDomain };
    }
    return { passedBefore, carrier: arrival.claimsCarrier ? 'claimed' : 'none', carrierDomain: undefined };
  }

  #isKnown(carrier: string, { author, at }: Arrival): boolean {
    const carried = this.#carriers.get(carrier);
    if (carried === undefined || at - carried.first < known.age) return false;
    let [messages, authors, proved] = [0, 0, 0];
    for (const [name, brought] of carried.authors) {
      if (name === author) continue;
      authors += 1;
      messages += brought.messages;
      proved += brought.proved;
    }
    return messages >= known.messages && authors >= known.authors && proved >= known.passed;
  }
}

/** Puts an entry at the end of a map that holds at most so many. */
function renew<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}
