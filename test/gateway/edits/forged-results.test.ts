import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnIds } from '../../../src/gateway/edits/forged-results.ts';
import { inTime } from '../../in-time.ts';

const own = new OwnIds(['mx.contoso.com', 'mx.bücher.example']);

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
  ' mx.contoso.com..; spf=pass',
  ' [mx.contoso.com]; spf=pass',
  " 'mx.contoso.com'; spf=pass",
  ' mx.contoso.com@; spf=pass',
  ' =?utf-8?Q?mx.contoso.com?=; spf=pass',
  ' =?utf-8?B?bXguY29udG9zby5jb207IHNwZj1wYXNz?=',
  ' \xef\xbd\x8d\xef\xbd\x98.contoso.com; spf=pass',
  ' mx\xe3\x80\x82contoso\xe3\x80\x82com; spf=pass',
  ' mx.xn--BCHER-KVA.example.; spf=pass',
  ' mx.bu\xcc\x88cher.example; spf=pass',
  ' mx.con\0toso.com 1; spf=pass',
  ' mx.con\xc2\xadtoso.com 1; spf=pass',
  ' \r mx.contoso.com; spf=pass',
  ' \x0bmx.contoso.com\x0c; spf=pass',
  ` (${'x'.repeat(4_085)}) mx.contoso.com; spf=pass`,
  // A byte that is no UTF-8, or a cut within a character, must not change how the id before it is read.
  ' \xef\xbd\x8dx.contoso.com; spf=pass (\xff)',
  ` \xef\xbd\x8dx.contoso.com; spf=pass (${'\xc3\xa9'.repeat(1_000)})`,
  ` \xef\xbd\x8dx.contoso.com; spf=pass (x${'\xc3\xa9'.repeat(1_000)})`,
  ' mx.con\xfftoso.com; spf=pass',
  ' mx.b\xfccher.example; spf=pass',
  ' mx.b\xfcc\r\n\ther.example 1; spf=pass',
  ` ${'x '.repeat(48)}mx.fabrikam.com; spf=pass`,
  ` (${'x '.repeat(101)}mx.contoso.com; spf=pass`,
];

const foreign: readonly string[] = [
  ' mx.fabrikam.com; spf=pass smtp.mailfrom=mx.contoso.com',
  ' mx.fabrikam.com; spf=pass; x=mx.contoso.com',
  ' notmx.contoso.com; spf=pass',
  ' mx.contoso.com.evil.example; spf=pass',
  ' contoso.com; spf=pass',
  ' (a comment) mail.example.net 1; none',
  ' mail.example.net; spf=pass (mx.contoso.com: what it is called here)',
  ` mail.example.net; ${'spf=pass smtp.mailfrom=a.example; '.repeat(200)}`,
  ' =?utf-8?Q?mail.example.net?=; spf=pass',
  ' mx.contoso.community; spf=pass',
  ` ${'x '.repeat(47)}mx.fabrikam.com; spf=pass`,
];

const forgedSets: readonly string[] = [
  ' i=1; mx.contoso.com; dmarc=pass',
  ' I = 1 ; MX.contoso.com. 1; dmarc=pass',
  ' i=1;\r\n\t"mx.contoso.com"; dmarc=pass',
  ' (x) i=1; (y) mx.contoso.com; dmarc=pass',
  ' mx.contoso.com; i=1; dmarc=pass',
  ' i=1; dmarc=pass',
  ' i=1;',
];
const foreignSets: readonly string[] = [
  ' i=1; mx.fabrikam.com; dmarc=pass',
  ' i=2; mx.fabrikam.com 1; arc=pass; x=mx.contoso.com',
];

for (const value of forged) {
  test(`it claims to be ours: ${JSON.stringify(value)}`, () => assert.equal(own.areClaimedBy(value), true));
}
for (const value of foreign) {
  test(`it does not: ${JSON.stringify(value)}`, () => assert.equal(own.areClaimedBy(value), false));
}

for (const value of forgedSets) {
  test(`sealed, it claims to be ours: ${JSON.stringify(value)}`, () =>
    assert.equal(own.areClaimedBySealed(value), true));
}
for (const value of foreignSets) {
  test(`sealed, it does not: ${JSON.stringify(value)}`, () => assert.equal(own.areClaimedBySealed(value), false));
}

test('a long one takes no longer than its length', async () => {
  await inTime(1000, () => {
    own.areClaimedBy('('.repeat(1 << 20));
    own.areClaimedBy(`${' \r\n '.repeat(1 << 18)}x`);
  });
});
