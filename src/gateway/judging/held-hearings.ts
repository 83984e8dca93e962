import type { Offered } from '../gate.ts';
import type { Hearing } from './hearing.ts';
import type { Hearings } from './hearings.ts';

/** Milliseconds after which a hearing is over: a client waits ten minutes for its answer (RFC 5321 section 4.5.3.2.6). */
const LONGEST = 15 * 60_000;

/**
 * Shares the memory of each message for as long as it is heard, whoever waits for it: a client that goes away while a
 * thread has its message, and comes with the next one, finds no room that is not there. A hearing that nobody ends is ended.
 *
 * @example const hearing = await heldHearings(hearingsInThreads(setup, resolver, 2)).open(offered, inForce());
 */
export const heldHearings = (hearings: Hearings): Hearings => ({
  open: async (offered, inForce, isChecked) => {
    const giveBack = offered.memory?.share();
    try {
      return holding(await hearings.open(offered, inForce, isChecked), giveBack);
    } catch (error) {
      giveBack?.();
      throw error;
    }
  },
  [Symbol.asyncDispose]: () => hearings[Symbol.asyncDispose](),
});

function holding(hearing: Hearing, giveBack: ReturnType<NonNullable<Offered['memory']>['share']> | undefined): Hearing {
  const end = async (): Promise<void> => {
    clearTimeout(timer);
    // Where it cannot be ended its thread is gone, and what it had with it.
    await hearing.end().catch(() => {});
    giveBack?.();
  };
  const timer = setTimeout(end, LONGEST).unref();
  return {
    facts: hearing.facts,
    decide: (evidence) => hearing.decide(evidence),
    entry: (id, answer, decision) => hearing.entry(id, answer, decision),
    end,
  };
}
