import type { Reply } from '../../policy/index.ts';
import type { Facts } from './hearing.ts';

/** Deliveries that are remembered; the oldest goes first. */
const MOST = 100_000;

/**
 * Names deliveries. A client that was asked to come again comes with the same message: all its attempts are one delivery, of
 * which the last says what became of it. A message that was taken or refused and comes again is another, so that it cannot
 * take the place of the first in the tables.
 */
export class DeferredDeliveries {
  readonly #ids = new Set<string>();

  /** The NetworkMessageId of an attempt that was answered so. */
  idOf({ id, attemptId }: Pick<Facts, 'id' | 'attemptId'>, { code }: Reply): string {
    const wasDeferred = this.recall(attemptId, code);
    return wasDeferred || isPutOff(code) ? attemptId : id;
  }

  /**
   * Takes down how the last attempt under a name was answered, of this run or an earlier one.
   *
   * @returns whether the one before was put off
   */
  recall(attemptId: string, code: number): boolean {
    const wasDeferred = this.#ids.delete(attemptId);
    if (!isPutOff(code)) return wasDeferred;
    this.#ids.add(attemptId);
    if (this.#ids.size > MOST) {
      const [oldest] = this.#ids;
      this.#ids.delete(oldest!);
    }
    return wasDeferred;
  }
}

const isPutOff = (code: number): boolean => code >= 400 && code < 500;
