import { isIP } from 'node:net';
import type { ItemEvidence } from '../mail-item.ts';

export const DAY = 86_400_000;

/**
 * An author stands by himself who has come straight (his own SPF names the client, and he is proved) on so many days, the
 * first so long ago. No carrier can lend him that.
 */
export const byHimself = { days: 3, age: 14 * DAY } as const;

/**
 * A carrier is known who has brought, proved, mail that was written to somebody else, of so many authors who stood by
 * themselves in as many networks, on so many days, the first so long ago; and of whose mail at most such a part was
 * unwanted by the owner of its author domain.
 */
export const known = { authors: 5, days: 5, age: 14 * DAY, unwanted: 1 / 4 } as const;

/** What is remembered at most; the longest not seen goes first. Carriers: of domains and of addresses, each. */
const LIMITS = { authors: 1_000_000, carriers: 100_000, networksOfCarrier: 16 } as const;

const SEVERAL = '';

/** A message that came, as far as reputation goes. Domains lower case. */
export interface Arrival {
  /** Milliseconds since 1970; arrivals come in about the order of time. */
  readonly at: number;
  /** The organization of the author. */
  readonly author: string;
  /** Whether DMARC, or composite authentication, passed for the author. */
  readonly isProved: boolean;
  /** Whether it failed, and the owner of the author domain asks to refuse it or to keep it apart. */
  readonly isUnwanted: boolean;
  /** Whether neither To nor Cc names a recipient. */
  readonly isPassedOn: boolean;
  /**
   * Who is proved to have handed it over: other organizations than the author's for which SPF or DKIM passed; where there is
   * none, the client's address. Nobody where SPF passed for the author himself.
   */
  readonly carriers: readonly string[];
  /** The author's own network where SPF passed for him, and he is proved: he came straight. */
  readonly network: string | undefined;
}

/** What is known of an author organization. Days are bits, one of 31: days of 31 days later count once. */
interface Author {
  proved: number;
  /** Of what came straight. */
  first: number;
  days: number;
  network: string | undefined;
}

interface Carried {
  proved: number;
  unwanted: number;
  /** Of what counts for it. */
  first: number;
  days: number;
  /** The networks of authors who stand by themselves, each with its author, or {@link SEVERAL}. */
  readonly networks: Map<string, string>;
}

type Standing = Pick<ItemEvidence, 'passedBefore' | 'carrier' | 'carrierDomain'>;

/**
 * Who has been seen: how often each author organization passed, and who brings the mail of others. It is all in memory, so
 * that a gate can ask in microseconds; the store fills it when the gate starts, and every message adds to it. An author
 * counts only with mail that passed, a carrier only with that of several authors who are known without it: what that costs a
 * forger stands in docs/policy-files.md.
 *
 * @example reputation.note(arrival); reputation.standing({ ...arrival, claimsCarrier: true, claimsList: true }).carrier // 'list'
 */
export class Reputation {
  readonly #authors = new Map<string, Author>();
  /** Apart: addresses can be had by the million, and would crowd out who has a name. */
  readonly #domains = new Map<string, Carried>();
  readonly #addresses = new Map<string, Carried>();

  /** A message came: what it says counts for those after it. */
  note(arrival: Arrival): void {
    this.recall(arrival, 1);
  }

  /** So many messages came on one day that say the same; the arrival is that of the first. */
  recall(arrival: Arrival, messages: number): void {
    if (arrival.author === '') return;
    if (arrival.isProved) this.#noteAuthor(arrival, messages);
    for (const carrier of arrival.carriers) this.#noteCarrier(carrier, arrival, messages);
  }

  #noteAuthor({ at, author, network }: Arrival, messages: number): void {
    const seen = this.#authors.get(author) ?? { proved: 0, first: at, days: 0, network: undefined };
    seen.proved += messages;
    if (network !== undefined) noteDay(seen, at);
    seen.network ??= network;
    renew(this.#authors, author, seen, LIMITS.authors);
  }

  #noteCarrier(carrier: string, arrival: Arrival, messages: number): void {
    const { at, author, isProved, isUnwanted, isPassedOn } = arrival;
    const carriers = this.#carriersLike(carrier);
    const network = isProved && isPassedOn ? this.#ownNetwork(author, at) : undefined;
    const there = carriers.get(carrier);
    // Who has nothing that counts for him takes no room.
    if (there === undefined && network === undefined) return;
    const carried = there ?? { proved: 0, unwanted: 0, first: at, days: 0, networks: new Map<string, string>() };
    renew(carriers, carrier, carried, LIMITS.carriers);
    if (isProved) carried.proved += messages;
    if (isUnwanted) carried.unwanted += messages;
    if (network === undefined) return;
    noteDay(carried, at);
    // Who brings mail of very many is known by the first of them.
    if (carried.networks.size >= LIMITS.networksOfCarrier) return;
    const one = carried.networks.get(network) ?? author;
    carried.networks.set(network, one === author ? author : SEVERAL);
  }

  #carriersLike(carrier: string): Map<string, Carried> {
    return isIP(carrier) === 0 ? this.#domains : this.#addresses;
  }

  /** The network of an author who stands by himself. */
  #ownNetwork(author: string, at: number): string | undefined {
    const seen = this.#authors.get(author);
    return seen !== undefined && isOf(seen, byHimself, at) ? seen.network : undefined;
  }

  /** How a message stands by what came before it. */
  standing(
    arrival: Arrival & {
      /** Whether the header names a list; whether it, or the envelope, has a list's or a forwarder's form. */
      readonly claimsList: boolean;
      readonly claimsCarrier: boolean;
    },
  ): Standing {
    const passedBefore = this.#authors.get(arrival.author)?.proved ?? 0;
    const carrierDomain = arrival.carriers.find((carrier) => this.#isKnown(carrier, arrival));
    if (carrierDomain !== undefined) {
      return { passedBefore, carrier: arrival.claimsList ? 'list' : 'forwarder', carrierDomain };
    }
    return { passedBefore, carrier: arrival.claimsCarrier ? 'claimed' : 'none', carrierDomain: undefined };
  }

  #isKnown(carrier: string, { author, at }: Arrival): boolean {
    const carried = this.#carriersLike(carrier).get(carrier);
    if (carried === undefined || !isOf(carried, known, at)) return false;
    if (carried.unwanted > known.unwanted * (carried.unwanted + carried.proved)) return false;
    let others = 0;
    for (const one of carried.networks.values()) others += one === author ? 0 : 1;
    return others >= known.authors;
  }
}

interface Seen {
  first: number;
  days: number;
}

/** The first message that counts begins the time. */
function noteDay(seen: Seen, at: number): void {
  seen.first = seen.days === 0 ? at : Math.min(seen.first, at);
  seen.days |= 1 << (Math.floor(at / DAY) % 31);
}

/** Whether somebody was seen on so many days, the first so long before a moment. */
const isOf = ({ first, days }: Seen, wanted: { readonly days: number; readonly age: number }, at: number): boolean =>
  at - first >= wanted.age && bitsOf(days) >= wanted.days;

function bitsOf(number: number): number {
  let bits = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

/** Puts an entry at the end of a map that holds at most so many. */
function renew<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}
