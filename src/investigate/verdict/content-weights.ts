import type { Weight } from './weight.ts';

/** The rows of what a message says and carries, and of what came of it. */
export const contentWeights: readonly Weight[] = [
  {
    signal: 'link-bears-name',
    points: { spoof: 2.5, impersonation: 2.7 },
    reason: 'Names are put into host names of others so that they are read for the whole.',
  },
  { signal: 'link-looks-alike', points: { spoof: 2, impersonation: 2 }, reason: 'It is meant to be read for another.' },
  {
    signal: 'link-to-unknown-domain',
    points: { spoof: 1, impersonation: 0.8 },
    reason: 'Lures live on domains of a day; so do many honest links to a new place.',
  },
  {
    signal: 'link-elsewhere',
    points: { spoof: 0.3, impersonation: 0.2 },
    reason: 'Most honest mail links to third parties as well.',
  },
  { signal: 'link-to-address', points: { spoof: 1, impersonation: 1 }, reason: 'Honest services have names.' },
  {
    signal: 'link-in-code',
    points: { spoof: 0.6, impersonation: 0.8 },
    reason: 'It takes the reader out of the guarded house.',
  },
  {
    signal: 'words-payment',
    points: { spoof: 0.3, impersonation: 0.5 },
    reason: 'Everybody’s invoices say so, and every fraud.',
  },
  {
    signal: 'words-invoice-change',
    points: { spoof: 0.6, impersonation: 0.8 },
    reason: 'It is rare in honest mail, and the aim of most fraud.',
  },
  {
    signal: 'words-password',
    points: { spoof: 0.5, impersonation: 0.6 },
    reason: 'Honest services ask for it as well, less often.',
  },
  {
    signal: 'words-shared-document',
    points: { spoof: 0.3, impersonation: 0.4 },
    reason: 'It is the daily bread of both.',
  },
  {
    signal: 'words-executive',
    points: { spoof: 0.4, impersonation: 1 },
    reason: 'Who gives orders and must not be called back is seldom the boss.',
  },
  {
    signal: 'words-urgency',
    points: { spoof: 0.2, impersonation: 0.3 },
    reason: 'Hurry is common, and useful to fraud.',
  },
  { signal: 'words-gift-card', points: { spoof: 0.8, impersonation: 1.2 }, reason: 'No business runs on gift cards.' },
  {
    signal: 'file-is-a-page',
    points: { spoof: 1.2, impersonation: 0.8 },
    reason: 'Forms to steal passwords travel as attached pages.',
  },
  {
    signal: 'file-is-a-program',
    points: { spoof: 1.2, impersonation: 1 },
    reason: 'Hardly any honest mail carries one.',
  },
  {
    signal: 'file-is-malicious',
    points: { spoof: 2, impersonation: 2, legitimate: -1 },
    reason: 'The receiver opened it and saw.',
  },
  {
    signal: 'receiver-found-phish',
    points: { spoof: 0.5, impersonation: 0.8 },
    reason: 'Filters err, in both directions.',
  },
  {
    signal: 'removed-as-phish',
    points: { spoof: 1.5, impersonation: 2.2 },
    reason: 'By then the receiver knew more than at the delivery.',
  },
  {
    signal: 'click-was-blocked',
    points: { spoof: 0.8, impersonation: 1.2 },
    reason: 'The link was known to be bad when it was clicked.',
  },
  {
    signal: 'trouble-afterwards',
    points: { spoof: 0.5, impersonation: 0.7 },
    reason: 'It may be chance; it is seldom.',
  },
  { signal: 'wave-without-proof', points: { spoof: 0.7 }, reason: 'Forgers send in waves; so do platforms.' },
  {
    signal: 'same-lure-of-other-senders',
    points: { spoof: 0.7, impersonation: 1 },
    reason: 'One lure under many names has no honest author.',
  },
  {
    signal: 'burst-from-inside',
    points: { impersonation: 1.2 },
    reason: 'A mailbox in wrong hands writes to everybody it knows.',
  },
];
