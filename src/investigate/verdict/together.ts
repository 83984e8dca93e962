import type { Points } from './words.ts';

/** Signals that say more together than each alone. */
export interface Together {
  readonly name: string;
  /** All of these groups have to be there, each by any of its signals. */
  readonly groups: readonly (readonly string[])[];
  readonly points: Points;
  readonly reason: string;
  /** One sentence about the message. */
  readonly words: string;
}

const unproved = ['dmarc-fail', 'no-record-nothing-aligned', 'dmarc-temperror', 'dmarc-permerror'];
const stranger = ['source-never-seen', 'domain-never-seen', 'first-contact', 'carrier-never-seen'];
const money = ['words-payment', 'words-invoice-change', 'words-gift-card'];
const strangeLink = ['link-bears-name', 'link-looks-alike', 'link-to-unknown-domain', 'link-in-code'];
const lure = [...strangeLink, 'file-is-a-page', 'file-is-a-program'];

/**
 * Weak signals together. All of them accuse: none is made of what excuses. `delivered`, `clicked` and `to-many-colleagues`
 * are facts of the message and stand here alone, for none says anything about its author.
 */
export const together: readonly Together[] = [
  {
    name: 'unproved-stranger-clicked',
    groups: [unproved, stranger, ['delivered'], ['clicked']],
    points: { spoof: 1 },
    reason: 'Each is common; all four together are how a forgery that works looks.',
    words:
      'It failed, its source is unknown, it was delivered, and somebody clicked: together that outweighs each alone.',
  },
  {
    name: 'unproved-stranger-with-lure',
    groups: [unproved, stranger, lure],
    points: { spoof: 0.8 },
    reason: 'A stranger without proof who brings a link or file to a third party.',
    words: 'A source without proof and without a past brings a link or file of a third party.',
  },
  {
    name: 'unproved-stranger-about-money',
    groups: [unproved, stranger, money],
    points: { spoof: 0.8 },
    reason: 'A stranger without proof who speaks of money.',
    words: 'A source without proof and without a past speaks of money.',
  },
  {
    name: 'borrowed-name-about-money',
    groups: [
      ['namesake-of-known-person', 'look-alike-from', 'name-holds-other-address', 'reply-to-namesake-mailbox'],
      [...money, 'words-executive', 'words-urgency'],
    ],
    points: { impersonation: 1 },
    reason: 'A name that is borrowed, and what it is borrowed for.',
    words: 'It bears a name that is not its own, and speaks of money or in a hurry.',
  },
  {
    name: 'first-letter-about-money',
    groups: [['first-contact'], [...money, 'words-executive'], ['dmarc-pass', 'aligned-without-record']],
    points: { impersonation: 0.5 },
    reason: 'A first letter that speaks of money is looked at twice, whoever signs it.',
    words: 'The first letter of this address speaks of money.',
  },
  {
    name: 'proved-but-misused',
    groups: [['reply-to-elsewhere', 'reply-to-namesake-mailbox'], lure, ['dmarc-pass', 'unchecked-inside']],
    points: { impersonation: 1 },
    reason: 'The account is real; the link and the way for answers are not its owner’s.',
    words: 'The account is the real one, while answers and links lead elsewhere.',
  },
  {
    name: 'strange-link-to-many-colleagues',
    groups: [['unchecked-inside'], strangeLink, ['to-many-colleagues']],
    points: { impersonation: 1 },
    reason: 'Whoever takes a mailbox over writes to all it knows; who works here seldom sends many a link of nobody’s.',
    words: 'A mailbox of the house sent a link that nobody here knows to many colleagues at once.',
  },
];
