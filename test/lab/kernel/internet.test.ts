import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Domain } from '../../../src/lab/kernel/domain.ts';
import { internetOf } from '../../../src/lab/kernel/internet.ts';
import type { RecordType } from '../../../src/mail/index.ts';

const bank: Domain = {
  name: 'bank.example',
  spf: 'v=spf1 mx -all',
  dmarc: 'v=DMARC1; p=reject',
  mx: ['mail.bank.example', 'backup.bank.example'],
  hosts: { 'mail.bank.example': '192.0.2.13', 'backup.bank.example': '2001:db8::13' },
  texts: { 'a.b.bank.example': 'deep' },
  dkim: [
    { selector: 'ed', kind: 'ed25519', tags: 't=y' },
    { selector: 'old', kind: 'ed25519', state: 'revoked' },
    { selector: 'gone', kind: 'ed25519', state: 'unpublished' },
  ],
  failing: [
    { name: 'slow.bank.example', failure: 'timeout' },
    { name: 'bank.example', type: 'A', failure: 'servfail' },
  ],
};
const internet = internetOf([bank], { seed: 1 });

const found = (...records: readonly unknown[]) => ({ status: 'found', records });

describe('DNS of a made-up internet', () => {
  for (const [name, type, answer] of [
    ['bank.example', 'TXT', found('v=spf1 mx -all')],
    ['BANK.Example.', 'TXT', found('v=spf1 mx -all')],
    ['_dmarc.bank.example', 'TXT', found('v=DMARC1; p=reject')],
    [
      'bank.example',
      'MX',
      found({ preference: 10, exchange: 'mail.bank.example' }, { preference: 20, exchange: 'backup.bank.example' }),
    ],
    ['mail.bank.example', 'A', found('192.0.2.13')],
    ['mail.bank.example', 'AAAA', { status: 'no-record' }],
    ['backup.bank.example', 'AAAA', found('2001:db8::13')],
    ['13.2.0.192.in-addr.arpa', 'PTR', found('mail.bank.example')],
    ['old._domainkey.bank.example', 'TXT', found('v=DKIM1; k=ed25519; p=')],
    ['gone._domainkey.bank.example', 'TXT', { status: 'no-name' }],
    // A name above another exists (RFC 8020).
    ['b.bank.example', 'TXT', { status: 'no-record' }],
    ['example', 'TXT', { status: 'no-record' }],
    ['nobody.example', 'TXT', { status: 'no-name' }],
    ['ank.example', 'TXT', { status: 'no-name' }],
    ['slow.bank.example', 'TXT', { status: 'failed', failure: 'timeout' }],
    ['slow.bank.example', 'MX', { status: 'failed', failure: 'timeout' }],
    ['bank.example', 'A', { status: 'failed', failure: 'servfail' }],
  ] as const)
    it(`${name} ${type}: ${answer.status}`, async () => {
      assert.deepEqual(await internet.resolver.query(name, type as RecordType), answer);
    });

  it('a key record has its tags, and the key with which its domain signs', async () => {
    const { published } = internet.signer('bank.example', 'ed');
    assert.deepEqual(
      await internet.resolver.query('ed._domainkey.bank.example', 'TXT'),
      found(`v=DKIM1; k=ed25519; t=y; p=${published}`),
    );
  });

  it('who signs with a selector that is not described hears of it', () => {
    assert.throws(() => internet.signer('bank.example', 'nobody'), /no selector nobody at bank\.example/);
    assert.throws(() => internet.signer('nobody.example', 'ed'), /no selector ed at nobody\.example/);
  });

  it('domains that name one key share it, others do not', () => {
    const shared = { selector: 's', kind: 'ed25519', key: 'platform' } as const;
    const { signer } = internetOf(
      [
        { name: 'a.example', dkim: [shared] },
        { name: 'b.example', dkim: [shared] },
        { name: 'c.example', dkim: [{ selector: 's', kind: 'ed25519' }] },
      ],
      { seed: 1 },
    );
    assert.equal(signer('a.example', 's'), signer('b.example', 's'));
    assert.notEqual(signer('a.example', 's').published, signer('c.example', 's').published);
  });
});
