import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { type Case, loadScenarios, receive, type Scenario } from '../../../src/lab/index.ts';
import { readMessage, transactionOf } from '../../../src/mail/index.ts';

const now = Date.parse('2026-09-16T14:37:21Z');
const { scenarios, problems } = await loadScenarios();
const cases: readonly Case[] = scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);

/** What a hunter can see of a letter besides the verdict. */
const seen = ({ letter, files, receipt, clicks, direction, texts }: Case['letters'][number]): unknown => ({
  ...{ from: letter.from, headers: letter.headers, handOver: letter.handOver, recipients: letter.recipients },
  ...{ files, receipt, clicks, direction, texts },
});

for (const scenario of scenarios) {
  describe(scenario.name, () => {
    for (const one of [scenario.harmless, scenario.attack]) {
      it(`${one.name}: ${one.story}`, async () => {
        const { letters } = await receive(one, { seed: 1, now });
        assert.ok(letters.length > 0);
        for (const { found, claimed } of letters) assert.deepEqual(found, claimed);
      });
    }

    it('has a twin that the verdict tells apart, or else something that a hunter can see', () => {
      const [harmless, attack] = [scenario.harmless, scenario.attack].map(({ letters }) => letters.at(-1)!);
      if (isDeepStrictEqual(harmless!.claim, attack!.claim)) assert.notDeepEqual(seen(harmless!), seen(attack!));
    });

    it('has a twin that a reader takes for it: the same subject, and the same name or address in From', () => {
      const [harmless, attack] = [scenario.harmless, scenario.attack].map(({ letters }) => letters.at(-1)!);
      assert.deepEqual(harmless!.subjects, attack!.subjects);
      assert.notDeepEqual(harmless, attack);
      const shown = ({ letter: { from } }: Case['letters'][number]): readonly string[] =>
        [from]
          .flat()
          .join(' ')
          .match(/[\w.]+@[\w.-]+|[A-Z][\w ]+(?= |")/g) ?? [];
      const known = new Set(shown(harmless!));
      assert.ok(
        shown(attack!).some((part) => known.has(part)),
        `${shown(attack!)} against ${[...known]}`,
      );
    });
  });
}

describe('variations', () => {
  for (const one of cases) {
    it(`leave the verdict of ${one.name} alone`, async () => {
      for (let variation = 1; variation <= 20; variation++) {
        const { letters } = await receive(one, { seed: 7, now, variation });
        for (const { found, claimed, bytes } of letters) {
          assert.deepEqual(found, claimed, `variation ${variation}\n${bytes}`);
        }
      }
    });
  }
});

describe('the scenarios', () => {
  it('are read without a problem, at least 40 of them', () => {
    assert.deepEqual(problems, []);
    assert.ok(scenarios.length >= 40, String(scenarios.length));
  });

  it('have names and stories of their own; attacks have techniques', () => {
    for (const { name, story, nature, techniques, letters } of cases) {
      assert.match(name, /^[a-z]+(?:-[a-z]+)*$/);
      assert.match(story, /^[A-Z].*\.$/s);
      assert.equal(techniques.length > 0, nature === 'attack', name);
      assert.ok(letters.length > 0, name);
    }
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
    assert.equal(new Set(cases.map(({ story }) => story)).size, cases.length);
  });

  it('hold every theme', () => {
    const themes = new Set(scenarios.map(({ theme }: Scenario) => theme));
    const wanted = [
      ...['exact-domain spoof', 'overridden p=reject', 'sub-domain and np', 'look-alike domain', 'IDN homograph'],
      ...['display name', 'Reply-To', 'envelope mismatch', 'Direct Send', 'DKIM replay', 'altered body'],
      ...['stripped signature', 'l= abuse', 'forged signature', 'two Froms', 'temperror by broken DNS'],
      ...['forged Authentication-Results', 'mailing list', 'mailing list, untrusted ARC sealer'],
      ...['alumni forwarder without SRS', 'alumni forwarder with SRS', 'bulk platform', 'HR platform', 'CRM'],
      ...['empty sender', 'calendar invitation', 'partner with weak records', 'own marketing'],
      'compromised but aligned account',
    ];
    assert.deepEqual(
      wanted.filter((theme) => !themes.has(theme)),
      [],
    );
  });

  it('are answered at the gate as their verdict says', () => {
    for (const { name, letters } of cases) {
      for (const { claim, smtp } of letters) {
        const isRefused = claim?.dmarc === 'fail' && claim.disposition === 'reject' && claim.compauth !== 'pass';
        const isPutOff = smtp.startsWith('451');
        assert.equal(smtp === '550 5.7.26', isRefused && !isPutOff, name);
        // What refuses must have been found out; what is put off must not.
        if (isPutOff) assert.ok(claim?.dmarc === 'temperror' || claim?.arc === 'temperror', name);
        if (claim?.compauth === 'pass' || claim === undefined) assert.equal(smtp, '250', name);
      }
    }
  });

  it('need no name and no address that somebody has (RFC 2606, RFC 5737), in variations neither', async () => {
    for (const one of cases) {
      for (const variation of [0, 1, 2]) {
        const { letters, records } = await receive(one, { seed: 3, now, variation });
        for (const { name, type, value } of records) {
          assert.match(name, /\.(?:example|test|invalid|arpa)$/);
          if (type === 'A') assert.match(value, documentation);
        }
        for (const { bytes, transaction } of letters) {
          for (const [, domain] of bytes.toString().matchAll(/@([\w.-]+\w)/g))
            assert.match(domain!, /\.(?:example|test|invalid)$/i, one.name);
          assert.match(transaction.ip!, documentation);
        }
      }
    }
  });

  it('are all in the message: who trusts the receiver reads the transaction from its header', async () => {
    for (const one of cases) {
      const { letters } = await receive(one, { seed: 1, now });
      for (const { bytes, transaction } of letters.filter(({ transaction }) => transaction.recipients.length === 1)) {
        const { acceptedDomains } = one;
        const read = transactionOf(readMessage(bytes), { trusted: ['mx.receiver.example'], acceptedDomains });
        assert.deepEqual(read, { ...transaction, known: 'trusted', began: 'outside' }, one.name);
      }
    }
  });

  it('send real messages, the same bytes and rows for the same seed and time and no other', async () => {
    for (const one of cases) {
      const [first, again, later, other, copy] = await Promise.all(
        [{}, {}, { now: now + 1000 }, { seed: 2 }, { copy: 1 }].map((change) =>
          receive(one, { seed: 1, now, ...change }),
        ),
      );
      assert.deepEqual(first!.batches, again!.batches);
      for (const [i, { bytes, networkMessageId }] of first!.letters.entries()) {
        assert.deepEqual(readMessage(bytes).defects, []);
        assert.ok(bytes.equals(again!.letters[i]!.bytes), one.name);
        for (const changed of [later, other, copy]) {
          assert.ok(!bytes.equals(changed!.letters[i]!.bytes), one.name);
          assert.notEqual(changed!.letters[i]!.networkMessageId, networkMessageId);
        }
      }
    }
  });
});

const documentation = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/;
