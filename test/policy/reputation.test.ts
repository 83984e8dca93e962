import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Arrival, Reputation } from '../../src/policy/reputation/reputation.ts';

const DAY = 86_400_000;
const arrival = (changes: Partial<Arrival> = {}): Arrival => ({
  at: 0,
  author: 'bank.example',
  isProved: true,
  carriers: ['lists.example'],
  ...changes,
});
const asked = {
  ...arrival({ at: 10 * DAY, author: 'new.example', isProved: false }),
  claimsList: true,
  claimsCarrier: true,
};
const after = (...arrivals: readonly Partial<Arrival>[]) => {
  const reputation = new Reputation();
  for (const one of arrivals) reputation.note(arrival(one));
  return reputation;
};

const others = [{ author: 'a.example' }, { author: 'a.example' }, { author: 'b.example' }];

/** What came before, and what the carrier of a message of new.example is then. */
const rows: readonly [what: string, arrivals: readonly Partial<Arrival>[], carrier: string][] = [
  ['nothing came', [], 'claimed'],
  ['three of two others, some passing, ten days ago', others, 'list'],
  [
    'only the author’s own',
    [{ author: 'new.example' }, { author: 'new.example' }, { author: 'new.example' }],
    'claimed',
  ],
  ['of one other only', [{ author: 'a.example' }, { author: 'a.example' }, { author: 'a.example' }], 'claimed'],
  ['none of it passed', others.map((one) => ({ ...one, isProved: false })), 'claimed'],
  ['since four days only', others.map((one) => ({ ...one, at: 6 * DAY })), 'claimed'],
  ['two messages only', [{ author: 'a.example' }, { author: 'b.example' }], 'claimed'],
];
for (const [what, arrivals, carrier] of rows) {
  test(`a carrier: ${what}`, () => assert.equal(after(...arrivals).standing(asked).carrier, carrier));
}

test('without a list’s header a known carrier is a forwarder, an unknown one nobody', () => {
  assert.equal(after(...others).standing({ ...asked, claimsList: false }).carrier, 'forwarder');
  assert.equal(after().standing({ ...asked, claimsList: false, claimsCarrier: false }).carrier, 'none');
});

test('only what passed counts for an author', () => {
  const reputation = after({}, {}, { isProved: false }, { author: 'other.example' });
  assert.equal(reputation.standing({ ...asked, author: 'bank.example' }).passedBefore, 2);
  assert.equal(reputation.standing(asked).passedBefore, 0);
});
