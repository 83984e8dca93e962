import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Case, loadScenarios, type Received, receive } from '../../../src/lab/index.ts';
import { defaultPolicy, type Look, readPolicy, type SimulationMeans, simulate } from '../../../src/policy/index.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { type LabStore, openLabStore } from '../lab-store.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const DAY = 86_400_000;
const now = ticksFromUnixMs(NOW);

const { scenarios } = await loadScenarios();
const named = (name: string): Case => {
  const found = scenarios.flatMap(({ harmless, attack }) => [harmless, attack]).find((one) => one.name === name);
  assert.ok(found, name);
  return found;
};
const sent = (name: string, copy = 0, at = NOW): Promise<Received> => receive(named(name), { seed: 1, now: at, copy });

/** Some of a case that is refused, and one that a trusted sealer lets through. */
const SPOOF = 'exact-domain-spoof-reject';
const LIST = 'mailing-list';

const policy = defaultPolicy(NOW);
const rule = (lines: string, name = 'other') =>
  readPolicy(`name: ${name}\nmode: Audit\nrules:\n- name: rule\n${lines.replace(/^(?=.)/gm, '  ')}\n`, '');

const look = (word: string): Omit<Look, 'id'> => ({
  word,
  confidence: 0.9,
  summary: 'as made',
  reasons: ['because'],
  steps: [],
});

describe('a replay of stored mail', () => {
  let lab: LabStore;
  before(async () => {
    lab = await openLabStore();
  });
  after(() => lab[Symbol.asyncDispose]());

  const means = (more: Partial<SimulationMeans> = {}): SimulationMeans => ({
    store: lab.store,
    now,
    signal: new AbortController().signal,
    acceptedDomains: named(SPOOF).acceptedDomains,
    trustedSealers: named(LIST).trustedSealers,
    ...more,
  });
  const replay = async (policies: readonly ReturnType<typeof rule>[], more: Partial<SimulationMeans> = {}) =>
    simulate(policies, ticksFromUnixMs(NOW - 2 * DAY), now, means(more));
  const fill = async (...received: readonly Received[]) => lab.fill(received.flatMap(({ batches }) => batches));

  it('counts what each rule and exception would have done, and what SMTP would have answered', async () => {
    await fill(await sent(SPOOF), await sent(SPOOF, 1), await sent(LIST));
    const { simulations } = await replay([policy]);
    const [found] = simulations;
    const refuse = found!.rules[1]!;
    assert.equal(refuse.rule, 'Refuse what its owner wants refused');
    assert.deepEqual([refuse.matched, refuse.excepted, refuse.exceptions, refuse.unknown], [2, 1, [1], 0]);
    assert.equal(found!.mode, 'Audit');
    assert.equal(
      found!.answers.reduce((sum, { messages }) => sum + messages, 0),
      found!.messages,
    );
    assert.equal(found!.answers.find(({ action }) => action === 'Reject')?.messages, 2);
    assert.match(found!.answers.find(({ action }) => action === 'Reject')!.answer, /^550 5\.7\.26 /);
    assert.deepEqual(
      found!.groups.map(({ action, messages }) => [action, messages]),
      [['Reject', 2]],
    );
    assert.equal(found!.groups[0]!.isInnocent, undefined);
  });

  it('counts an exception by the sealers that are trusted now', async () => {
    await fill(await sent(LIST));
    const { simulations } = await replay([policy], { trustedSealers: [] });
    assert.equal(simulations[0]!.rules[1]!.excepted, 0);
    assert.equal(simulations[0]!.rules[1]!.matched, 1);
    assert.ok(simulations[0]!.groups[0]!.sealer);
  });

  it('says of an export what it does not tell, and holds nothing for it', async () => {
    const spoofs = await receive(named(SPOOF), { seed: 1, now: NOW, withHeaderForm: false });
    await lab.fill(spoofs.batches.filter(({ table }) => table === 'EmailEvents'));
    const body = rule('when: [{ DMARC: fail }, { SubjectOrBodyContainsWords: [zebra] }]\ndo: [Reject]');
    const { simulations } = await replay([policy, body]);
    const [refuse] = simulations[0]!.rules.slice(1);
    assert.equal(refuse!.matched, 0);
    assert.ok(refuse!.unknown > 0);
    assert.equal(refuse!.asked[0]!.test, 'DMARCPolicy: reject');
    assert.deepEqual(simulations[1]!.rules[0]!.asked, [
      { test: 'SubjectOrBodyContainsWords: [zebra]', messages: simulations[1]!.rules[0]!.unknown },
    ]);
    assert.equal(simulations[0]!.groups.length, 0);
  });

  it('reads kept messages where the tables leave open what is asked', async () => {
    const received = await sent(SPOOF);
    await fill(received);
    const { bytes, networkMessageId } = received.letters.at(-1)!;
    const word = /\r\n\r\n[\s\S]*?([A-Za-z]{6,})/.exec(bytes.toString('latin1'))![1]!;
    const asked: string[] = [];
    const kept = {
      ids: async (ids: readonly string[]) => new Set(ids.filter((id) => id === networkMessageId)),
      bytes: async (id: string) => {
        asked.push(id);
        return bytes;
      },
    };
    const body = rule(`when: [{ SubjectOrBodyContainsWords: [${word}] }]\ndo: [Reject]`);
    const none = rule('when: [{ SubjectOrBodyContainsWords: [notinthere] }]\ndo: [Reject]', 'none');
    const without = await replay([body]);
    assert.equal(without.simulations[0]!.rules[0]!.matched, 0);
    assert.ok(without.simulations[0]!.rules[0]!.unknown > 0);
    const { simulations } = await replay([body, none], { kept });
    assert.equal(simulations[0]!.rules[0]!.matched, 1);
    assert.equal(simulations[1]!.rules[0]!.matched, 0);
    assert.equal(simulations[0]!.reread, 1);
    assert.deepEqual(asked, [networkMessageId]);
    // What the tables answer is not read again, nor what the message does not tell either.
    assert.equal((await replay([policy], { kept })).simulations[0]!.reread, 0);
    await lab.fill(received.batches.filter(({ table }) => table === 'EmailEvents'));
    const checks = await replay([rule('when: [{ ARC: pass }]\ndo: [Reject]')], { kept });
    assert.deepEqual([checks.simulations[0]!.reread, checks.simulations[0]!.rules[0]!.unknown > 0], [0, true]);
  });

  it('knows who was known before the time that is replayed', async () => {
    const passing = scenarios.find(({ harmless: { letters, history } }) => {
      const [letter, ...more] = letters;
      return more.length + history.letters.length === 0 && letter?.claim?.dmarc === 'pass';
    });
    const { name } = passing!.harmless;
    const known = rule('when: [{ PassedBefore: 1 }]\ndo: [Quarantine]');
    const matched = async (...received: readonly Received[]): Promise<number> => {
      await fill(...received);
      const { simulations } = await replay([known]);
      assert.equal(simulations[0]!.messages, 1);
      return simulations[0]!.rules[0]!.matched;
    };
    assert.equal(await matched(await sent(name)), 0);
    assert.equal(await matched(await sent(name), await sent(name, 1, NOW - 40 * DAY)), 1);
    assert.equal(await matched(await sent(name), await sent(name, 1, NOW - 120 * DAY)), 0);
  });

  it('tells every message once, with the answer of each policy', async () => {
    await fill(await sent(SPOOF), await sent(LIST));
    const told: string[] = [];
    const { simulations } = await replay([policy, rule('do: [Deliver]')], {
      told: async (block) => {
        for (const { item, decisions } of block) told.push(`${item.id} ${decisions.map(({ action }) => action.kind)}`);
      },
    });
    assert.equal(told.length, simulations[0]!.messages);
    assert.equal(new Set(told).size, told.length);
    assert.equal(told.filter((line) => line.endsWith(' Reject,Deliver')).length, 1);
  });

  it('tells where two policies differ', async () => {
    await fill(await sent(SPOOF), await sent(LIST));
    const { comparison, simulations } = await replay([policy, rule('when: [{ DMARC: fail }]\ndo: [Quarantine]')]);
    assert.equal(comparison!.same + comparison!.differing, simulations[0]!.messages);
    const changes = comparison!.groups.map(({ from, to, fromRule, toRule }) => [
      from.slice(0, 10),
      to,
      fromRule,
      toRule,
    ]);
    assert.deepEqual(changes.toSorted(), [
      ['Deliver', 'Quarantine 30 days', '', 'rule'],
      ['Reject 550', 'Quarantine 30 days', 'Refuse what its owner wants refused', 'rule'],
    ]);
    assert.equal((await replay([policy, policy])).comparison!.differing, 0);
    assert.equal((await replay([policy])).comparison, undefined);
  });

  it('has the newest and the oldest message of each of the largest groups looked at, once', async () => {
    await fill(await sent(SPOOF), await sent(SPOOF, 1), await sent(LIST));
    const looked: string[] = [];
    const shown: string[] = [];
    const looking = (word: string, most: number) => ({
      most,
      look: async (id: string) => {
        looked.push(id);
        return { id, ...look(word) };
      },
      progress: (at: number, of: number) => shown.push(`${at}/${of}`),
    });
    const options = { trustedSealers: [] };
    const { simulations } = await replay([policy, policy], { ...options, looking: looking('spoof', 1) });
    assert.equal(looked.length, 2);
    assert.deepEqual(shown, ['1/1', '1/1']);
    assert.deepEqual(
      simulations[0]!.groups.map(({ isInnocent }) => isInnocent),
      [false, undefined],
    );
    looked.length = 0;
    const innocent = (await replay([policy], { ...options, looking: looking('forwarder-or-list', 5) })).simulations[0]!;
    // Newest and oldest of the group of two, and the one of the other.
    assert.equal(looked.length, 3);
    assert.ok(innocent.groups.every(({ isInnocent, mend }) => isInnocent === true && mend !== undefined));
  });

  it('calls a group neither innocent nor forged whose newest and oldest message do not look alike', async () => {
    const newest = await sent(SPOOF);
    await fill(newest, await sent(SPOOF, 1, NOW - DAY));
    const { networkMessageId } = newest.letters.at(-1)!;
    const found = async (newer: string, older: string) => {
      const lookAt = async (id: string) => ({ id, ...look(id === networkMessageId ? newer : older) });
      const { simulations } = await replay([policy], { looking: { most: 5, look: lookAt } });
      const [group] = simulations[0]!.groups;
      assert.equal(group!.messages, 2);
      return [group!.isInnocent, group!.look?.word, group!.earlier?.word, group!.mend !== undefined];
    };
    const [bad, good] = ['spoof', 'misconfigured-sender'];
    assert.deepEqual(await found(good, 'legitimate'), [true, good, undefined, true]);
    assert.deepEqual(await found(good, bad), [false, good, bad, true]);
    assert.deepEqual(await found(bad, good), [false, bad, good, false]);
    assert.deepEqual(await found(bad, bad), [false, bad, undefined, false]);
  });

  it('answers what a rule asks in KQL', async () => {
    await fill(await sent(SPOOF), await sent(LIST));
    const asks = rule(
      `when: [{ KQL: 'parse_json(AuthenticationDetails).DMARC == "fail" // all' }]\ndo: [Reject]`,
      'kql',
    );
    const asksNot = rule(`when: [{ KQL: 'parse_json(AuthenticationDetails).DMARC != "fail"' }]\ndo: [Reject]`, 'not');
    const { simulations } = await replay([asks, asksNot]);
    const [yes, no] = simulations.map(({ rules: [found] }) => found!);
    assert.deepEqual([yes!.matched, yes!.unknown, no!.unknown], [2, 0, 0]);
    assert.equal(yes!.matched + no!.matched, simulations[0]!.messages);
  });

  it('stops when it is told to', async () => {
    await fill(await sent(SPOOF));
    const stop = new AbortController();
    const looking = { most: 5, look: async (id: string) => ({ id, ...look('spoof') }), progress: () => stop.abort() };
    await fill(await sent(SPOOF), await sent(LIST));
    await assert.rejects(replay([policy], { signal: stop.signal, looking, trustedSealers: [] }), /abort/i);
  });
});
