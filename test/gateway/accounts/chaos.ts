import { setTimeout as sleep } from 'node:timers/promises';
import { diceOf } from '../../mail/mutation/random.ts';
import type { Ledger } from './ledger.ts';

/** What can fail: the four processes, killed, and the disk, full. */
export const victims = ['gateway', 'next hop', 'DNS', 'store', 'disk'] as const;
export type Victim = (typeof victims)[number];

/** Failures at one moment. */
export interface Blow {
  /** Letters that are settled by then, and milliseconds after that. */
  readonly after: number;
  readonly delay: number;
  readonly strikes: readonly { readonly victim: Victim; readonly downtime: number }[];
}

/** Fails for some milliseconds. */
export type Strike = (victim: Victim, downtime: number) => Promise<void>;

/** How often each fails in a hand of the cards. */
const hand: readonly Victim[] = [
  ...(['gateway', 'gateway', 'gateway', 'gateway'] as const),
  ...(['next hop', 'next hop', 'next hop'] as const),
  ...(['DNS', 'store', 'store', 'disk', 'disk'] as const),
];
/** One in so many comes together with the one before. */
const TOGETHER = 4;
const DELAY = 60;
const DOWNTIME = { least: 50, most: 1_200 } as const;

/**
 * What fails when while so many letters are sent: hands of cards, shuffled, so that each comes, in any order, at any moment,
 * several at once now and then. The same for the same seed.
 */
export function planOf(seed: number, { letters, hands }: { readonly letters: number; readonly hands: number }): Blow[] {
  const dice = diceOf(seed);
  const cards = Array.from({ length: hands }, () => shuffled(hand, dice.below)).flat();
  const strikes = cards.map((victim) => ({
    victim,
    downtime: DOWNTIME.least + dice.below(DOWNTIME.most - DOWNTIME.least),
    isTogether: dice.below(TOGETHER) === 0,
  }));
  const groups: (typeof strikes)[] = [];
  for (const strike of strikes) {
    if (strike.isTogether && groups.length > 0) groups.at(-1)!.push(strike);
    else groups.push([strike]);
  }
  return groups.map((group, at) => ({
    after: Math.floor(((at + 1) * letters) / (groups.length + 1)),
    delay: dice.below(DELAY),
    strikes: group.map(({ victim, downtime }) => ({ victim, downtime })),
  }));
}

function shuffled<T>(list: readonly T[], below: (bound: number) => number): T[] {
  const cards = [...list];
  for (let at = cards.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [cards[at], cards[other]] = [cards[other]!, cards[at]!];
  }
  return cards;
}

/** Carries a plan out. Blows do not wait for one another: what is just coming up may be struck again. */
export async function wreak(plan: readonly Blow[], ledger: Ledger, strike: Strike, signal: AbortSignal): Promise<void> {
  const underWay: Promise<void>[] = [];
  for (const { after, delay, strikes } of plan) {
    await ledger.reached(after, signal);
    if (signal.aborted) break;
    await sleep(delay);
    underWay.push(...strikes.map(({ victim, downtime }) => strike(victim, downtime)));
  }
  await Promise.all(underWay);
}
