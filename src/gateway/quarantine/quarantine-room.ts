import { networkOf } from '../../mail/index.ts';
import { asciiJson } from '../../telemetry/index.ts';
import { sizeText } from '../../yaml/index.ts';
import type { Origin } from '../journal/index.ts';

/** How much a quarantine holds. */
export interface QuarantineLimits {
  /** Of messages and what is kept beside them, before they are compressed. */
  readonly bytes: number;
  readonly messages: number;
  /**
   * The part of both that messages with one organizational domain in From may take; those of one client may take that part
   * of this part (of 0.25: 0.0625). 1: no limit of theirs.
   */
  readonly share: number;
}

/** How full a quarantine is. */
export interface QuarantineStatus {
  readonly messages: number;
  /** Of what is kept, before it is compressed. */
  readonly bytes: number;
  readonly limits: QuarantineLimits;
  /** Whether nothing more can be kept, whoever it is of: what the policy would keep is put off. */
  readonly isFull: boolean;
}

export const quarantineLimits: QuarantineLimits = { bytes: 4 * 2 ** 30, messages: 100_000, share: 0.25 };

/** What is taken, by all or by one. */
interface Taken {
  bytes: number;
  messages: number;
}

/** For whom a message counts. */
interface Keys {
  /** Undefined where its address is not known. */
  readonly client: string | undefined;
  /** Undefined where it has no author. */
  readonly domain: string | undefined;
  /** What this client has of this domain. */
  readonly both: string | undefined;
}

/** What a message takes, and for whom it counts. */
interface Place {
  readonly bytes: number;
  readonly keys: Keys;
}

/** How full all may be where somebody is let in whose domain has its share: the last eighth is for other domains. */
const OPEN = 7 / 8;

/** Who has no room: a name that stays the same while it is so, and words for a person. */
export interface Shortage {
  readonly of: string;
  readonly text: string;
}

/**
 * The room of a quarantine, as a count. Once a limit is reached nothing more is let in; the message that reaches it may pass
 * it, so that none is too large for ever. A forger fills his share, not the rest, and not what others may send in the name
 * that he forges. With the usual share of a quarter:
 *
 * - a client has a quarter of a quarter of the whole, a sixteenth: it takes sixteen to fill all;
 * - a domain has a quarter of the whole. Once that is taken, it binds those who took it: a client is let in with less than
 *   a quarter of its own share (a sixty-fourth of the whole) of this domain, while an eighth of the whole is free.
 *
 * So a client of which nothing is held is let in while an eighth is free, whatever others hold. Clients of unknown address
 * are one client, as far as a domain binds them.
 *
 * @example room.put('3c7b…', 20_000, { ip: '192.0.2.7', domain: 'bank.example' }); room.shortage(origin)?.text
 */
export class QuarantineRoom {
  readonly limits: QuarantineLimits;
  readonly #places = new Map<string, Place>();
  readonly #all: Taken = { bytes: 0, messages: 0 };
  readonly #byKey = new Map<string, Taken>();

  constructor(limits: QuarantineLimits = quarantineLimits) {
    this.limits = limits;
  }

  get bytes(): number {
    return this.#all.bytes;
  }

  /** Whether a limit of all is reached. */
  get isFull(): boolean {
    return this.#isReached(this.#all, 1);
  }

  /** Counts a message; one that is counted counts as it is said now. */
  put(id: string, bytes: number, origin: Origin): void {
    this.drop(id);
    const place = { bytes, keys: keysOf(origin) };
    this.#places.set(id, place);
    this.#count(place, 1);
  }

  /** A message that is not here any more. */
  drop(id: string): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    this.#count(place, -1);
  }

  /** Why a message of somebody would find no room; undefined where it would. */
  shortage(origin: Origin): Shortage | undefined {
    const { share } = this.limits;
    const { client, domain, both } = keysOf(origin);
    if (this.isFull) return { of: 'all', text: `it holds ${this.#heldText(this.#all, 1)}` };
    if (this.#hasTaken(client, share ** 2)) return this.#shareTaken(client, share ** 2);
    const isBound = this.#isReached(this.#all, OPEN) || this.#hasTaken(both, share ** 3);
    return isBound && this.#hasTaken(domain, share) ? this.#shareTaken(domain, share) : undefined;
  }

  #hasTaken(key: string | undefined, part: number): key is string {
    const taken = this.#takenBy(key);
    return taken !== undefined && this.#isReached(taken, part);
  }

  #takenBy(key: string | undefined): Taken | undefined {
    return key === undefined ? undefined : this.#byKey.get(key);
  }

  #shareTaken(key: string, part: number): Shortage {
    const held = this.#heldText(this.#byKey.get(key)!, part);
    return { of: key, text: `${asciiJson(key).slice(1, -1)} has its share (${held})` };
  }

  #heldText({ bytes, messages }: Taken, part: number): string {
    const limit = this.#limitOf(part);
    return `${sizeText(bytes)} of ${sizeText(limit.bytes)}, ${messages} of ${limit.messages} messages`;
  }

  #isReached({ bytes, messages }: Taken, part: number): boolean {
    const limit = this.#limitOf(part);
    return bytes >= limit.bytes || messages >= limit.messages;
  }

  /** A part of the whole; a small one is a message all the same. */
  #limitOf(part: number): Taken {
    const { bytes, messages } = this.limits;
    return { bytes: Math.max(1, Math.floor(bytes * part)), messages: Math.max(1, Math.floor(messages * part)) };
  }

  #count({ bytes, keys }: Place, sign: 1 | -1): void {
    add(this.#all, bytes, sign);
    for (const key of [keys.client, keys.domain, keys.both]) {
      if (key === undefined) continue;
      const taken = this.#byKey.get(key) ?? { bytes: 0, messages: 0 };
      add(taken, bytes, sign);
      if (taken.messages === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, taken);
    }
  }
}

function add(taken: Taken, bytes: number, sign: 1 | -1): void {
  taken.bytes += sign * bytes;
  taken.messages += sign;
}

/** A message without an address or an author counts for nobody, and among all. */
function keysOf({ ip, domain }: Origin): Keys {
  const network = networkOf(ip);
  return {
    client: ip === '' ? undefined : `client ${network}`,
    domain: domain === '' ? undefined : `domain ${domain}`,
    both: domain === '' ? undefined : `both ${network} ${domain}`,
  };
}
