import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import {
  type HearingSetup,
  type Hearings,
  hearingsHere,
  hearingsInThreads,
} from '../../../src/gateway/judging/index.ts';
import { Memory } from '../../../src/gateway/memory.ts';
import type { Resolver } from '../../../src/mail/index.ts';
import { readPolicy } from '../../../src/policy/index.ts';
import { least } from '../../in-time.ts';
import { never, offered, ok, textZone, told, triedGate } from '../gate-rig.ts';

const resolver = textZone({
  'bank.example': 'v=spf1 ip4:192.0.2.7 -all',
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
});
const { privateKey } = generateKeyPairSync('ed25519');
const setup: HearingSetup = {
  judge: { acceptedDomains: ['contoso.com'], dmarcMode: 'rfc9989', rsaSha1: 'policy' },
  stamping: { authservId: 'mx.contoso.com', seal: { domain: 'contoso.com', selector: 's1', key: privateKey } },
  rows: { withHeaderForm: true },
  keepMessages: true,
  dnsTime: 5000,
};
const text = `name: Test
mode: Enforce
rules:
  - name: Refuse
    when:
      - { DMARC: fail, SubjectMatchesPatterns: ['inv(o|0)ice'] }
    do: [Reject]
  - name: Warn
    do: [{ ApplyBanner: { text: Mind } }]
`;
const inForce = { policy: readPolicy(text, 'test.yaml'), text };
const letter = 'From: Jane <jane@bank.example>\nSubject: Invoice\n\nhttps://shop.example/\n';
const strange = { client: { ip: '203.0.113.9', helo: 'x.example', name: undefined, isAuthenticated: false } };

/** What a gate says to three messages, and writes down of them. */
async function saidBy(hearings: Hearings) {
  const { gate, entries } = triedGate({ hearings, inForce: () => inForce });
  const said: unknown[] = [];
  for (const message of [
    offered(letter),
    offered(letter, strange),
    offered(letter.replace('Invoice', 'Hi'), strange),
  ]) {
    const ruling = await gate.rule(message, never);
    await ruling.record(ruling.reply ?? ok);
    said.push([told(ruling), ruling.decision, ruling.edits]);
  }
  return { said, entries };
}

test('threads say and write down what this thread does', async () => {
  await using threads = hearingsInThreads(setup, resolver, 2);
  await threads.ready!();
  const there = await saidBy(threads);
  assert.deepEqual(there, await saidBy(hearingsHere(setup, resolver)));
  assert.deepEqual(
    there.said.map((one) => (one as unknown[])[0]),
    ['250', '550 5.7.26', '250'],
  );
  assert.ok(Buffer.isBuffer(there.entries[0]!.kept?.bytes));
});

test('another policy counts from the next message on', async () => {
  await using hearings = hearingsInThreads(setup, resolver, 1);
  await hearings.ready!();
  let now = inForce;
  const { gate } = triedGate({ hearings, inForce: () => now });
  assert.equal(told(await gate.rule(offered(letter, strange), never)), '550 5.7.26');
  const other = text.replace('inv(o|0)ice', 'receipt');
  now = { policy: readPolicy(other, 'test.yaml'), text: other };
  assert.equal(told(await gate.rule(offered(letter, strange), never)), '250');
  now = { policy: { ...inForce.policy, mode: 'Audit' }, text };
  assert.equal(told(await gate.rule(offered(letter, strange), never)), '250');
});

test('a thread that dies takes its hearings with it, and another one follows', async () => {
  let asked: (() => void) | undefined;
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let isStuck = true;
  const slow: Resolver = {
    query: (name, type) => {
      if (!isStuck) return resolver.query(name, type);
      asked!();
      return new Promise(() => {});
    },
  };
  await using hearings = hearingsInThreads(setup, slow, 1);
  await hearings.ready!();
  const { gate, notices } = triedGate({ hearings, inForce: () => inForce });
  const ruling = gate.rule(offered(letter), never);
  await reached;
  // It ends the threads: what waits has failed.
  await hearings[Symbol.asyncDispose]();
  assert.equal(told(await ruling), '451 4.3.0');
  assert.match(notices[0]!.message, /thread of the gate/);
  isStuck = false;
  assert.equal(told(await gate.rule(offered(letter), never)), '250');
});

test('a message whose client is gone takes its memory until its thread is through with it', async () => {
  let answers: (() => void) | undefined;
  const answered = new Promise<void>((resolve) => {
    answers = resolve;
  });
  const slow: Resolver = {
    query: async (name, type) => {
      await answered;
      return resolver.query(name, type);
    },
  };
  await using hearings = hearingsInThreads(setup, slow, 1);
  await hearings.ready!();
  const { gate } = triedGate({ hearings, inForce: () => inForce });
  const memory = new Memory(100_000);
  const large = `${letter}${'more\n'.repeat(2_000)}`;
  const comesAndGoes = async (): Promise<boolean> => {
    const hold = memory.hold();
    const message = offered(large, { memory: hold });
    if (!hold.grow(message.bytes.length) || !hold.growToBeJudged()) {
      hold.release();
      return false;
    }
    const gone = new AbortController();
    const ruling = gate.rule(message, gone.signal);
    setTimeout(() => gone.abort(), 20);
    await assert.rejects(ruling);
    hold.release();
    return true;
  };
  const came: boolean[] = [];
  for (let n = 0; n < 4; n++) came.push(await comesAndGoes());
  assert.deepEqual(came, [true, false, false, false]);
  answers!();
  while (!memory.hasRoom(12_000)) await new Promise((resolve) => setTimeout(resolve, 10));
  // All of it is back, and no more.
  assert.ok(memory.hasRoom(18_750) && !memory.hasRoom(18_751));
});

test('what is written down, and what died with its thread, takes no memory', async () => {
  const memory = new Memory(100_000);
  const hears = async (hearings: Hearings): Promise<() => Promise<void>> => {
    const hold = memory.hold();
    const message = offered(letter, { memory: hold });
    assert.ok(hold.grow(message.bytes.length));
    const ruling = await triedGate({ hearings, inForce: () => inForce }).gate.rule(message, never);
    hold.release();
    return () => ruling.record(ok);
  };
  const isBack = async (): Promise<void> => {
    while (!memory.hasRoom(18_750)) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await using hearings = hearingsInThreads(setup, resolver, 1);
  await hearings.ready!();
  const record = await hears(hearings);
  assert.ok(!memory.hasRoom(18_750));
  await record();
  await isBack();
  const dies = hearingsInThreads(setup, resolver, 1);
  const late = await hears(dies);
  await dies[Symbol.asyncDispose]();
  await assert.rejects(late());
  await isBack();
});

test('a message that is large keeps no other waiting', async () => {
  await using hearings = hearingsInThreads(setup, resolver, 2);
  await hearings.ready!();
  const { gate } = triedGate({ hearings, inForce: () => inForce });
  await Promise.all([gate.rule(offered(letter), never), gate.rule(offered(letter), never)]);
  const large = gate.rule(offered(`${letter}${'https://shop.example/ and more\n'.repeat(400_000)}`), never);
  let isOver = false;
  void large.then(() => {
    isOver = true;
  });
  for (let n = 0; n < 5; n++) assert.equal(told(await gate.rule(offered(letter), never)), '250');
  assert.equal(isOver, false);
  assert.equal(told(await large), '250');
});

test('a hearing whose thread has ended says so, and lets nobody wait', { timeout: 20_000 }, async () => {
  const hearings = hearingsInThreads(setup, resolver, 1);
  const hearing = await hearings.open(offered(letter), inForce);
  await hearings[Symbol.asyncDispose]();
  await assert.rejects(hearing.entry(hearing.facts.id, ok), /has ended/);
});

test('a thread is ready when a message would be heard at once, and the start fails with it', async () => {
  const share = await least(1, async () => {
    await using hearings = hearingsInThreads(setup, resolver, 2);
    await hearings.ready!();
    const opened: number[] = [];
    for (let count = 0; count < 2; count++) {
      const began = performance.now();
      await (await hearings.open(offered(letter), inForce)).end();
      opened.push(performance.now() - began);
    }
    const before = performance.now();
    await using cold = hearingsInThreads(setup, resolver, 1);
    await cold.ready!();
    return Math.max(...opened) / (performance.now() - before);
  });
  assert.ok(share < 1, `${share} of what a start takes`);
  const failed = hearingsInThreads(setup, resolver, 1);
  const ready = failed.ready!();
  await Promise.all([failed[Symbol.asyncDispose](), assert.rejects(ready, /at its start/)]);
});
