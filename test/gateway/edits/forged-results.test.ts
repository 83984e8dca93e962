import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsToBe } from '../../../src/gateway/edits/forged-results.ts';

const own = ['mx.contoso.com', 'mx.bücher.example'];

const forged: readonly string[] = [
  ' mx.contoso.com; spf=pass',
  'mx.contoso.com;spf=pass',
  ' MX.Contoso.COM ; dmarc=pass',
  ' mx.contoso.com 1; spf=pass',
  ' mx.contoso.com/1; spf=pass',
  ' mx.contoso.com.; spf=pass',
  ' "mx.contoso.com"; spf=pass',
  ' "mx\\.contoso.com"; spf=pass',
  ' (by us) mx.contoso.com (really); spf=pass',
  ' (a (b\\) c) d)\r\n\tmx.contoso.com\r\n\t; spf=pass',
  ' mx.con(x)toso.com; spf=pass',
  ' mx.contoso.com',
  ' mx.contoso.com spf=pass',
  ' mx.cont\r\n oso.com; spf=pass',
  ' mx.contoso.com\0; spf=pass',
  ' mx.con\xe2\x80\x8btoso.com; spf=pass',
  ' (never closed mx.contoso.com; spf=pass',
  ' mx.xn--bcher-kva.example; spf=pass',
  ' mx.b\xc3\xbccher.example; spf=pass',
  ' spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=bank.example; dmarc=pass',
  ' dmarc/1=pass',
  '',
  ' ; dmarc=pass',
];

const foreign: readonly string[] = [
  ' mx.fabrikam.com; spf=pass smtp.mailfrom=mx.contoso.com',
  ' mx.fabrikam.com; spf=pass; x=mx.contoso.com',
  ' notmx.contoso.com; spf=pass',
  ' mx.contoso.com.evil.example; spf=pass',
  ' contoso.com; spf=pass',
  ' (a comment) mail.example.net 1; none',
];

for (const value of forged) {
  test(`it claims to be ours: ${JSON.stringify(value)}`, () => assert.equal(claimsToBe(value, own), true));
}
for (const value of foreign) {
  test(`it does not: ${JSON.stringify(value)}`, () => assert.equal(claimsToBe(value, own), false));
}

test('a long one takes no longer than its length', () => {
  const began = performance.now();
  claimsToBe('('.repeat(1 << 20), own);
  claimsToBe(`${' \r\n '.repeat(1 << 18)}x`, own);
  assert.ok(performance.now() - began < 1000);
});
