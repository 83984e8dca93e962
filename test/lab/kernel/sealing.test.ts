import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Domain } from '../../../src/lab/kernel/domain.ts';
import { internetOf } from '../../../src/lab/kernel/internet.ts';
import type { Step } from '../../../src/lab/kernel/letter.ts';
import { post } from '../../../src/lab/kernel/post.ts';
import { verifyArc } from '../../../src/mail/arc/verify-arc.ts';
import { readMessage } from '../../../src/mail/index.ts';

const now = Date.parse('2026-09-16T14:37:21Z');
const signer = (name: string, ip: string): Domain => ({
  name,
  spf: `v=spf1 ip4:${ip} -all`,
  dmarc: 'v=DMARC1; p=reject',
  dkim: [{ selector: 's1', kind: 'ed25519' }],
  hosts: { [`mail.${name}`]: ip },
});
const domains = [
  signer('bank.example', '192.0.2.13'),
  signer('one.example', '198.51.100.1'),
  signer('two.example', '198.51.100.2'),
];

const relay = (by: string, from: string, ip: string): Step => ({
  do: 'relay',
  by: `mail.${by}`,
  ip,
  helo: `mail.${from}`,
  mailFrom: 'ada@bank.example',
});
const act = (what: 'sign' | 'seal', domain: string): Step => ({ do: what, domain, selector: 's1' });
const footer: Step = { do: 'footer', text: 'list\n' };
const toFirst = [act('sign', 'bank.example'), relay('one.example', 'bank.example', '192.0.2.13')];

async function arcAfter(...journey: readonly Step[]) {
  const internet = internetOf(domains, { seed: 1 });
  const handOver = { ip: '198.51.100.1', helo: 'mail.one.example', mailFrom: 'list@one.example' };
  const letter = { from: 'ada@bank.example', to: ['berta@receiver.example'], text: 'Hello\n', journey, handOver };
  const { bytes } = await post(letter, { internet, name: 'sealing', at: now });
  return verifyArc(readMessage(bytes), { resolver: internet.resolver, now });
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('seals of the kernel, verified by the real code (RFC 8617)', () => {
  it('tell what the relay saw when it took the letter in, not what it made of it', async () => {
    const { result, sets } = await arcAfter(...toFirst, footer, act('seal', 'one.example'));
    assert.equal(result, 'pass');
    assert.equal(
      words(sets[0]!.results),
      'mail.one.example; spf=pass smtp.mailfrom=ada@bank.example; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example',
    );
  });

  it('tell as well what had gone wrong before', async () => {
    const late = [act('sign', 'bank.example'), footer, relay('one.example', 'elsewhere.example', '203.0.113.66')];
    const { sets } = await arcAfter(...late, act('seal', 'one.example'));
    assert.equal(
      words(sets[0]!.results),
      'mail.one.example; spf=fail smtp.mailfrom=ada@bank.example; dkim=fail header.d=bank.example; dmarc=fail header.from=bank.example',
    );
  });

  it('make a chain, which ends where somebody changes the letter and does not seal', async () => {
    const first = [...toFirst, footer, act('seal', 'one.example')];
    const second = [relay('two.example', 'one.example', '198.51.100.1'), act('seal', 'two.example')];
    const chain = await arcAfter(...first, ...second);
    assert.deepEqual(
      [chain.result, ...chain.sets.map(({ sealer, cv }) => `${sealer} ${cv}`)],
      ['pass', 'one.example none', 'two.example pass'],
    );
    assert.equal((await arcAfter(...first, ...second, footer)).result, 'fail');
  });

  it('of a second sealer that changes the body tell the chain as it arrived, and the new message signature holds (section 5.1)', async () => {
    const first = [...toFirst, footer, act('seal', 'one.example')];
    const again: Step = { do: 'footer', text: 'second list\n' };
    const second = [relay('two.example', 'one.example', '198.51.100.1'), again, act('seal', 'two.example')];
    const { result, oldestPass, sets } = await arcAfter(...first, ...second);
    assert.deepEqual([result, oldestPass, sets.map(({ cv }) => cv)], ['pass', 2, ['none', 'pass']]);
    // What had been changed before it arrived stays a failure.
    const { result: late, sets: broken } = await arcAfter(...first, again, ...second);
    assert.deepEqual([late, broken.map(({ cv }) => cv)], ['fail', ['none', 'fail']]);
  });

  it('are set by a relay only', async () => {
    await assert.rejects(arcAfter(act('seal', 'one.example')), /nobody has relayed the letter/);
  });
});
