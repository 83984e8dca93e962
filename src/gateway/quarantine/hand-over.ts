import type { Reply } from '../../policy/index.ts';
import type { Held } from './ledger.ts';
import type { Particulars } from './particulars.ts';

/** A message on its way out, with all that is known of it. */
export interface Quarantined {
  readonly held: Held;
  readonly bytes: Buffer;
  readonly particulars: Particulars;
}

/** What the next hop made of a message. */
export interface HandedOver {
  /** Its last word: to the message where it got so far. */
  readonly answer: Reply;
  /** Recipients who have it now; none where it was not taken. */
  readonly taken: readonly string[];
  /** Recipients whom it did not want, with its word to each. */
  readonly refused: readonly { readonly recipient: string; readonly answer: Reply }[];
  /** True where it went away with the message and without an answer: it may have taken it. */
  readonly isUnsure: boolean;
}

/** Brings a released message to the next hop. Does not throw for what the next hop does. */
export type HandOver = (message: Quarantined) => Promise<HandedOver>;

/** Characters of an answer that are kept. */
const ANSWER = 1000;

/** The next hop's last word to a message, as it is written down. */
export const answerText = ({ answer: { code, enhanced, text }, isUnsure }: HandedOver): string => {
  const said = `${code} ${enhanced} ${text}`.slice(0, ANSWER);
  return isUnsure ? `${said} (it went away with the message: it may have taken it)` : said;
};
