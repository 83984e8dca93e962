import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Case, loadScenarios, receive } from '../../../src/lab/index.ts';
import { decide, defaultPolicy, enforced, type MailItem, readPolicy } from '../../../src/policy/index.ts';
import type { StoredMail } from '../../../src/policy/items/stored-item.ts';
import { storedItems } from '../../../src/policy/items/stored-items.ts';
import { Reputation } from '../../../src/policy/reputation/reputation.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { labItems } from '../lab-item.ts';
import { type LabStore, openLabStore } from '../lab-store.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const DAY = 86_400_000;

/** Header fields that rules ask for, whether the message has them or not. */
const FIELDS = [
  ...['from', 'subject', 'list-id', 'list-unsubscribe', 'precedence', 'auto-submitted', 'references', 'in-reply-to'],
  ...['authentication-results', 'authentication-results-original', 'x-originating-ip', 'x-spam', 'reply-to', 'to'],
];

const cases = (await loadScenarios()).scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);

describe('a message of the store', () => {
  let lab: LabStore;
  const judged = new Map<string, MailItem>();
  const stored = new Map<string, StoredMail>();
  const nameOf = new Map<string, string>();

  before(async () => {
    lab = await openLabStore();
    for (const one of cases) {
      for (const { item } of await labItems(one)) {
        judged.set(item.id, item);
        nameOf.set(item.id, one.name);
      }
    }
    await lab.fill(
      (await Promise.all(cases.map((one) => receive(one, { seed: 1, now: NOW })))).flatMap((one) => one.batches),
    );
    const houses = new Map(cases.map((one) => [houseOf(one), one]));
    for (const house of houses.values()) {
      for (const mail of await readAll(lab, house)) {
        const name = nameOf.get(mail.item.id);
        if (cases.some((one) => one.name === name && houseOf(one) === houseOf(house))) stored.set(mail.item.id, mail);
      }
    }
  });
  after(() => lab[Symbol.asyncDispose]());

  const pairs = function* (): Generator<readonly [name: string, judged: MailItem, stored: StoredMail]> {
    for (const [id, item] of judged) {
      const mail = stored.get(id);
      if (mail !== undefined) yield [nameOf.get(id)!, item, mail];
    }
  };

  it('is there for every inbound letter of the lab', () => assert.ok([...pairs()].length > 100, `${stored.size}`));

  it('has the verdict, the carriers and the sealer that the judged message has', () => {
    for (const [name, item, { item: again }] of pairs()) {
      assert.deepEqual(again.verdict, item.verdict, name);
      assert.deepEqual(again.carriers.toSorted(), item.carriers.toSorted(), name);
      assert.equal(again.evidence.trustedSealer, item.evidence.trustedSealer, name);
      assert.deepEqual(again.ifAnswered?.verdict, item.ifAnswered?.verdict, name);
      assert.equal(again.ifAnswered?.evidence.trustedSealer, item.ifAnswered?.evidence.trustedSealer, name);
    }
  });

  it('has its envelope, its people and its size', () => {
    for (const [name, item, { item: again, isPartial }] of pairs()) {
      const { ip, helo } = item.client;
      assert.deepEqual(again.client, { ip, helo: helo || undefined, isAuthenticated: false }, name);
      assert.equal(again.mailFrom, item.mailFrom, name);
      assert.deepEqual(again.recipients.toSorted(), item.recipients.toSorted(), name);
      assert.deepEqual(
        again.authors.map(({ domain }) => domain).toSorted(),
        [...new Set(item.authors.map(({ domain }) => domain))].toSorted(),
        name,
      );
      if (!isPartial) assert.deepEqual(again.authors, item.authors, name);
      assert.deepEqual([again.to, again.cc], [item.to, item.cc], name);
      assert.deepEqual([again.subject, again.size, again.scl], [item.subject, item.size, item.scl], name);
    }
  });

  it('tells of a header field the truth or nothing', () => {
    const told = new Map<string, number>();
    for (const [name, item, { item: again }] of pairs()) {
      for (const field of FIELDS) {
        const found = again.headers(field);
        if (found === undefined) continue;
        assert.deepEqual(found, item.headers(field), `${name}: ${field}`);
        told.set(field, (told.get(field) ?? 0) + 1);
      }
    }
    for (const field of ['from', 'subject', 'list-id', 'authentication-results', 'x-spam'])
      assert.ok((told.get(field) ?? 0) > 100, `${field}: ${told.get(field)}`);
    // Its text is not kept, and so it is not known.
    assert.equal([...pairs()][0]![2].item.headers('to'), undefined);
    assert.equal([...pairs()][0]![2].item.body(), undefined);
  });

  for (const policy of [
    enforced(defaultPolicy(NOW)),
    readPolicy(
      `name: Exchange's words
mode: Enforce
rules:
- { name: words, when: [{ HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=fail action=oreject] } }], do: [Reject] }
- { name: aligned, when: [{ Aligned: none, DMARC: [fail, none] }, { SPF: [fail, softfail] }], do: [Quarantine] }
- { name: lists, when: [{ HeaderMatches: { MessageHeader: List-Id, Patterns: ['lists?\\.'] } }], do: [{ PrependSubject: '[list] ' }] }
`,
      '',
    ),
  ]) {
    it(`is decided as the judged message: ${policy.name}`, () => {
      const kinds = new Set<string>();
      for (const [name, item, { item: again }] of pairs()) {
        const found = decide(policy, again, NOW);
        assert.deepEqual(found, decide(policy, item, NOW), name);
        // What DNS did not tell is not known here either, and nothing else.
        assert.ok(item.ifAnswered !== undefined || found.trace.every(({ outcome }) => outcome !== 'unknown'), name);
        kinds.add(found.action.kind);
      }
      assert.ok(kinds.has('Reject') && kinds.has('Deliver') && kinds.has('Quarantine'), [...kinds].join());
    });
  }
});

const houseOf = ({ acceptedDomains, trustedSealers }: Case): string =>
  JSON.stringify([acceptedDomains, trustedSealers]);

async function readAll({ store }: LabStore, house: Case): Promise<readonly StoredMail[]> {
  const { acceptedDomains, trustedSealers } = house;
  const signal = new AbortController().signal;
  const means = {
    store,
    now: ticksFromUnixMs(NOW),
    signal,
    acceptedDomains,
    trustedSealers,
    reputation: new Reputation(),
  };
  const found: StoredMail[] = [];
  for await (const mails of storedItems(ticksFromUnixMs(NOW - DAY), ticksFromUnixMs(NOW), means)) found.push(...mails);
  return found;
}
