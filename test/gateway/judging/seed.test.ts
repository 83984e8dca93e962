import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Acquaintances, DeferredDeliveries, hearingsHere, seed } from '../../../src/gateway/judging/index.ts';
import { receive } from '../../../src/lab/index.ts';
import { type Arrival, defaultPolicy, Reputation, recall } from '../../../src/policy/index.ts';
import { storedItems } from '../../../src/policy/items/stored-items.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { type LabStore, openLabStore } from '../../policy/lab-store.ts';
import { AT } from '../gate-rig.ts';
import { labCases, labLetters } from '../lab-letters.ts';

const signal = new AbortController().signal;
const now = ticksFromUnixMs(AT);
const HOUR = 36_000_000_000n;
const cases = await labCases();

/** What a reputation is told. */
class Told extends Reputation {
  readonly arrivals: Arrival[] = [];

  override recall(arrival: Arrival, messages: number): void {
    for (let n = 0; n < messages; n++) this.arrivals.push(arrival);
  }
}

/** How a letter of the lab counts: who brought it; straight from which network; whether proved, unwanted, passed on. */
const rows: readonly [name: string, counts: Partial<Arrival>][] = [
  ['exact-domain-p-reject', { carriers: [], network: '192.0.2.0/24', isProved: true, isPassedOn: false }],
  ['exact-domain-spoof-reject', { carriers: ['203.0.113.66'], network: undefined, isProved: false, isUnwanted: true }],
  ['forwarder-srs', { carriers: ['alumni.example'], isProved: true, isPassedOn: true, isUnwanted: false }],
  ['forwarder-signed', { carriers: ['198.51.100.22'], isProved: true, isPassedOn: true }],
  ['forwarded-spoof', { carriers: ['198.51.100.22'], isProved: false, isUnwanted: false, isPassedOn: true }],
  ['mailing-list', { carriers: ['lists.example'], isProved: true, isPassedOn: true }],
  ['mailing-list-without-arc', { carriers: ['lists.example'], isProved: false, isUnwanted: true, isPassedOn: true }],
  ['bulk-platform-aligned', { carriers: ['mail-platform.example'], isProved: true, isPassedOn: false }],
  ['bulk-platform-bounce-domain', { carriers: [], network: '198.51.100.0/24', isProved: true }],
];

describe('what a gate remembers', () => {
  let lab: LabStore;
  before(async () => {
    lab = await openLabStore();
  });
  after(() => lab[Symbol.asyncDispose]());

  for (const [name, counts] of rows) {
    it(`of ${name}: alike at the gate, when a gate starts, and in a replay`, async () => {
      const one = cases.find((each) => each.name === name)!;
      const { acceptedDomains, trustedSealers } = one;
      const letter = (await labLetters(one)).at(-1)!;
      const hearings = hearingsHere(
        {
          stamping: { authservId: 'mx.receiver.example' },
          judge: { acceptedDomains, dmarcMode: 'rfc9989', rsaSha1: 'policy', composite: { trustedSealers } },
          rows: { withHeaderForm: true },
          keepMessages: false,
          dnsTime: 10_000,
        },
        letter.zone,
      );
      const offered = { ...letter, protocol: 'ESMTP' as const };
      const hearing = await hearings.open(offered, { policy: defaultPolicy(AT), text: '' });
      const { arrival } = hearing.facts;
      void hearing.end();
      assert.deepEqual({ ...arrival, ...counts }, arrival, 'at the gate');

      await lab.fill((await receive(one, { seed: 1, now: AT })).batches);
      const [from, until] = [ticksFromUnixMs(letter.at) - HOUR, ticksFromUnixMs(letter.at) + HOUR];
      const [recalled, replayed] = [new Told(), new Told()];
      const means = { store: lab.store, now, signal };
      await recall(recalled, from, until, means);
      for await (const _ of storedItems(from, until, {
        ...means,
        acceptedDomains,
        trustedSealers,
        reputation: replayed,
      }));
      const alike = { ...arrival, carriers: arrival.carriers.toSorted() };
      for (const { arrivals } of [recalled, replayed]) {
        const told = arrivals.map((each) => ({ ...each, carriers: each.carriers.toSorted() }));
        assert.deepEqual(told, [alike]);
      }
    });
  }

  for (const [what, told, isFirst] of [
    ['is known who was proved', (row: string) => row, false],
    ['is not known who proved nothing', (row: string) => row.replaceAll(':\\"pass\\"', ':\\"none\\"'), true],
    ['is not known whose mail was not let in', (row: string) => row.replaceAll('"Delivered"', '"Blocked"'), true],
  ] as const) {
    it(`of those who wrote, ${what}`, async () => {
      const { batches, letters } = await receive(cases.find(({ name }) => name === 'exact-domain-p-reject')!, {
        seed: 1,
        now: AT,
      });
      await lab.fill(batches.map((one) => ({ ...one, rows: one.rows.map(told) })));
      const acquaintances = new Acquaintances();
      const memory = { acquaintances, reputation: new Reputation(), deferred: new DeferredDeliveries() };
      await seed(memory, { store: lab.store, now, from: now - 24n * HOUR, signal });
      const { recipients } = letters.at(-1)!.transaction;
      assert.equal(acquaintances.isFirstContact(['accounts@bank.example'], recipients), isFirst);
    });
  }
});
