import { networkOf } from '../../mail/index.ts';

/** How long clients may be silent with a connection of the next hop in their hands, and how many of one. */
export interface SilenceLimits {
  /** Milliseconds. */
  readonly silence: number;
  readonly perClient: number;
}

/** Milliseconds. One that awaits each answer across the world is not silent meanwhile, be it in many connections. */
const MOMENT = 1_000;

/** One whose turn it is. */
export interface Turn {
  /** Its message comes, as far as we know. */
  readonly isSending: boolean;
  /** Is called once, where it is silent for too long, or too many of its kind are. */
  readonly giveBack: () => void;
}

/**
 * Clients that have a connection with the next hop and say nothing. An IPv6 client is its /64. Beyond `perClient`, those that
 * send a message give way first: they need no connection before its end, and never take one from who is asked for a command.
 */
export class SilentClients {
  readonly #limits: SilenceLimits;
  /** Whether they send, by how each gives way. Those who are silent the longest come first. */
  readonly #silent = new Map<string, Map<() => void, boolean>>();

  constructor(limits: SilenceLimits) {
    this.#limits = limits;
  }

  /**
   * It is a client's turn from now on.
   *
   * @returns how it ends: it speaks again, or is gone
   * @example const speaks = silentClients.begin('192.0.2.7', { isSending: false, giveBack: () => nextHop.release(hop) }); …; speaks();
   */
  begin(ip: string, { isSending, giveBack }: Turn): () => void {
    const { silence } = this.#limits;
    const moment = Math.min(MOMENT, silence);
    const key = networkOf(ip);
    const end = (): void => {
      clearTimeout(timer);
      this.#forget(key, giveWay);
    };
    const giveWay = (): void => {
      end();
      giveBack();
    };
    const isSilent = (): void => {
      timer = setTimeout(giveWay, silence - moment).unref();
      this.#remember(key, giveWay, isSending);
    };
    let timer = setTimeout(isSilent, moment).unref();
    return end;
  }

  #remember(key: string, giveWay: () => void, isSending: boolean): void {
    const its = this.#silent.get(key) ?? new Map<() => void, boolean>();
    this.#silent.set(key, its.set(giveWay, isSending));
    if (its.size <= this.#limits.perClient) return;
    const [longest] = its.keys();
    const [sending] = [...its].find(([, is]) => is) ?? [longest];
    sending?.();
  }

  #forget(key: string, giveWay: () => void): void {
    const its = this.#silent.get(key);
    its?.delete(giveWay);
    if (its?.size === 0) this.#silent.delete(key);
  }
}
