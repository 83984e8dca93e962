import { authenticationWeights } from './authentication-weights.ts';
import { contentWeights } from './content-weights.ts';
import { senderWeights } from './sender-weights.ts';
import type { Weight } from './weight.ts';
import type { Points } from './words.ts';

export type { Weight };

/** What every message has before anything is seen: most mail is honest. */
export const prior: Points = { legitimate: 1.2 };

/**
 * The table of weights. Points are logarithms of odds: 1 makes a verdict 2.7 times as likely against the others, 3 twenty
 * times. Signals that a sender can bring about may stand for an excusing verdict here, and still count only where others
 * have excused the message already.
 */
export const weights: readonly Weight[] = [...authenticationWeights, ...senderWeights, ...contentWeights];
