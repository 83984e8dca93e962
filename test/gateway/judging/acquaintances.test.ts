import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Acquaintances } from '../../../src/gateway/judging/index.ts';

const ANNA = ['anna@contoso.com'];
const people = (many: number, domain = 'contoso.com'): readonly string[] =>
  Array.from({ length: many }, (_, n) => `p${n}@${domain}`);
const knowing = (most?: number): Acquaintances => {
  const acquaintances = new Acquaintances(most);
  acquaintances.seeded();
  return acquaintances;
};

test('before the past is in, who is known is known, and of others nothing is said', () => {
  const acquaintances = new Acquaintances();
  acquaintances.note(['jane@bank.example'], ANNA);
  assert.equal(acquaintances.isFirstContact(['jane@bank.example'], ANNA), false);
  assert.equal(acquaintances.isFirstContact(['eve@bank.example'], ANNA), undefined);
  acquaintances.seeded();
  assert.equal(acquaintances.isFirstContact(['eve@bank.example'], ANNA), true);
});

test('one stranger among several authors, or recipients, makes it a first contact; letters’ case does not', () => {
  const acquaintances = knowing();
  acquaintances.note(['jane@bank.example'], ANNA);
  assert.equal(acquaintances.isFirstContact(['Jane@Bank.example'], ['ANNA@contoso.com']), false);
  assert.equal(acquaintances.isFirstContact(['jane@bank.example', 'eve@shop.example'], ANNA), true);
  assert.equal(acquaintances.isFirstContact(['jane@bank.example'], [...ANNA, 'ben@contoso.com']), true);
});

test('a message makes a thousand pairs known at most, and of the others of its authors nothing is said', () => {
  const acquaintances = knowing();
  const crowd = people(1_001);
  acquaintances.note(['news@shop.example'], crowd);
  assert.equal(acquaintances.isFirstContact(['news@shop.example'], crowd.slice(0, 1_000)), false);
  assert.equal(acquaintances.isFirstContact(['news@shop.example'], crowd.slice(1_000)), undefined);
  assert.equal(acquaintances.isFirstContact(['news@other.example'], crowd.slice(1_000)), true);
});

test('of more than ten authors the others are not remembered, nor said to be strangers', () => {
  const acquaintances = knowing();
  acquaintances.note(people(11, 'shop.example'), ANNA);
  assert.equal(acquaintances.isFirstContact(['p9@shop.example'], ANNA), false);
  assert.equal(acquaintances.isFirstContact(['p10@shop.example'], ANNA), undefined);
});

describe('a flood', () => {
  /** A domain that writes to crowds, a message each: 100 authors to 1,000 people each, as it once filled all. */
  const flood = (acquaintances: Acquaintances, domain: string, messages: number, to = 1_000): void => {
    for (let n = 0; n < messages; n++) acquaintances.note(people(100, `m${n}.${domain}`), people(to, 'contoso.com'));
  };

  test('of ten messages, and then of hundreds, makes nobody else unknown', () => {
    const acquaintances = knowing(10_000);
    acquaintances.note(['jane@bank.example'], ANNA);
    for (const messages of [10, 300]) {
      flood(acquaintances, 'flood.example', messages, 10);
      assert.equal(acquaintances.isFirstContact(['jane@bank.example'], ANNA), false);
      assert.equal(acquaintances.isFirstContact(['eve@bank.example'], ANNA), true);
      assert.equal(acquaintances.isFirstContact(['x@never.example'], ANNA), true);
      assert.equal(acquaintances.isFirstContact(['x@flood.example'], ANNA), undefined);
    }
  });

  test('of twenty domains fills the room, and drives out nobody who has less than they', () => {
    const acquaintances = knowing(10_000);
    acquaintances.note(['jane@bank.example'], ANNA);
    for (let n = 0; n < 20; n++) flood(acquaintances, `flood${n}.example`, 20, 10);
    assert.equal(acquaintances.isFirstContact(['jane@bank.example'], ANNA), false);
    assert.equal(acquaintances.isFirstContact(['eve@new.example'], ANNA), true);
    // Who comes new, and writes little, is remembered all the same.
    acquaintances.note(['eve@new.example'], ANNA);
    const after = ['eve@new.example', 'jane@bank.example'].map((one) => acquaintances.isFirstContact([one], ANNA));
    assert.deepEqual(after, [false, false]);
  });
});
