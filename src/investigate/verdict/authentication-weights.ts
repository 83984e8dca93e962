import type { Weight } from './weight.ts';

/** The rows of what the checks of a message say. */
export const authenticationWeights: readonly Weight[] = [
  {
    signal: 'dmarc-pass',
    points: {
      legitimate: 2.6,
      spoof: -3,
      'misconfigured-sender': -2,
      'third-party-platform': -2,
      'temporary-failure': -2,
    },
    reason: 'The owner of the domain vouches for the message; that says who sent it, not that he means well.',
  },
  {
    signal: 'proof-rests-on-assumed-client',
    points: { spoof: 1.5 },
    reason: 'Whoever wrote the file chose the address as well; a receiver that is trusted would settle it.',
  },
  {
    signal: 'aligned-without-record',
    points: { legitimate: 2.5, spoof: -2.5, 'misconfigured-sender': 0.5 },
    reason: 'Only the record is missing; the proof itself is there.',
  },
  {
    signal: 'signature-survived',
    points: { 'forwarder-or-list': 6 },
    reason: 'Nobody else has the author’s key, and the host that brought it is not the author’s: it was sent on.',
  },
  {
    signal: 'dmarc-fail',
    points: { spoof: 2, legitimate: -3, 'temporary-failure': -2 },
    reason: 'Nothing that passed is the author’s. It is a clue and not the answer.',
  },
  {
    signal: 'no-record-nothing-aligned',
    points: { spoof: 1.2, legitimate: -1 },
    reason: 'Without a record nothing can fail; that nothing at all speaks for the author is still a clue.',
  },
  {
    signal: 'dmarc-temperror',
    points: { 'temporary-failure': 1, legitimate: -1, spoof: 0.3 },
    reason: 'Nothing is decided; forgers like moments and names for which DNS does not answer.',
  },
  {
    signal: 'temperror-but-aligned',
    points: { 'temporary-failure': 4, spoof: -3, legitimate: 1 },
    reason: 'The proof is there; only the owner’s wish could not be read.',
  },
  {
    signal: 'author-key-out-of-reach',
    points: { 'temporary-failure': 1.5 },
    reason: 'The signature may be good; anybody can name a key that is never found.',
  },
  {
    signal: 'dmarc-permerror-aligned',
    points: { 'misconfigured-sender': 3, spoof: -2, legitimate: 1 },
    reason: 'The proof is there, and the owner’s record is broken.',
  },
  {
    signal: 'dmarc-permerror',
    points: { 'misconfigured-sender': 1, spoof: 0.8, legitimate: -1 },
    reason: 'A broken record protects nobody, honest senders and forgers alike.',
  },
  {
    signal: 'spf-fail',
    points: { spoof: 0.8, legitimate: -1 },
    reason: 'The owner says that this client must not; forwarders break SPF as well.',
  },
  {
    signal: 'spf-softfail',
    points: { spoof: 0.5, legitimate: -0.5 },
    reason: 'The owner does not list this client, and is not sure himself.',
  },
  {
    signal: 'spf-permerror',
    points: { 'misconfigured-sender': 0.7, spoof: 0.2 },
    reason: 'The owner’s record is broken, for honest and forged mail alike.',
  },
  {
    signal: 'nothing-passed',
    points: { spoof: 1, 'third-party-platform': -2, legitimate: -1 },
    reason: 'Platforms sign what they send; here nobody answers for anything.',
  },
  {
    signal: 'only-others-passed',
    points: { 'third-party-platform': 1 },
    reason: 'So does mail of platforms that were not set up; and so does every forger with a domain of his own.',
  },
  {
    signal: 'author-signature-broken',
    points: { 'forwarder-or-list': 1.2 },
    reason: 'Lists and forwarders that change mail break signatures; a forger writes a broken one as easily.',
  },
  {
    signal: 'author-signature-refused',
    points: { spoof: 0.8 },
    reason: 'Expired and weak signatures are what a replay or a cracked key leaves.',
  },
  {
    signal: 'signature-covers-part',
    points: { spoof: 1.5 },
    reason: 'Hardly anybody signs so, and it lets others write below the signature.',
  },
  {
    signal: 'strict-alignment-missed',
    points: { 'misconfigured-sender': 0.5, spoof: 1 },
    reason: 'The owner asks that no sub-domain speaks for it; a forgotten one may be in other hands.',
  },
  {
    signal: 'policy-reject',
    points: { spoof: 0.7, 'misconfigured-sender': -0.3 },
    reason: 'Who asks for rejection has usually looked who sends for him.',
  },
  { signal: 'policy-quarantine', points: { spoof: 0.4 }, reason: 'As p=reject, with less certainty.' },
  {
    signal: 'policy-none',
    points: { 'misconfigured-sender': 0.3, 'third-party-platform': 0.3 },
    reason: 'Owners who only watch have not finished.',
  },
  {
    signal: 'trusted-arc-sealer',
    points: { 'forwarder-or-list': 5, spoof: -1.5, legitimate: 1 },
    reason: 'The receiver has chosen to believe this sealer; sealers can be broken into.',
  },
  {
    signal: 'trusted-seal-out-of-reach',
    points: { 'temporary-failure': 8, 'forwarder-or-list': -4, spoof: -1.5 },
    reason: 'The list proves who it is, and its seal would excuse the message; what failed is the look-up of a key.',
  },
  {
    signal: 'composite-pass',
    points: { legitimate: 1.5, 'misconfigured-sender': 1.5, spoof: -1.5 },
    reason: 'The receiver knows the sender by what it has seen itself.',
  },
  { signal: 'composite-forbidden', points: { spoof: 4 }, reason: 'Somebody has looked at it and decided.' },
  {
    signal: 'unchecked-inside',
    points: { legitimate: 2.3, spoof: -2, 'third-party-platform': -2, 'forwarder-or-list': -2 },
    reason: 'Mail inside is from who is signed in; that may be somebody else.',
  },
  {
    signal: 'stamp-refuted',
    points: { spoof: 4.5, legitimate: -2.5 },
    reason: 'The receiver’s word against what can be seen: a stamp can be forged, a signature that is missing cannot.',
  },
  {
    signal: 'stamp-not-confirmed',
    points: { spoof: 0.5 },
    reason: 'Records change, and receivers change mail; a forged stamp looks no different.',
  },
  {
    signal: 'several-authors',
    points: { spoof: 2, legitimate: -1 },
    reason: 'Honest mail of several houses at once is nearly unknown.',
  },
  {
    signal: 'sealer-vouches-for-nothing',
    points: { spoof: 4.5, 'forwarder-or-list': -2 },
    reason: 'A list breaks a signature and leaves it in place; a seal over one that never was is a lie.',
  },
];
