import type { VerdictWord } from '../investigation.ts';

/** What a word means, and on which side it stands. */
export interface WordMeaning {
  /** Accusing words say that somebody deceives; all others excuse. */
  readonly accuses: boolean;
  /** Completes “This is …”. */
  readonly meaning: string;
}

/** The words of a verdict. */
export const verdictWords: Readonly<Record<VerdictWord, WordMeaning>> = {
  spoof: { accuses: true, meaning: 'a forgery: somebody writes in a name that is not theirs, and cannot prove it' },
  impersonation: {
    accuses: true,
    meaning: 'a deception that authentication does not show: a look-alike, a borrowed name, a mailbox in wrong hands',
  },
  'misconfigured-sender': {
    accuses: false,
    meaning: 'honest mail whose owner has not set up SPF, DKIM or DMARC rightly',
  },
  'third-party-platform': {
    accuses: false,
    meaning: 'mail that a platform sends for its customer, and proves to be its own, not the customer’s',
  },
  'forwarder-or-list': { accuses: false, meaning: 'mail that a forwarder or a mailing list has sent on' },
  'temporary-failure': { accuses: false, meaning: 'mail whose proof could not be looked up at that moment' },
  legitimate: { accuses: false, meaning: 'honest mail' },
};

export const allWords = Object.keys(verdictWords) as readonly VerdictWord[];

/** Whether a verdict says that somebody deceives. */
export const accuses = (word: VerdictWord): boolean => verdictWords[word].accuses;

/** Points by word; what is not named gets none. */
export type Points = Readonly<Partial<Record<VerdictWord, number>>>;
