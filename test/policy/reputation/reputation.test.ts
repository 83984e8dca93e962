import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Arrival, Reputation } from '../../../src/policy/reputation/reputation.ts';

const DAY = 86_400_000;
const CARRIER = 'lists.example';
const arrival = (changes: Partial<Arrival> = {}): Arrival => ({
  at: 0,
  author: 'bank.example',
  isProved: true,
  isUnwanted: false,
  isPassedOn: true,
  carriers: [CARRIER],
  network: undefined,
  ...changes,
});

type Come = readonly Partial<Arrival>[];

const count = (most: number): readonly number[] => Array.from({ length: most }, (_, n) => n);
/** Days before the message that is asked about, which comes on day 100. */
const ago = (...days: readonly number[]): readonly number[] => days.map((day) => (100 - day) * DAY);
const authors = (many: number): readonly string[] => count(many).map((n) => `author${n}.example`);
const networkOf = (author: string): string => `${author}'s network`;

/** What authors send themselves, each from his own network. */
const straight = (who: readonly string[], at: readonly number[], network = networkOf): Come =>
  who.flatMap((author) =>
    at.map((one) => ({ at: one, author, carriers: [], network: network(author), isPassedOn: false })),
  );
/** What the carrier brings of them. */
const brought = (who: readonly string[], at: readonly number[], changes: Partial<Arrival> = {}): Come =>
  who.flatMap((author) => at.map((one) => ({ at: one, author, ...changes })));
const unwanted = (messages: number, at: readonly number[]): Come =>
  count(messages).flatMap(() => brought(['victim.example'], at, { isProved: false, isUnwanted: true }));

const asked = {
  ...arrival({ at: 100 * DAY, author: 'new.example', isProved: false }),
  claimsList: true,
  claimsCarrier: true,
};
const after = (...arrivals: Come): Reputation => {
  const reputation = new Reputation();
  for (const one of [...arrivals].sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) reputation.note(arrival(one));
  return reputation;
};

/** Long before, and all the time. */
const regular = ago(90, 80, 70, 60, 50, 40, 30, 20, 10);
const fourWeeks = ago(...count(29));
const lately = ago(30, 25, 20, 10, 3);

/** What came before, and what the carrier of a message of new.example is then. */
const innocents: readonly [what: string, arrivals: Come, carrier: string][] = [
  ['nothing came', [], 'claimed'],
  [
    'a list of fifteen organizations that write here themselves, two letters of each',
    [...straight(authors(15), regular), ...authors(15).flatMap((one, n) => brought([one], ago(30 - n, 15 - n)))],
    'list',
  ],
  [
    'an alumni forwarder: five who write here, too, and thirty who never do',
    [
      ...straight(authors(5), regular),
      ...brought(authors(5), lately),
      ...brought(
        count(30).map((n) => `stranger${n}.example`),
        lately,
      ),
    ],
    'list',
  ],
  [
    'a forwarder that now and then breaks what it brings: one in five',
    [...straight(authors(6), regular), ...brought(authors(6), lately), ...unwanted(7, ago(12))],
    'list',
  ],
  [
    'a list of a hundred organizations, the first sixteen of which are in one network',
    [
      ...straight(authors(16), regular, () => 'hoster'),
      ...straight(authors(100).slice(16), regular),
      ...brought(authors(100), lately),
    ],
    'list',
  ],
  // A small list is not told from two domains that its owner bought: name it (CarrierDomain).
  ['a list of two organizations', [...straight(authors(2), regular), ...brought(authors(2), regular)], 'claimed'],
  ['a list whose authors never write here themselves', brought(authors(20), regular), 'claimed'],
  [
    // Whoever has an account there writes so; what is addressed to its recipient was sent on by nobody.
    'a platform that sends for many who write here, too',
    [...straight(authors(20), regular), ...brought(authors(20), regular, { isPassedOn: false })],
    'claimed',
  ],
  [
    'a list without seals that breaks all it brings',
    [...straight(authors(20), regular), ...brought(authors(20), regular, { isProved: false })],
    'claimed',
  ],
];

/** What a forger does who owns the carrier, and what it is worth to him. */
const forgers: readonly [what: string, arrivals: Come, carrier: string][] = [
  ['two own domains, three messages, five days: what it cost once', brought(authors(2), ago(5, 3, 1)), 'claimed'],
  ['a hundred own domains that come by it alone, for 90 days', brought(authors(100), regular), 'claimed'],
  [
    'a hundred own domains that also come straight, out of one network',
    [...straight(authors(100), regular, () => 'vps'), ...brought(authors(100), regular)],
    'claimed',
  ],
  [
    'a hundred own domains in a hundred networks, a thousand messages, begun 27 days ago',
    [...straight(authors(100), ago(...count(28))), ...brought(authors(100), ago(...count(28)))],
    'claimed',
  ],
  [
    'four own domains in four networks, for 90 days',
    [...straight(authors(4), regular), ...brought(authors(4), regular)],
    'claimed',
  ],
  [
    'a hundred own domains that come straight on two days only',
    [...straight(authors(100), ago(90, 60)), ...brought(authors(100), lately)],
    'claimed',
  ],
  [
    'a hundred old domains, brought on four days only',
    [...straight(authors(100), regular), ...brought(authors(100), ago(30, 20, 10, 5))],
    'claimed',
  ],
  [
    'a hundred old domains, brought since 13 days only',
    [...straight(authors(100), regular), ...brought(authors(100), ago(13, 11, 9, 7, 5, 3, 1))],
    'claimed',
  ],
  [
    'a day told five times over midnight is two days',
    [
      ...straight(authors(100), regular),
      ...count(10).flatMap((n) => brought(authors(5), [(80 + (n % 2)) * DAY])),
      ...brought(authors(5), ago(3)),
    ],
    'claimed',
  ],
  [
    'known, and then as many forgeries as a third of what it proved',
    [...straight(authors(5), fourWeeks), ...brought(authors(5), lately), ...unwanted(9, ago(1))],
    'claimed',
  ],
  // The price: docs/policy-files.md tells it.
  [
    'five own domains in five networks, four weeks',
    [...straight(authors(5), fourWeeks), ...brought(authors(5), fourWeeks)],
    'list',
  ],
  [
    'five newsletters that come here, handed on with their signatures, over two weeks',
    [...straight(authors(5), regular), ...brought(authors(5), ago(14, 11, 8, 5, 2))],
    'list',
  ],
];

for (const [who, rows] of [
  ['a carrier', innocents],
  ['a carrier that its owner wants to be known', forgers],
] as const) {
  describe(who, () => {
    for (const [what, arrivals, carrier] of rows)
      test(`${what}: ${carrier}`, () => assert.equal(after(...arrivals).standing(asked).carrier, carrier));
  });
}

const list = [...straight(authors(6), regular), ...brought(authors(6), lately)];

test('without a list’s header a known carrier is a forwarder, an unknown one nobody', () => {
  assert.equal(after(...list).standing({ ...asked, claimsList: false }).carrier, 'forwarder');
  assert.equal(after().standing({ ...asked, claimsList: false, claimsCarrier: false }).carrier, 'none');
});

test('the author who is asked about does not speak for his carrier', () => {
  const five = [...straight(authors(5), regular), ...brought(authors(5), lately)];
  assert.equal(after(...five).standing(asked).carrier, 'list');
  assert.equal(after(...five).standing({ ...asked, author: authors(5)[0]! }).carrier, 'claimed');
  const neighbour = ['neighbour.example'];
  const shared = [...straight(neighbour, regular, () => networkOf(authors(1)[0]!)), ...brought(neighbour, lately)];
  assert.equal(after(...five, ...shared).standing({ ...asked, author: authors(5)[0]! }).carrier, 'list');
});

test('a forwarder is known by its address where it proves nothing', () => {
  const by = { carriers: ['192.0.2.7'] };
  const reputation = after(...straight(authors(5), regular), ...brought(authors(5), lately, by));
  assert.equal(reputation.standing({ ...asked, ...by }).carrierDomain, '192.0.2.7');
  assert.equal(reputation.standing({ ...asked, carriers: ['192.0.2.8'] }).carrier, 'claimed');
});

test('who is known stays so while addresses by the hundred thousand bring mail', () => {
  const reputation = after(...list);
  for (let n = 0; n < 100_001; n++) {
    const carriers = [`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`];
    reputation.note(arrival({ at: 100 * DAY, author: authors(6)[0]!, carriers }));
  }
  assert.equal(reputation.standing(asked).carrier, 'list');
});

test('mail of one day that is told together counts as what it is', () => {
  const reputation = after(...list);
  reputation.recall(arrival({ at: 95 * DAY, author: 'victim.example', isProved: false, isUnwanted: true }), 11);
  assert.equal(reputation.standing(asked).carrier, 'claimed');
  reputation.recall(arrival({ at: 95 * DAY, author: authors(6)[0]! }), 3);
  assert.equal(reputation.standing(asked).carrier, 'list');
});

test('only what passed counts for an author', () => {
  const reputation = after({}, {}, { isProved: false }, { author: 'other.example' });
  assert.equal(reputation.standing({ ...asked, author: 'bank.example' }).passedBefore, 2);
  assert.equal(reputation.standing(asked).passedBefore, 0);
});
