import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { investigate } from '../../../src/investigate/index.ts';
import { type Case, loadScenarios, receive } from '../../../src/lab/index.ts';
import {
  defaultPolicyText,
  type HeldGroup,
  type Look,
  type Policy,
  readPolicy,
  simulate,
} from '../../../src/policy/index.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { type LabStore, openLabStore } from '../lab-store.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const DAY = 86_400_000;
const now = ticksFromUnixMs(NOW);
const signal = new AbortController().signal;

const { scenarios } = await loadScenarios();
const named = (name: string): Case =>
  scenarios.flatMap(({ harmless, attack }) => [harmless, attack]).find((one) => one.name === name) ?? assert.fail(name);

/** A case as it came on some days. */
interface Came {
  readonly name: string;
  readonly days: readonly number[];
  /** As if others had written or brought it: texts of its rows, and what stands there instead. */
  readonly as?: Readonly<Record<string, string>>;
  /** Apart from others of its name. */
  readonly copy?: number;
}

/** Who is known is known by mail from before the time of the replay: others, who write here themselves, come the same way. */
const SINCE = 30;
const known = [60, 55, 50, 45, 40];
/** Each with a letter of the week before. */
const earlier = [115, 100];
const lately = [55, 45, 3, 2, 1];
const others = Array.from({ length: 7 }, (_, n) => ({ name: `writer${n}.example`, ip: `10.${n}.0.1` }));

/** Mail of these others, by a forwarder (as if it were somebody else), and from their own servers. */
const broughtBy = (name: string, as: Readonly<Record<string, string>> = {}): readonly Came[] =>
  others.flatMap((other, n) => [
    {
      name: 'exact-domain-p-reject',
      days: earlier,
      copy: 10 * n,
      as: { 'bank.example': other.name, '192.0.2.13': other.ip },
    },
    { name, days: known, copy: 10 * n, as: { ...as, 'bank.example': other.name } },
  ]);
const byList = broughtBy('forwarder-srs', { 'alumni.example': 'lists.example' });
const byForwarder = broughtBy('forwarder-signed');
/** Everybody's: forgeries of the same authors. Each case brings a harmless message of the week before, by the usual way. */
const attacks = ['appended-link', 'bulk-spoof-by-cheap-sender', 'direct-send'];

interface Row {
  readonly what: string;
  readonly mail: readonly Came[];
  /** The case that is innocent, and fails, and the attack that imitates it. */
  readonly innocent: string;
  readonly attack: string;
  readonly author: string;
  readonly word: string;
  /** The mend at the receiver's side: the exception's tests, a setting, or why there is none. */
  readonly exception?: RegExp;
  readonly setting?: string;
  readonly none?: RegExp;
  /** What the sender is told. */
  readonly repair?: RegExp;
  readonly record?: string;
}

const rows: readonly Row[] = [
  {
    what: 'a list that seals',
    mail: byList,
    innocent: 'mailing-list',
    attack: 'untrusted-arc-sealer',
    author: 'bank.example',
    word: 'forwarder-or-list',
    setting: 'trusted_sealers: ["lists.example"]',
  },
  {
    what: 'a list that seals, and of which nothing is known',
    mail: [],
    innocent: 'mailing-list',
    attack: 'untrusted-arc-sealer',
    author: 'bank.example',
    word: 'forwarder-or-list',
    none: /lists\.example .*not known here.*only if you know who that is, name it in trusted_sealers/,
  },
  {
    what: 'a list that does not seal, which nothing tells from a platform',
    mail: byList,
    innocent: 'mailing-list-without-arc',
    attack: 'mailing-list-imitated',
    author: 'bank.example',
    word: 'third-party-platform',
    none: /every customer of lists\.example could write as bank\.example/,
  },
  {
    what: 'a forwarder that proves nothing',
    mail: byForwarder,
    innocent: 'forwarder-with-footer',
    attack: 'appended-link',
    author: 'museum.example',
    word: 'forwarder-or-list',
    exception:
      /^- SenderDomainIs: \["museum\.example"\]\n {2}SenderIpRanges: \["198\.51\.100\.22"\]\n {2}Carrier: \[list, forwarder\]\n/,
  },
  {
    what: 'a platform that nobody told to sign for its customer',
    mail: [
      { name: 'bulk-platform-aligned', days: known },
      { name: 'bulk-platform-bounce-domain', days: known },
    ],
    innocent: 'bulk-platform-unaligned',
    attack: 'bulk-spoof-by-cheap-sender',
    author: 'club.example',
    word: 'third-party-platform',
    none: /every customer of mail-platform\.example could write as club\.example/,
    repair: /Have it sign for club\.example.* _domainkey\.club\.example/,
  },
  {
    what: 'a server that its owner forgot to publish',
    mail: [],
    innocent: 'printer-direct-send',
    attack: 'direct-send',
    author: 'receiver.example',
    word: 'misconfigured-sender',
    exception: /^- SenderDomainIs: \["receiver\.example"\]\n {2}SenderIpRanges: \["198\.51\.100\.61"\]\n/,
    record: 'v=spf1 ip4:192.0.2.99 ip4:198.51.100.61 -all',
  },
];

describe('the mends, over mail of the lab', () => {
  let lab: LabStore;
  before(async () => {
    lab = await openLabStore();
  });
  after(() => lab[Symbol.asyncDispose]());

  /** Puts mail into the store. Gives the ids of those that came since the time of the replay. */
  async function fill(
    mail: readonly Came[],
  ): Promise<Map<string, { readonly name: string; readonly isHistory: boolean }>> {
    const found = new Map<string, { readonly name: string; readonly isHistory: boolean }>();
    const batches = [];
    for (const { name, days, as = {}, copy = 0 } of mail) {
      for (const [at, day] of days.entries()) {
        const received = await receive(named(name), { seed: 1, now: NOW - day * DAY, copy: copy + at });
        for (const { networkMessageId, isHistory, at } of received.letters)
          if (at > NOW - SINCE * DAY) found.set(networkMessageId, { name, isHistory });
        const told = (row: string): string =>
          Object.entries(as).reduce((text, [from, to]) => text.replaceAll(from, to), row);
        batches.push(...received.batches.map((one) => ({ ...one, rows: one.rows.map(told) })));
      }
    }
    await lab.fill(batches);
    return found;
  }

  const lookAt = async (id: string): Promise<Look> => {
    const means = { store: lab.store, now, signal, keptMessage: async () => undefined };
    const { verdict, letter } = await investigate({ id }, means);
    const { word, confidence } = verdict;
    return { id, word, confidence, summary: '', reasons: [], steps: [], ...(letter === undefined ? {} : { letter }) };
  };

  /** What a policy holds, by message, and the groups of it that were looked at. */
  async function replay(policy: Policy, trustedSealers: readonly string[], isLooking: boolean) {
    const held = new Set<string>();
    const { simulations } = await simulate([policy], ticksFromUnixMs(NOW - SINCE * DAY), now, {
      store: lab.store,
      now,
      signal,
      acceptedDomains: ['receiver.example'],
      trustedSealers,
      told: async (block) => {
        for (const { item, decisions } of block) if (decisions[0]!.action.kind !== 'Deliver') held.add(item.id);
      },
      ...(isLooking ? { looking: { most: 100, look: lookAt } } : {}),
    });
    return { held, groups: simulations[0]!.groups };
  }

  const text = defaultPolicyText(NOW);
  const policyOf = (more: string, rule: string): Policy => {
    const [head, tail] = text.split(`- name: ${rule}\n`) as [string, string];
    const pasted = tail.replace('    unless:\n', `    unless:\n${more.replace(/^/gm, '      ')}\n`);
    return readPolicy(more === '' ? text : `${head}- name: ${rule}\n${pasted}`, '');
  };

  for (const row of rows) {
    it(`of ${row.what} let it through, and none of those who imitate it`, async () => {
      const { innocent, attack, author, word, exception, setting, none, repair, record } = row;
      const forged = [...new Set([...attacks, attack])].map((name) => ({ name, days: [1] }));
      const came = await fill([...row.mail, { name: innocent, days: lately }, ...forged]);
      const isInnocent = (id: string): boolean => came.get(id)!.name === innocent || came.get(id)!.isHistory;
      const { held, groups } = await replay(readPolicy(text, ''), [], true);
      const own = [...held].filter((id) => came.get(id)!.name === innocent);
      const group = groups.find(({ examples }) => examples.some((id) => own.includes(id)))!;
      assert.ok(own.length >= 3 && group !== undefined, `${own.length} of ${innocent} are held`);
      const said = (one: HeldGroup) => [one.author, one.look?.word, one.earlier?.word, one.isInnocent];
      assert.deepEqual(said(group), [author, word, undefined, true]);
      const wrong = groups.filter((one) => one.isInnocent === true && !one.examples.every(isInnocent));
      assert.deepEqual(wrong.map(said), [], 'no forgery looks innocent');
      const { mend, look } = group;
      assert.equal(mend!.isSafe, none === undefined, mend!.words);
      assert.match(mend!.exception ?? '', exception ?? /^$/);
      assert.equal(mend!.setting, setting);
      if (none !== undefined) assert.match(mend!.words, none);
      if (repair !== undefined) assert.match(look!.letter!.body, repair);
      if (record !== undefined) assert.equal(look!.letter!.record!.value, record);
      if (!mend!.isSafe) return;
      const trusted = setting === undefined ? [] : ['lists.example'];
      const mended = await replay(policyOf(mend!.exception ?? '', group.rule), trusted, false);
      const gone = [...held].filter((id) => !mended.held.has(id));
      assert.deepEqual(
        gone.filter((id) => !isInnocent(id)),
        [],
        'no forgery is let through',
      );
      assert.deepEqual(
        own.filter((id) => mended.held.has(id)),
        [],
        'all of the innocent mail is',
      );
      assert.ok(mended.held.size >= attacks.length, `${mended.held.size} are still held`);
    });
  }
});
