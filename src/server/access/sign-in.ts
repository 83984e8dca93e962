import type { IncomingMessage } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import { Admission } from '../http/admission.ts';
import { cookieOf, secretIn } from './cookie.ts';
import { isPassword, nobodysHash, type ScryptCosts } from './password.ts';
import type { Gate } from './principal-of.ts';
import { type Session, sessionLimits } from './sessions.ts';
import { countedBy, Throttle } from './throttle.ts';

/** Each attempt takes 128 MB for 0.4 s: few at a time. */
const AT_ONCE = { running: 2, waiting: 20 };
const PATIENCE = 15_000;
/** When somebody who found all places taken may try again. */
const BUSY_SECONDS = 5;

/** What somebody types to come in, and from where. */
export interface Attempt {
  readonly name: string;
  readonly password: string;
  readonly from: string;
}

/** Signs people in and out. */
export class SignIn {
  readonly #gate: Gate;
  readonly #throttle = new Throttle();
  readonly #places = new Admission(AT_ONCE);
  readonly #nobody: string;

  constructor(gate: Gate, costs: ScryptCosts) {
    this.#gate = gate;
    this.#nobody = nobodysHash(costs);
  }

  /**
   * The cookie of a new session. An unknown name, a user who may not come in and a wrong password take the same time and
   * get the same answer (ACCESS0005). Throws ACCESS0006 where somebody guesses, ACCESS0015 where nobody has to sign in.
   */
  async signIn({ name, password, from }: Attempt): Promise<{ readonly cookie: string; readonly session: Session }> {
    const { accounts, sessions, jar, clock } = this.#gate;
    if (!accounts.required) throw new MailhuntError('ACCESS0015', {});
    const counted = countedBy(name, from);
    this.#throttle.require(counted, clock());
    this.#throttle.begin(counted, clock());
    const hash = accounts.user(name)?.password ?? this.#nobody;
    const isRight = await this.#isPassword(password, hash);
    // Looked up anew: it may have been changed meanwhile.
    const user = accounts.user(name);
    if (!isRight || user?.password !== hash) throw new MailhuntError('ACCESS0005', {});
    this.#throttle.succeeded(counted, clock());
    const { secret, session } = sessions.open(user, clock());
    return { cookie: cookieOf(jar, secret, sessionLimits.absolute / 1000), session };
  }

  /** Ends the session of a request; the cookie to answer with forgets it. */
  signOut(request: IncomingMessage): string {
    const { sessions, jar } = this.#gate;
    const secret = secretIn(request, jar);
    if (secret !== undefined) sessions.end(secret);
    return cookieOf(jar, '', 0);
  }

  async #isPassword(password: string, hash: string): Promise<boolean> {
    const leave = await this.#places.enter(AbortSignal.timeout(PATIENCE)).catch((cause: unknown) => {
      throw new MailhuntError('ACCESS0007', { seconds: BUSY_SECONDS }, { cause });
    });
    try {
      return await isPassword(password, hash);
    } finally {
      leave();
    }
  }
}
