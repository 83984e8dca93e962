import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { outcomeOf } from '../../../scripts/gate-scenarios.ts';
import type { Gate } from '../../../src/gateway/gate.ts';
import { type SmtpProxy, startProxy } from '../../../src/gateway/proxy/index.ts';
import { hopTimeouts, smtpLimits, smtpTimeouts } from '../../../src/gateway/smtp/index.ts';
import { addressSet } from '../../../src/mail/index.ts';
import { slowness } from '../../in-time.ts';
import { type LabHouses, labHouses } from '../lab-house.ts';
import { type LabLetter, labCases } from '../lab-letters.ts';
import { checkDelivered, checkQuarantine, checkRows } from '../lab-outcome.ts';
import { handOver } from '../lab-smtp.ts';
import { type Sink, startSink } from './sink.ts';

const HOST = 'mx.receiver.example';
const cases = await labCases();

/**
 * Number 1 of what the gate promises: each letter by SMTP through proxy and whole gate house, in Enforce, its DNS asked over
 * a socket. There are no exceptions.
 */
describe('every letter of the lab, by SMTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-lab-'));
  const waits: number[] = [];
  const sent: LabLetter[] = [];
  let houses: LabHouses;
  let sink: Sink;
  before(async () => {
    houses = await labHouses(folder, HOST);
    sink = await startSink();
  });
  after(async () => {
    await sink?.close();
    await houses?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  for (const one of cases) {
    test(`${one.name} (${one.nature}): ${answersOf(one.letters)}`, async () => {
      await using housed = await houses.open(one);
      const { letters, house } = housed;
      let at = 0;
      // Who has logged in to the organisation's own server may send to others through it.
      const relay = letters.filter(({ client }) => client.isAuthenticated).map(({ client }) => client.ip);
      const means = { gate: house.gate, acceptedDomains: one.acceptedDomains, relay, now: () => at };
      await using proxy = await proxyBefore(sink, means);
      for (const letter of letters) {
        at = letter.at;
        const delivered = sink.messages.length;
        const answer = await handOver(proxy.port, letter);
        const answered = performance.now();
        assert.equal(answer.slice(0, letter.smtp.length), letter.smtp);
        const arrived = sink.messages.slice(delivered);
        assert.equal(arrived.length, outcomeOf(letter).action === 'Deliver' ? 1 : 0);
        for (const text of arrived) checkDelivered(unstuffed(text), letter.bytes, HOST);
        const rows = await houses.rowsOf(letter);
        waits.push(performance.now() - answered);
        sent.push(letter);
        checkRows(letter, rows);
      }
      await checkQuarantine(house, letters);
    });
  }

  test('the rows were there within a second, each once, and nothing went wrong', async (t) => {
    // One in twenty may be late, for others use this machine, too.
    const median = waits.toSorted((one, other) => one - other)[waits.length >> 1]!;
    t.diagnostic(`${sent.length} letters; rows ${Math.round(median)} ms after the answer, the median`);
    const second = 1_000 * slowness();
    const late = waits.filter((wait) => wait > second);
    assert.ok(late.length <= waits.length / 20, `${late.length} of ${waits.length}: ${late.map(Math.round).join()} ms`);
    assert.equal(await houses.rows(), sent.flatMap(({ recipients }) => recipients).length);
    assert.deepEqual(houses.notices, []);
    const actions = new Set(sent.map((letter) => outcomeOf(letter).action));
    assert.deepEqual([...actions].toSorted(), ['Defer', 'Deliver', 'Quarantine', 'Reject']);
    assert.ok(sent.length > 124, `${sent.length} letters`);
  });
});

test('a stamp in the gate’s own name, forged on top of an honest letter, changes no answer and is not delivered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-lab-'));
  const forged = Buffer.from(`Authentication-Results: ${HOST}; spf=pass; dkim=pass; dmarc=pass\r\n`);
  await using houses = await labHouses(folder, HOST);
  const sink = await startSink();
  for (const one of cases.filter(({ scenario }) => /^(exact-domain|mailing-list)/.test(scenario))) {
    await using housed = await houses.open(one);
    const letter = housed.letters.at(-1)!;
    const means = { gate: housed.house.gate, acceptedDomains: one.acceptedDomains, now: () => letter.at };
    await using proxy = await proxyBefore(sink, means);
    const bytes = Buffer.concat([forged, letter.bytes]);
    const answer = await handOver(proxy.port, letter, { bytes });
    assert.equal(answer.slice(0, letter.smtp.length), letter.smtp, one.name);
    const texts = sink.messages.splice(0);
    assert.equal(texts.length, outcomeOf(letter).action === 'Deliver' ? 1 : 0, one.name);
    for (const text of texts) checkDelivered(unstuffed(text), bytes, HOST);
  }
  await sink.close();
});

/** What the letters of a case are told, each word once. */
function answersOf(letters: readonly { readonly smtp: string }[]): string {
  return [...new Set(letters.map(({ smtp }) => smtp))].join(', ');
}

const unstuffed = (text: string): string => text.replace(/^\.\./gm, '.');

/** Of a proxy what differs from case to case. */
interface ProxyMeans {
  readonly gate: Gate;
  readonly acceptedDomains: readonly string[];
  /** Addresses that may send to anybody. */
  readonly relay?: readonly string[];
  readonly now: () => number;
}

async function proxyBefore({ port }: Sink, { relay = [], ...means }: ProxyMeans): Promise<SmtpProxy & AsyncDisposable> {
  const [nobody, loopback] = [addressSet([]), addressSet(['127.0.0.1'])];
  const proxy = await startProxy({
    ...means,
    listen: { host: '127.0.0.1', port: 0 },
    hostname: HOST,
    target: { address: { host: '127.0.0.1', port }, tls: 'none', tells: 'none' },
    hopTimeouts,
    limits: smtpLimits,
    timeouts: smtpTimeouts,
    networks: { balancers: nobody, attributes: loopback, relay: addressSet(relay), own: nobody, normalise: nobody },
    traceId: () => 'lab-1',
    report: ({ about, text }) => assert.equal(about, 'refusal', text),
  });
  return { ...proxy, [Symbol.asyncDispose]: () => proxy.stop(1_000) };
}
