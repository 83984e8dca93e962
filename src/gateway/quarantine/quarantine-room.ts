import { networkOf } from '../../mail/index.ts';
import { asciiJson } from '../../telemetry/index.ts';
import { sizeText } from '../../yaml/index.ts';
import type { Origin } from '../journal/index.ts';

/** How much a quarantine holds. */
export interface QuarantineLimits {
  /** Of messages and what is kept beside them, before they are compressed. */
  readonly bytes: number;
  readonly messages: number;
  /** The part of both that messages of one client, or with one organizational domain in From, may take; 1: no limit of theirs. */
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

/** What a message takes, and for whom it counts. */
interface Place {
  readonly bytes: number;
  readonly keys: readonly string[];
}

/** Who has no room: a name that stays the same while it is so, and words for a person. */
export interface Shortage {
  readonly of: string;
  readonly text: string;
}

/**
 * The room of a quarantine, as a count. Once a limit is reached nothing more is let in; the message that reaches it may pass
 * it, so that none is too large for ever. One forger fills his share, not the rest: a share is counted by client and by
 * author domain, for he has many of either, and seldom of both.
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
    const { bytes, messages, share } = this.limits;
    const held = ({ bytes: some, messages: count }: Taken, part: number): string =>
      `${sizeText(some)} of ${sizeText(Math.floor(bytes * part))}, ${count} of ${Math.floor(messages * part)} messages`;
    if (this.isFull) return { of: 'all', text: `it holds ${held(this.#all, 1)}` };
    const key = keysOf(origin).find((one) => this.#isReached(this.#byKey.get(one), share));
    if (key === undefined) return undefined;
    return { of: key, text: `${asciiJson(key).slice(1, -1)} has its share (${held(this.#byKey.get(key)!, share)})` };
  }

  #isReached(taken: Taken | undefined, part: number): boolean {
    const { bytes, messages } = this.limits;
    return taken !== undefined && (taken.bytes >= bytes * part || taken.messages >= Math.max(1, messages * part));
  }

  #count({ bytes, keys }: Place, sign: 1 | -1): void {
    add(this.#all, bytes, sign);
    for (const key of keys) {
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
const keysOf = ({ ip, domain }: Origin): readonly string[] => [
  ...(ip === '' ? [] : [`client ${networkOf(ip)}`]),
  ...(domain === '' ? [] : [`domain ${domain}`]),
];
