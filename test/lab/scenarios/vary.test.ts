import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { caseNamed, type Received, receive } from '../../../src/lab/index.ts';
import { emptyCast } from '../../../src/lab/scenarios/cast.ts';
import { readScenario } from '../../../src/lab/scenarios/read-scenario.ts';
import { authorsOf, claimsOf, readMessage } from '../../../src/mail/index.ts';

const now = Date.parse('2026-09-16T14:37:21Z');

const variations = async (name: string, seed = 5): Promise<readonly Received[]> => {
  const one = await caseNamed(name);
  return Promise.all(Array.from({ length: 21 }, (_, variation) => receive(one, { seed, now, variation })));
};

/** How many different things there are among the last letters of some variations. */
const kinds = (all: readonly Received[], of: (letter: Received['letters'][number]) => unknown): number =>
  new Set(all.map(({ letters }) => JSON.stringify(of(letters.at(-1)!)))).size;

const rowsOf = ({ batches }: Received, table: string): readonly Record<string, unknown>[] => {
  const batch = batches.find((one) => one.table === table);
  return (batch?.rows ?? []).map((row) => {
    const cells = JSON.parse(row.replace(/(?<=[[,])-?\d{16,}(?=[,\]])/g, '"$&"')) as unknown[];
    return Object.fromEntries(batch!.columns.map((column, i) => [column, cells[i]]));
  });
};

describe('variations of a case', () => {
  it('differ in words, people, addresses, times, recipients, order and case', async () => {
    const all = await variations('exact-domain-spoof-reject');
    assert.ok(kinds(all, ({ transaction }) => transaction.ip) > 10);
    assert.ok(kinds(all, ({ transaction }) => transaction.recipients) > 10);
    assert.ok(kinds(all, ({ transaction }) => transaction.recipients.length) > 2);
    assert.ok(kinds(all, ({ bytes }) => claimsOf(readMessage(bytes)).subject) > 2);
    assert.ok(kinds(all, ({ at }) => at) > 10);
    assert.ok(kinds(all, ({ bytes }) => readMessage(bytes).fields.map(({ name }) => name)) > 10);
    assert.ok(
      kinds(all, ({ bytes }) =>
        readMessage(bytes)
          .bytes.toString()
          .match(/^From: .*$/m),
      ) > 3,
    );
    assert.ok(kinds(all, ({ bytes }) => claimsOf(readMessage(bytes)).messageId) === all.length);
    assert.ok(new Set(all.map((one) => rowsOf(one, 'EmailAttachmentInfo').length)).size > 1);
  });

  it('arrive within the last hour', async () => {
    for (const { letters } of await variations('direct-send')) {
      const { at } = letters.at(-1)!;
      assert.ok(at < now && at > now - 3_600_000, new Date(at).toISOString());
    }
  });

  it('keep whom they impersonate, where that is pinned, and in whose network they are', async () => {
    for (const { letters } of await variations('display-name-of-executive')) {
      const [author] = authorsOf(readMessage(letters.at(-1)!.bytes)).mailboxes;
      assert.equal(author!.name, 'Erik Dahl');
      assert.equal(author!.domain, 'freemail.example');
      assert.match(letters.at(-1)!.transaction.ip!, /^198\.51\.100\./);
    }
  });

  it('keep together what belongs together: an adviser’s name and her address', async () => {
    const names = new Set<string>();
    for (const { letters } of await variations('display-name-with-address')) {
      const [author] = authorsOf(readMessage(letters.at(-1)!.bytes)).mailboxes;
      const [, first, last, shown] = /^(\w+) (\w+) \((.*)@bank\.example\)$/.exec(author!.name)!;
      assert.equal(shown, `${first}.${last}`.toLowerCase());
      names.add(shown!);
    }
    assert.ok(names.size > 5);
  });

  it('are the case itself at 0, and the same again for the same seed and number', async () => {
    const one = await caseNamed('direct-send');
    const first = await receive(one, { seed: 5, now, variation: 3 });
    const again = await receive(one, { seed: 5, now, variation: 3 });
    assert.deepEqual(first.batches, again.batches);
    const plain = await receive(one, { seed: 5, now });
    assert.deepEqual(plain.batches, (await receive(one, { seed: 5, now, variation: 0 })).batches);
    assert.equal(claimsOf(readMessage(plain.letters[0]!.bytes)).subject, 'New account for my salary');
  });
});

describe('a step that replaces a piece of what is varied', () => {
  const text = `theme: t
mail:
  from: Harriet Vane <a@bank.example>
  to: anna.berg@receiver.example
  subject: x
  text: ["Harriet Vane owes 47110 to 2211", "To Harriet Vane: 47110 for 2211"]
harmless:
  name: a
  story: A.
  sent_by: 192.0.2.1
  steps:
    - replace: { text: Harriet, by: Olga }
    - append: "footer 88123"
    - replace: { text: "8812", by: "1" }
    - replace: { text: "471", by: "9" }
  verdict: { spf: none, dkim: none, dmarc: none, disposition: none, compauth: fail, reason: 001 }
  smtp: 250
attack:
  name: b
  technique: T1672
  story: B.
  sent_by: 192.0.2.2
  verdict: { spf: none, dkim: none, dmarc: none, disposition: none, compauth: fail, reason: 001 }
  smtp: 250
`;
  const cast = { ...emptyCast, people: ['Harriet Vane', 'Olga Wirth', 'Anna Berg'] };

  it('finds it in every variation', async () => {
    const { harmless } = readScenario(text, { name: 'x', file: 'x.yaml' }, { cast });
    for (let variation = 0; variation < 30; variation++) {
      const [letter] = (await receive(harmless, { seed: 2, now, variation })).letters;
      assert.deepEqual(letter!.found, letter!.claimed);
    }
  });
});

describe('the rows of a case', () => {
  it('of a replay share one Message-ID, in a variation another one', async () => {
    const one = await caseNamed('dkim-replay');
    const [plain, other] = [await receive(one, { seed: 1, now }), await receive(one, { seed: 1, now, variation: 1 })];
    const ids = [plain, other].map((all) => new Set(rowsOf(all, 'EmailEvents').map((row) => row.InternetMessageId)));
    assert.deepEqual([...ids[0]!], ['58213.newsletter@bank.example']);
    assert.equal(ids[1]!.size, 1);
    assert.notDeepEqual(ids[0], ids[1]);
    assert.equal(new Set(rowsOf(plain, 'EmailEvents').map((row) => row.NetworkMessageId)).size, 5);
  });

  it('tell who is known: history makes the true sender no first contact, a look-alike is one', async () => {
    const known = await receive(await caseNamed('supplier-invoice'), { seed: 1, now });
    const unknown = await receive(await caseNamed('look-alike-domain'), { seed: 1, now });
    const last = (one: Received) => rowsOf(one, 'EmailEvents').at(-1)!;
    assert.equal(last(known).IsFirstContact, 0);
    assert.equal(last(unknown).IsFirstContact, 1);
    assert.equal(last(unknown).SenderFromDomain, 'rnuseum.example');
  });

  it('tell what the receiver did, who clicked and what came after', async () => {
    const one = await receive(await caseNamed('reject-overridden-by-list'), { seed: 1, now });
    const event = rowsOf(one, 'EmailEvents').at(-1)!;
    assert.equal(event.DeliveryAction, 'Delivered');
    assert.equal(event.OrgLevelPolicy, 'Tenant Allow/Block List');
    assert.match(String(event.AuthenticationDetails), /"DMARC":"fail"/);
    assert.equal(event.LatestDeliveryLocation, 'Quarantine');
    const [click, ...others] = rowsOf(one, 'UrlClickEvents');
    assert.deepEqual(others, []);
    assert.equal(click!.NetworkMessageId, event.NetworkMessageId);
    assert.equal(click!.Url, 'https://online-bank.throwaway.example/statement/8830');
    assert.ok(rowsOf(one, 'EmailUrlInfo').some(({ Url }) => Url === click!.Url));
    const [removal] = rowsOf(one, 'EmailPostDeliveryEvents');
    assert.equal(removal!.ActionType, 'Phish ZAP');
    assert.equal(removal!.NetworkMessageId, event.NetworkMessageId);
  });

  it('are all before now, clicks and removals too', async () => {
    for (const name of ['compromised-account', 'spoof-wave', 'hr-payroll-lure']) {
      for (const one of await variations(name)) {
        const end = BigInt(now) * 10_000n + 621_355_968_000_000_000n;
        for (const table of ['EmailEvents', 'UrlClickEvents', 'EmailPostDeliveryEvents']) {
          assert.ok(rowsOf(one, table).length > 0, `${name} ${table}`);
          for (const { Timestamp } of rowsOf(one, table)) assert.ok(BigInt(String(Timestamp)) <= end);
        }
      }
    }
  });

  it('say nothing of checks for mail that never left the organisation', async () => {
    const one = await receive(await caseNamed('executive-from-inside'), { seed: 1, now });
    const [event] = rowsOf(one, 'EmailEvents');
    assert.equal(event!.EmailDirection, 'Intra-org');
    assert.equal(event!.AuthenticationDetails, '');
    assert.deepEqual(one.verdicts, [{ claim: undefined, smtp: '250' }]);
    assert.notEqual(event!.SenderObjectId, '');
  });
});
