import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scenarios, send } from '../../../src/lab/index.ts';
import type { Case, Claim } from '../../../src/lab/scenarios/scenario.ts';
import { authenticate, readMessage, transactionOf } from '../../../src/mail/index.ts';

const now = Date.parse('2026-09-16T14:37:21Z');

/** What the real authentication says of each letter of a case. */
async function verdictsOn(one: Case): Promise<Claim[]> {
  const { letters, resolver, acceptedDomains, trustedSealers } = await send(one, { seed: 1, now });
  const composite = { acceptedDomains, trustedSealers };
  return Promise.all(
    letters.map(async ({ bytes, transaction }) => {
      const found = await authenticate(readMessage(bytes), { resolver, now, transaction, composite });
      return {
        spf: found.spf.result,
        dkim: found.dkim.signatures.map(({ result }) => result),
        arc: found.arc.result,
        dmarc: found.dmarc.result,
        disposition: found.dmarc.disposition,
        compauth: found.composite.compauth,
        reason: found.composite.reason,
      };
    }),
  );
}

const cases: readonly Case[] = scenarios.flatMap((scenario) => [scenario, scenario.neighbour]);

for (const scenario of scenarios) {
  describe(`${scenario.nature}: ${scenario.name}`, () => {
    const claimed = { arc: 'none', ...scenario.claim };

    it(scenario.description, async () => {
      for (const verdict of await verdictsOn(scenario)) assert.deepEqual(verdict, claimed);
    });

    it(`not so its neighbour: ${scenario.neighbour.description}`, async () => {
      for (const verdict of await verdictsOn(scenario.neighbour)) {
        assert.deepEqual(verdict, { arc: 'none', ...scenario.neighbour.claim });
        assert.notDeepEqual(verdict, claimed);
      }
    });
  });
}

describe('the scenarios', () => {
  it('are of both natures, and each has a name and a sentence of its own', () => {
    assert.ok(scenarios.length >= 12);
    assert.deepEqual([...new Set(scenarios.map(({ nature }) => nature))].toSorted(), ['attack', 'harmless']);
    for (const { name, description, letters } of cases) {
      assert.match(name, /^[a-z]+(?:-[a-z]+)*$/);
      assert.match(description, /^[A-Z].*\.$/);
      assert.ok(letters.length > 0, name);
    }
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
    assert.equal(new Set(cases.map(({ description }) => description)).size, cases.length);
  });

  it('need no name and no address that somebody has (RFC 2606, RFC 5737)', async () => {
    for (const one of cases) {
      for (const { name, hosts = {} } of one.domains) {
        assert.match(name, /\.(?:example|test|invalid)$/);
        for (const ip of Object.values(hosts)) assert.match(ip, /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/);
      }
      for (const { bytes, transaction } of (await send(one, { seed: 1, now })).letters) {
        for (const [, domain] of bytes.toString().matchAll(/@([\w.-]+\w)/g))
          assert.match(domain!, /\.(?:example|test|invalid)$/, one.name);
        assert.match(transaction.ip!, /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/);
      }
    }
  });

  it('are all in the message: who trusts the receiver reads the transaction from its header', async () => {
    for (const one of cases) {
      const { letters, acceptedDomains } = await send(one, { seed: 1, now });
      for (const { bytes, transaction } of letters) {
        const read = transactionOf(readMessage(bytes), { trusted: ['mx.receiver.example'], acceptedDomains });
        assert.deepEqual(read, { ...transaction, known: 'trusted', began: 'outside' }, one.name);
      }
    }
  });

  it('send real messages: nothing about their form is odd, and the same bytes for the same seed and time', async () => {
    for (const one of cases) {
      const [first, again, later, other] = await Promise.all(
        [{}, {}, { now: now + 1000 }, { seed: 2 }].map((change) => send(one, { seed: 1, now, ...change })),
      );
      for (const [i, { bytes }] of first!.letters.entries()) {
        assert.deepEqual(readMessage(bytes).defects, []);
        assert.ok(bytes.equals(again!.letters[i]!.bytes), one.name);
        assert.ok(!bytes.equals(later!.letters[i]!.bytes), one.name);
        assert.ok(!bytes.equals(other!.letters[i]!.bytes), one.name);
      }
    }
  });
});
