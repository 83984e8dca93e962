import type { Weight } from './weight.ts';

/** The rows of who writes, what was seen of him before, and who handed the message over. */
export const senderWeights: readonly Weight[] = [
  {
    signal: 'own-domain-from-outside',
    points: { spoof: 1.5, 'forwarder-or-list': -0.5 },
    reason: 'One’s own senders are the ones that one can set up; the rest borrow the name.',
  },
  {
    signal: 'own-mailbox-from-outside',
    points: { spoof: 0.5 },
    reason: 'Whoever has a mailbox here writes from it; lists and forwarders bring some of it back.',
  },
  {
    signal: 'name-holds-other-address',
    points: { impersonation: 4.5, legitimate: -1 },
    reason: 'Nobody shows another’s address as his name by accident.',
  },
  {
    signal: 'namesake-of-known-person',
    points: { impersonation: 3.5, spoof: 1.5 },
    reason: 'People get new mailboxes, seldom; mostly somebody else bears their name.',
  },
  {
    signal: 'known-name-elsewhere',
    points: { impersonation: 1.5, spoof: 0.3 },
    reason: 'Houses have several domains and rooms at platforms; lures have such names as well.',
  },
  {
    signal: 'look-alike-from',
    points: { impersonation: 4.5, legitimate: -1 },
    reason: 'Such domains are bought for one purpose.',
  },
  {
    signal: 'mixed-scripts-from',
    points: { impersonation: 3, legitimate: -1 },
    reason: 'Registries forbid it, and honest names have no use for it.',
  },
  {
    signal: 'envelope-elsewhere',
    points: { spoof: 0.2 },
    reason: 'Platforms, lists and forgers alike have an envelope of their own.',
  },
  {
    signal: 'reply-to-elsewhere',
    points: { spoof: 0.6, impersonation: 0.8 },
    reason: 'Whoever cannot read the author’s mailbox has to be answered elsewhere; so do lists and ticket systems.',
  },
  {
    signal: 'reply-to-namesake-mailbox',
    points: { spoof: 1, impersonation: 1.5 },
    reason: 'A second mailbox in the author’s name at another provider is how invoices are redirected.',
  },
  {
    signal: 'first-contact',
    points: { impersonation: 0.5, spoof: 0.2 },
    reason: 'Most first letters are harmless; most deceptions are first letters.',
  },
  { signal: 'malformed-from', points: { spoof: 1 }, reason: 'Mail programs write From by the grammar.' },
  { signal: 'author-known-and-proved', points: { legitimate: 1 }, reason: 'It is as it always was.' },
  { signal: 'correspondent-and-proved', points: { legitimate: 0.7 }, reason: 'Somebody here writes to this address.' },
  {
    signal: 'domain-passes-elsewhere',
    points: { spoof: 1.3, 'misconfigured-sender': -0.5 },
    reason: 'Its owner can do it, and does it from somewhere else.',
  },
  {
    signal: 'source-passed-before',
    points: { 'misconfigured-sender': 3, spoof: -1.3, 'temporary-failure': 0.5 },
    reason: 'Servers break, keys expire, records are edited; neighbours in a rented network may also lie.',
  },
  {
    signal: 'platform-alignment-lost',
    points: { spoof: 2.2, 'third-party-platform': -0.7 },
    reason: 'The platform can sign for the domain; another of its customers cannot.',
  },
  {
    signal: 'source-fails-steadily',
    points: { 'misconfigured-sender': 2.5, 'third-party-platform': 2.5, spoof: -1.3 },
    reason: 'Forgers do not stay for weeks with one domain and one source.',
  },
  {
    signal: 'source-fails-for-weeks',
    points: { 'misconfigured-sender': 1, 'third-party-platform': 1, spoof: -1 },
    reason: 'What is forged for weeks is seen, reported and stopped; what is only not set up goes on.',
  },
  {
    signal: 'source-failed-before',
    points: { 'misconfigured-sender': 0.7, 'third-party-platform': 2.2, spoof: -0.6 },
    reason: 'Once or twice is no habit yet.',
  },
  {
    signal: 'source-never-seen',
    points: { spoof: 1 },
    reason: 'The domain is known here, and its mail comes from elsewhere.',
  },
  { signal: 'domain-never-seen', points: { spoof: 0.2, impersonation: 0.4 }, reason: 'Every sender is new once.' },
  {
    signal: 'domain-never-passed',
    points: { 'misconfigured-sender': 0.6, 'third-party-platform': 0.6, spoof: -0.2 },
    reason: 'An owner whose mail always fails is likelier to be careless than forged every time.',
  },
  {
    signal: 'client-named-by-author',
    points: { 'misconfigured-sender': 4, spoof: -2.5, 'third-party-platform': -1 },
    reason: 'The owner’s own DNS says that the host is his, and the host says so too.',
  },
  {
    signal: 'carrier-known-by-address',
    points: { 'forwarder-or-list': 5, spoof: -1.8 },
    reason: 'It sends on what it gets, and signatures of others survive it; what it gets may be forged.',
  },
  {
    signal: 'carrier-known-by-domain',
    points: { 'third-party-platform': 2.2, 'forwarder-or-list': 1.8, spoof: -0.5 },
    reason: 'It sends for many, some of whom can prove it; any of them may misuse it.',
  },
  {
    signal: 'carrier-known-in-temperror',
    points: { 'temporary-failure': 3.5, 'forwarder-or-list': 1, spoof: -0.5 },
    reason: 'Honest mail takes this way, and the proof could not be looked up.',
  },
  {
    signal: 'carrier-brings-correspondent',
    points: { 'forwarder-or-list': 4, spoof: -2 },
    reason:
      'Forgers know brands, seldom with whom one corresponds; a forwarder brings the mail of all who write there.',
  },
  {
    signal: 'carrier-never-seen',
    points: { spoof: 1.2, 'third-party-platform': -1 },
    reason: 'A platform that honest senders use would have been met before.',
  },
  {
    signal: 'trusted-host',
    points: { 'forwarder-or-list': 4.2, spoof: -1 },
    reason: 'The receiver trusts that host to say what it saw; here it says nothing.',
  },
  {
    signal: 'known-platform',
    points: { 'third-party-platform': 1 },
    reason: 'It names the kind of mistake, and nobody’s innocence.',
  },
  {
    signal: 'srs-and-signature',
    points: { 'forwarder-or-list': 6 },
    reason: 'The signature is the author’s, the envelope the forwarder’s.',
  },
  { signal: 'srs-envelope', points: { 'forwarder-or-list': 1 }, reason: 'So forwarders write, and so can anybody.' },
  { signal: 'list-headers', points: { 'forwarder-or-list': 1 }, reason: 'So lists write, and so can anybody.' },
  {
    signal: 'bulk-headers',
    points: { 'third-party-platform': 0.8 },
    reason: 'So platforms write, and so can anybody.',
  },
  {
    signal: 'signed-by-carrier',
    points: { 'third-party-platform': 1 },
    reason: 'So platforms do, and so can anybody who has a domain.',
  },
  {
    signal: 'hops-show-a-forwarder',
    points: { 'forwarder-or-list': 0.5 },
    reason: 'So forwarded mail looks, and so can anybody write.',
  },
  {
    signal: 'other-sealer-vouches',
    points: { 'forwarder-or-list': 0.3 },
    reason: 'A seal is worth as much as the trust in who sealed.',
  },
  {
    signal: 'own-connector',
    points: { 'misconfigured-sender': 4.5, spoof: -2.5 },
    reason: 'The receiver set up this way in for devices of its own.',
  },
  {
    signal: 'replayed-under-strange-envelope',
    points: { impersonation: 4.5 },
    reason: 'A signed message may be sent again by whoever got it; the owner’s own mail does not come so.',
  },
];
