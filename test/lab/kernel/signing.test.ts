import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Domain } from '../../../src/lab/kernel/domain.ts';
import { internetOf } from '../../../src/lab/kernel/internet.ts';
import type { Step } from '../../../src/lab/kernel/letter.ts';
import { post } from '../../../src/lab/kernel/post.ts';
import { verifyDkim } from '../../../src/mail/dkim/verify-dkim.ts';
import { readMessage } from '../../../src/mail/index.ts';

const now = Date.parse('2026-09-16T14:37:21Z');

const bank: Domain = {
  name: 'bank.example',
  dkim: [
    { selector: 'rsa' },
    { selector: 'short', kind: 'rsa-1024' },
    { selector: 'weak', kind: 'rsa-512' },
    { selector: 'ed', kind: 'ed25519' },
    { selector: 'old', kind: 'ed25519', state: 'revoked' },
    { selector: 'gone', kind: 'ed25519', state: 'unpublished' },
  ],
};

async function signaturesAfter(...journey: readonly Step[]) {
  const internet = internetOf([bank], { seed: 1 });
  const letter = {
    from: 'Ada <ada@bank.example>',
    to: ['berta@receiver.example'],
    subject: 'Hello',
    text: 'One line\nand another\n',
    journey,
    handOver: { ip: '192.0.2.13', helo: 'mail.bank.example', mailFrom: 'ada@bank.example' },
  };
  const { bytes } = await post(letter, { internet, name: 'signing', at: now });
  return (await verifyDkim(readMessage(bytes), { resolver: internet.resolver, now })).signatures;
}

const sign = (selector: string, more: Partial<Step & { readonly do: 'sign' }> = {}): Step => ({
  do: 'sign',
  domain: 'bank.example',
  selector,
  ...more,
});
const blanks: Step = { do: 'alter', find: 'One line', put: 'One  line' };
const footer: Step = { do: 'footer', text: 'advertisement\n' };

describe('signatures of the kernel, verified by the real code', () => {
  for (const [name, journey, result] of [
    ['RSA with 2,048 bit', [sign('rsa')], 'pass'],
    ['RSA with 1,024 bit', [sign('short')], 'pass'],
    ['RSA with 512 bit (RFC 8301 section 3.2)', [sign('weak')], 'policy'],
    ['Ed25519 (RFC 8463)', [sign('ed')], 'pass'],
    ['a revoked key', [sign('old')], 'neutral'],
    ['a key that is not published', [sign('gone')], 'neutral'],
    ['the key of somebody else', [sign('rsa', { key: 'somebody else' })], 'fail'],
    ['a body altered afterwards', [sign('ed'), footer], 'fail'],
    ['a body altered before', [footer, sign('ed')], 'pass'],
    ['blanks that relaxed overlooks', [sign('ed'), blanks], 'pass'],
    ['blanks that simple does not', [sign('ed', { canonicalization: 'relaxed/simple' }), blanks], 'fail'],
    ['a field that is signed', [sign('ed'), { do: 'field', name: 'Subject', value: 'Bye' }], 'fail'],
    [
      'a field that h= leaves out',
      [sign('ed', { headers: ['from'] }), { do: 'field', name: 'Subject', value: 'Bye' }],
      'pass',
    ],
    ['an end that is to come', [sign('ed', { lifetime: 3600 })], 'pass'],
    ['an end that is past', [sign('ed', { lifetime: 1 })], 'neutral'],
  ] as const satisfies readonly (readonly [string, readonly Step[], string])[])
    it(`${name}: ${result}`, async () => {
      assert.deepEqual(
        (await signaturesAfter(...journey)).map((signature) => signature.result),
        [result],
      );
    });

  it('l= covers the body as it was when it was signed, and nothing behind', async () => {
    const [whole] = await signaturesAfter(sign('ed', { coversLength: true }));
    assert.deepEqual([whole!.result, whole!.coversBody, whole!.mayAlign], ['pass', true, true]);
    const [part] = await signaturesAfter(sign('ed', { coversLength: true }), footer);
    assert.deepEqual([part!.result, part!.coversBody, part!.mayAlign], ['pass', false, false]);
    const [even] = await signaturesAfter({ do: 'footer', text: '\n\n\n' }, sign('ed', { coversLength: true }));
    assert.deepEqual([even!.result, even!.coversBody], ['pass', true]);
  });

  it('several stand with the last one on top', async () => {
    const signatures = await signaturesAfter(sign('ed'), sign('short'));
    assert.deepEqual(
      signatures.map(({ selector, result }) => [selector, result]),
      [
        ['short', 'pass'],
        ['ed', 'pass'],
      ],
    );
  });
});
