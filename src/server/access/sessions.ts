import { createHash, randomBytes } from 'node:crypto';
import type { User } from './accounts-file.ts';

/** Somebody who has signed in on the page. */
export interface Session {
  readonly user: string;
  /** To be sent as `X-CSRF-Token` with all that is no GET. */
  readonly csrf: string;
  /** The hash of the password that was given: with another one the session ends. */
  readonly stamp: string;
  readonly born: number;
  seen: number;
}

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  /** Since the last request. */
  readonly idle: number;
  /** Since the sign-in. */
  readonly absolute: number;
  /** Of one user at a time; the oldest goes first. */
  readonly each: number;
}

export const sessionLimits: SessionLimits = { idle: 60 * 60_000, absolute: 12 * 60 * 60_000, each: 20 };

const secretOf = (): string => randomBytes(32).toString('base64url');
const keyOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');

/** Who is signed in. Sessions live in memory, under hashes of their secrets: a server that starts anew has none. */
export class Sessions {
  readonly #limits: SessionLimits;
  readonly #open = new Map<string, Session>();

  constructor(limits: SessionLimits = sessionLimits) {
    this.#limits = limits;
  }

  /** Begins a session; the secret is the cookie's value and is known to nobody else. */
  open({ name, password }: User, now: number): { readonly secret: string; readonly session: Session } {
    this.#sweep(now);
    const own = [...this.#open].filter(([, { user }]) => user === name);
    for (const [key] of own.slice(0, Math.max(0, own.length + 1 - this.#limits.each))) this.#open.delete(key);
    const session = { user: name, csrf: secretOf(), stamp: password, born: now, seen: now };
    const secret = secretOf();
    this.#open.set(keyOf(secret), session);
    return { secret, session };
  }

  /** The session of a cookie, which this request keeps alive; undefined where there is none, or it is over. */
  find(secret: string, userOf: (name: string) => User | undefined, now: number): Session | undefined {
    const key = keyOf(secret);
    const session = this.#open.get(key);
    if (session === undefined) return undefined;
    if (this.#isOver(session, now) || userOf(session.user)?.password !== session.stamp) {
      this.#open.delete(key);
      return undefined;
    }
    session.seen = now;
    return session;
  }

  /** Signs out. */
  end(secret: string): void {
    this.#open.delete(keyOf(secret));
  }

  get size(): number {
    return this.#open.size;
  }

  #isOver({ born, seen }: Session, now: number): boolean {
    return now - born > this.#limits.absolute || now - seen > this.#limits.idle;
  }

  #sweep(now: number): void {
    for (const [key, session] of this.#open) if (this.#isOver(session, now)) this.#open.delete(key);
  }
}
