import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suffixListDomain } from '../../../src/mail/dmarc/organizational-domain.ts';
import { inTime } from '../../in-time.ts';

/** A domain and its organization by the public suffix list. */
const rows: readonly (readonly [string, string])[] = [
  ['example.com', 'example.com'],
  ['a.b.example.com', 'example.com'],
  ['com', 'com'],
  ['a.example.co.uk', 'example.co.uk'],
  ['co.uk', 'co.uk'],
  ['a.b.example.kobe.jp', 'b.example.kobe.jp'],
  ['www.city.kobe.jp', 'city.kobe.jp'],
  ['a.one.github.io', 'one.github.io'],
  ['github.io', 'github.io'],
  ['a.example.test', 'example.test'],
  ['a.b.unlisted-suffix', 'b.unlisted-suffix'],
  ['a.one.onmicrosoft.com', 'one.onmicrosoft.com'],
  ['one.mail.onmicrosoft.com', 'one.mail.onmicrosoft.com'],
  ['onmicrosoft.com', 'onmicrosoft.com'],
  ['notonmicrosoft.com', 'notonmicrosoft.com'],
  ['localhost', 'localhost'],
  ['a.xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['_spf.example.com', 'example.com'],
  ['', ''],
];

for (const [domain, organizational] of rows)
  test(`RFC 7489 section 3.2: ${domain || 'nothing'} belongs to ${organizational || 'nothing'}`, () => {
    assert.equal(suffixListDomain(domain), organizational);
  });

test('hostile names take no time', async () => {
  await inTime(500, () => {
    for (const unit of ['a.', '.', '-', '_.a.']) suffixListDomain(unit.repeat(100_000));
  });
});
