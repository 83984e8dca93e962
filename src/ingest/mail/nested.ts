import { contentOf, readMessage } from '../../mail/index.ts';
import type { Found, FoundMessage } from './found-message.ts';

/** Messages inside one message that are taken out, at all depths together. */
const NESTED = 100;

/**
 * Messages, and behind each those attached to it (message/rfc822): where a user reports mail, the inner one is the
 * evidence. Their places name the outer one: `report.eml!1`.
 */
export async function* withNested(found: AsyncIterable<Found>): AsyncGenerator<Found> {
  for await (const one of found) {
    yield one;
    if ('reason' in one) continue;
    yield* inside(one, { left: NESTED });
  }
}

function* inside({ place, position, bytes: outer }: FoundMessage, budget: { left: number }): Generator<FoundMessage> {
  for (const [at, bytes] of contentOf(readMessage(outer)).nested.entries()) {
    if (budget.left-- <= 0) return;
    const inner = { place: `${place}!${at + 1}`, position, bytes, isNested: true as const };
    yield inner;
    yield* inside(inner, budget);
  }
}
