import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpfQuery, SpfWord } from '../../../src/mail/spf/result.ts';
import { check, type Zone } from './zone.ts';

/** What surrounds example.com in the rows. The client is 203.0.113.7 unless a row says otherwise. */
const ZONE: Zone = {
  'example.com': { A: ['198.51.100.1'], AAAA: ['2001:db8::1'], MX: ['10 mail.example.com'] },
  'mail.example.com': { A: ['203.0.113.7'], AAAA: ['2001:db8::7'] },
  'near.example': { A: ['203.0.113.99'], AAAA: ['2001:db8::ff:7'] },
  'four.example': { A: ['203.0.113.7'] },
  'six.example': { AAAA: ['2001:db8::7'] },
  'mapped.example': { A: ['198.51.100.9'], AAAA: ['::ffff:203.0.113.7'] },
  'broken.example': { A: ['not an address'] },
  'slow.example': { A: 'timeout', AAAA: 'timeout', MX: 'timeout', TXT: 'timeout' },
  'sick.example': { A: 'servfail', TXT: 'servfail' },
  'empty.example': { A: [] },
  'textless.example': { A: ['192.0.2.1'] },
  'mx-slow.example': { MX: ['20 mail.example.com', '10 slow.example'] },
  'mx-fast.example': { MX: ['20 slow.example', '10 mail.example.com'] },
  'mx-gone.example': { MX: ['10 gone.example', '20 mail.example.com'] },
  'mx-null.example': { MX: ['0 '] },
  '7.113.0.203.in-addr.arpa': { PTR: ['gone.example', 'slow.example', 'mail.example.com'] },
  '9.113.0.203.in-addr.arpa': { PTR: ['mail.example.com'] },
  '8.113.0.203.in-addr.arpa': { PTR: 'servfail' },
  'pass.example': { TXT: ['v=spf1 ip4:203.0.113.0/24 -all'] },
  'fail.example': { TXT: ['v=spf1 -all'] },
  'soft.example': { TXT: ['v=spf1 ~all'] },
  'neutral.example': { TXT: ['v=spf1 ?all'] },
  'wrong.example': { TXT: ['v=spf1 ip4:nonsense'] },
  'double.example': { TXT: ['v=spf1 -all', 'V=SPF1 +all'] },
  'only.pass.example': { A: ['203.0.113.7'], TXT: ['v=spf1 a -all'] },
  'below.only.pass.example': { TXT: ['v=spf1 redirect=only.pass.example'] },
  'ann.user.example': { A: ['127.0.0.2'] },
  '203.0.113.7.list.example': { A: ['127.0.0.2'] },
  'mail.example.com.p.example': { A: ['127.0.0.2'] },
  'unknown.p.example': { A: ['127.0.0.2'] },
};

interface Row extends Partial<SpfQuery> {
  /** Section of RFC 7208. */
  readonly at: string;
  readonly record: string;
  readonly is: SpfWord;
  /** A part of the reason. */
  readonly why?: string;
}

const SIX = '2001:db8::7';

const ROWS: readonly Row[] = [
  {
    at: '4.6.2',
    record: 'v=spf1 ip4:203.0.113.7 -all',
    is: 'pass',
    why: '203.0.113.7 may send for example.com (ip4:203.0.113.7)',
  },
  { at: '4.6.2', record: 'v=spf1 +ip4:203.0.113.7', is: 'pass' },
  {
    at: '4.6.2',
    record: 'v=spf1 -ip4:203.0.113.7 +all',
    is: 'fail',
    why: 'may not send for example.com (-ip4:203.0.113.7)',
  },
  { at: '4.6.2', record: 'v=spf1 ~ip4:203.0.113.7 +all', is: 'softfail', why: 'should not send' },
  { at: '4.6.2', record: 'v=spf1 ?ip4:203.0.113.7 +all', is: 'neutral', why: 'does not say whether' },
  { at: '4.6.2', record: 'v=spf1 ?ip4:203.0.113.0/24 -ip4:203.0.113.7', is: 'neutral' },
  { at: '4.7', record: 'v=spf1 ip4:192.0.2.1', is: 'neutral', why: 'which ends without "all"' },
  { at: '4.7', record: 'v=spf1', is: 'neutral' },
  {
    at: '4.6',
    record: 'v=spf1 ip4:203.0.113.7 ip4:x',
    is: 'permerror',
    why: 'the SPF record of example.com has no address',
  },
  {
    at: '5.1',
    record: 'v=spf1 -all',
    is: 'fail',
    why: '203.0.113.7 is not in the record of example.com (ends in -all)',
  },
  { at: '5.1', record: 'v=spf1 ~all', is: 'softfail', why: '(ends in ~all)' },
  { at: '5.1', record: 'v=spf1 ?all', is: 'neutral' },
  { at: '5.1', record: 'v=spf1 all', is: 'pass', why: 'every address may send for example.com (all)' },
  { at: '5.1', record: 'v=spf1 -all a:slow.example', is: 'fail' },
  { at: '5.1', record: 'v=spf1 redirect=slow.example -all', is: 'fail' },
  { at: '5.2', record: 'v=spf1 include:pass.example -all', is: 'pass', why: '(include:pass.example)' },
  { at: '5.2', record: 'v=spf1 -include:pass.example +all', is: 'fail' },
  { at: '5.2', record: 'v=spf1 include:fail.example ?all', is: 'neutral' },
  { at: '5.2', record: 'v=spf1 include:soft.example -all', is: 'fail' },
  { at: '5.2', record: 'v=spf1 include:neutral.example -all', is: 'fail' },
  { at: '5.2', record: 'v=spf1 include:wrong.example +all', is: 'permerror', why: 'of wrong.example' },
  { at: '5.2', record: 'v=spf1 include:double.example +all', is: 'permerror', why: 'double.example has 2 SPF records' },
  { at: '5.2', record: 'v=spf1 include:gone.example +all', is: 'permerror', why: 'gone.example does not exist' },
  {
    at: '5.2',
    record: 'v=spf1 include:textless.example +all',
    is: 'permerror',
    why: 'textless.example has no SPF record',
  },
  {
    at: '5.2',
    record: 'v=spf1 include:slow.example +all',
    is: 'temperror',
    why: 'the TXT records of slow.example (timeout)',
  },
  { at: '5.2', record: 'v=spf1 include:sick.example +all', is: 'temperror' },
  { at: '5.2', record: 'v=spf1 ip4:203.0.113.7 include:slow.example', is: 'pass' },
  { at: '5.2', record: 'v=spf1 include:%{h} +all', helo: 'a..b', is: 'permerror', why: 'includes a malformed name' },
  { at: '5.2', record: 'v=spf1 include:only.pass.example -all', is: 'pass' },
  { at: '5.2', record: 'v=spf1 include:below.only.pass.example -all', is: 'pass' },
  { at: '5', record: 'v=spf1 a:four.example -all', is: 'pass' },
  { at: '5', record: 'v=spf1 a:four.example -all', ip: SIX, is: 'fail' },
  { at: '5', record: 'v=spf1 a:six.example -all', is: 'fail' },
  { at: '5', record: 'v=spf1 a:six.example -all', ip: SIX, is: 'pass' },
  { at: '5', record: 'v=spf1 a:four.example -all', ip: '::ffff:203.0.113.7', is: 'pass' },
  { at: '5', record: 'v=spf1 ip4:203.0.113.7 -all', ip: '::FFFF:CB00:7107', is: 'pass' },
  { at: '5', record: 'v=spf1 ip6:::ffff:203.0.113.7 -all', ip: '::ffff:203.0.113.7', is: 'fail' },
  { at: '5', record: 'v=spf1 a:mapped.example -all', is: 'fail' },
  { at: '5', record: 'v=spf1 a:broken.example -all', is: 'fail' },
  { at: '5', record: 'v=spf1 a:slow.example +all', is: 'temperror', why: 'the A records of slow.example' },
  { at: '5', record: 'v=spf1 a:sick.example +all', is: 'temperror' },
  { at: '5', record: 'v=spf1 a:gone.example -all', is: 'fail' },
  { at: '5.3', record: 'v=spf1 a -all', is: 'fail' },
  { at: '5.3', record: 'v=spf1 a -all', ip: '198.51.100.1', is: 'pass' },
  { at: '5.3', record: 'v=spf1 a -all', ip: '2001:db8::1', is: 'pass' },
  { at: '5.3', record: 'v=spf1 a:near.example -all', is: 'fail' },
  { at: '5.3', record: 'v=spf1 a:near.example/24 -all', is: 'pass' },
  { at: '5.3', record: 'v=spf1 a:near.example/26 -all', is: 'fail' },
  { at: '5.3', record: 'v=spf1 a:near.example/24 -all', ip: SIX, is: 'fail' },
  { at: '5.3', record: 'v=spf1 a:near.example//64 -all', ip: SIX, is: 'pass' },
  { at: '5.3', record: 'v=spf1 a:near.example//120 -all', ip: SIX, is: 'fail' },
  { at: '5.3', record: 'v=spf1 a:near.example/0 -all', ip: '192.0.2.1', is: 'pass' },
  { at: '5.4', record: 'v=spf1 mx -all', is: 'pass', why: '(mx)' },
  { at: '5.4', record: 'v=spf1 mx -all', ip: SIX, is: 'pass' },
  { at: '5.4', record: 'v=spf1 mx -all', ip: '203.0.113.8', is: 'fail' },
  { at: '5.4', record: 'v=spf1 mx/30 -all', ip: '203.0.113.5', is: 'pass' },
  { at: '5.4', record: 'v=spf1 mx:four.example -all', is: 'fail' },
  { at: '5.4', record: 'v=spf1 mx:mx-null.example -all', is: 'fail' },
  { at: '5.4', record: 'v=spf1 mx:mx-gone.example -all', is: 'pass' },
  { at: '5.4', record: 'v=spf1 mx:mx-slow.example -all', is: 'temperror' },
  { at: '5.4', record: 'v=spf1 mx:mx-fast.example -all', is: 'pass' },
  { at: '5.4', record: 'v=spf1 mx:slow.example -all', is: 'temperror', why: 'the MX records of slow.example' },
  { at: '5.5', record: 'v=spf1 ptr -all', is: 'pass' },
  { at: '5.5', record: 'v=spf1 ptr:mail.example.com -all', is: 'pass' },
  { at: '5.5', record: 'v=spf1 ptr:ail.example.com -all', is: 'fail' },
  { at: '5.5', record: 'v=spf1 ptr:gone.example -all', is: 'fail' },
  { at: '5.5', record: 'v=spf1 ptr:slow.example -all', is: 'fail' },
  { at: '5.5', record: 'v=spf1 ptr -all', ip: '203.0.113.9', is: 'fail' },
  { at: '5.5', record: 'v=spf1 ptr -all', ip: '203.0.113.8', is: 'fail' },
  { at: '5.5', record: 'v=spf1 ptr -all', ip: '203.0.113.10', is: 'fail' },
  { at: '5.6', record: 'v=spf1 ip4:203.0.113.8/31 -all', is: 'fail' },
  { at: '5.6', record: 'v=spf1 ip4:203.0.113.6/31 -all', is: 'pass' },
  { at: '5.6', record: 'v=spf1 ip4:0.0.0.0/0 -all', is: 'pass' },
  { at: '5.6', record: 'v=spf1 ip4:0.0.0.0/0 -all', ip: SIX, is: 'fail' },
  { at: '5.6', record: 'v=spf1 ip6:::/0 -all', is: 'fail' },
  { at: '5.6', record: 'v=spf1 ip6:2001:db8::/32 -all', ip: SIX, is: 'pass' },
  { at: '5.6', record: 'v=spf1 ip6:2001:db9::/32 -all', ip: SIX, is: 'fail' },
  { at: '5.6', record: 'v=spf1 ip6:2001:db8:0:0:0:0:0.0.0.7 -all', ip: SIX, is: 'pass' },
  { at: '5.7', record: 'v=spf1 exists:four.example -all', is: 'pass' },
  { at: '5.7', record: 'v=spf1 exists:four.example -all', ip: SIX, is: 'pass' },
  { at: '5.7', record: 'v=spf1 exists:six.example -all', ip: SIX, is: 'fail' },
  { at: '5.7', record: 'v=spf1 exists:empty.example -all', is: 'fail' },
  { at: '5.7', record: 'v=spf1 exists:%{i}.list.example -all', is: 'pass' },
  { at: '5.7', record: 'v=spf1 exists:%{l}.user.example -all', is: 'pass' },
  { at: '5.7', record: 'v=spf1 exists:%{l}.user.example -all', mailFrom: 'ANN@example.com', is: 'pass' },
  { at: '5.7', record: 'v=spf1 exists:%{l}.user.example -all', mailFrom: 'bob@example.com', is: 'fail' },
  { at: '6', record: 'v=spf1 moo=slow.example ip4:203.0.113.7', is: 'pass' },
  { at: '6.1', record: 'v=spf1 redirect=pass.example', is: 'pass', why: '203.0.113.7 may send for pass.example' },
  { at: '6.1', record: 'v=spf1 redirect=fail.example', is: 'fail' },
  { at: '6.1', record: 'v=spf1 redirect=fail.example ip4:203.0.113.7', is: 'pass' },
  {
    at: '6.1',
    record: 'v=spf1 redirect=gone.example',
    is: 'permerror',
    why: 'redirects to a name without policy: gone.example does not exist',
  },
  { at: '6.1', record: 'v=spf1 redirect=wrong.example', is: 'permerror' },
  { at: '6.1', record: 'v=spf1 redirect=slow.example', is: 'temperror' },
  {
    at: '6.1',
    record: 'v=spf1 redirect=%{h}',
    helo: 'localhost',
    is: 'permerror',
    why: 'redirects to a malformed name',
  },
  { at: '6.1', record: 'v=spf1 redirect=only.pass.example', is: 'pass' },
  { at: '7.2', record: 'v=spf1 exists:%{p}.p.example -all', is: 'pass' },
  { at: '7.2', record: 'v=spf1 exists:%{p}.p.example -all', ip: '203.0.113.10', is: 'pass' },
  { at: '7.2', record: 'v=spf1 a:%{h} -all', helo: '[203.0.113.7]', is: 'fail' },
  { at: '7.2', record: 'v=spf1 a:%{h} -all', helo: '', is: 'fail' },
  { at: '7.2', record: 'v=spf1 a:%{h} -all', helo: 'FOUR.example.', is: 'pass' },
  { at: '4.3', record: 'v=spf1 a:%{o} -all', mailFrom: 'four.example@EXAMPLE.com.', ip: '198.51.100.1', is: 'pass' },
  { at: '4.3', record: 'v=spf1 exists:%{l}.user.example -all', mailFrom: '@example.com', is: 'fail' },
  { at: '4.3', record: 'v=spf1 ip4:203.0.113.7', mailFrom: '"a@b"@example.com', is: 'pass' },
  { at: '2.4', record: 'v=spf1 ip4:203.0.113.7', mailFrom: '', helo: 'example.com', is: 'pass' },
  { at: '2.4', record: 'v=spf1 ip4:203.0.113.7', mailFrom: '', helo: 'fail.example', is: 'fail' },
  {
    at: '4.3',
    record: 'v=spf1 +all',
    mailFrom: '',
    helo: 'localhost',
    is: 'none',
    why: '"localhost" is no full domain name',
  },
  { at: '4.3', record: 'v=spf1 +all', mailFrom: '', helo: '', is: 'none' },
  { at: '4.3', record: 'v=spf1 +all', mailFrom: '', helo: 'x@example.com', is: 'none' },
  { at: '4.3', record: 'v=spf1 +all', mailFrom: 'ann@a..example.com', is: 'none' },
  {
    at: '4.3',
    record: 'v=spf1 +all',
    mailFrom: 'ann@example.com\r\n',
    is: 'none',
    why: '"example.com??" is no full domain name',
  },
  { at: '4.3', record: 'v=spf1 +all', mailFrom: 'ann@[203.0.113.7]', is: 'none' },
  { at: '4.1', record: 'v=spf1 +all', ip: 'unknown', is: 'none', why: '"unknown" is no IP address' },
  {
    at: '4.4',
    record: 'v=spf1 +all',
    mailFrom: 'ann@slow.example',
    is: 'temperror',
    why: 'DNS gave no answer for the TXT records of slow.example (timeout)',
  },
  { at: '4.4', record: 'v=spf1 +all', mailFrom: 'ann@sick.example', is: 'temperror' },
  { at: '4.4', record: 'v=spf1 +all', mailFrom: 'ann@gone.example', is: 'none', why: 'gone.example does not exist' },
  { at: '4.5', record: 'v=spf1 +all', mailFrom: 'ann@textless.example', is: 'none', why: 'has no SPF record' },
  {
    at: '4.5',
    record: 'v=spf1 +all',
    mailFrom: 'ann@double.example',
    is: 'permerror',
    why: 'double.example has 2 SPF records',
  },
  { at: '4.5', record: 'v=spf10 +all', is: 'none' },
];

for (const { at, record, is, why = '', ...query } of ROWS) {
  const who = Object.entries(query).map(([name, value]) => `, ${name} ${JSON.stringify(value)}`);
  test(`RFC 7208 ${at}: ${record}${who.join('')}: ${is}`, async () => {
    const { result, reason } = await check(record, { zone: ZONE, ...query });
    assert.equal(result, is, reason);
    assert.ok(reason.includes(why), reason);
  });
}

test('RFC 8616 4: U-labels of the sender are checked as A-labels', async () => {
  const zone: Zone = { 'xn--bcher-kva.example': { TXT: ['v=spf1 ip4:203.0.113.7 -all'] } };
  const { result, domain } = await check('v=spf1 -all', { zone, mailFrom: 'ann@B\u00fccher.example' });
  assert.deepEqual([result, domain], ['pass', 'xn--bcher-kva.example']);
});

const UNICODE: readonly (readonly [string, SpfWord])[] = [
  ['v=spf1 exists:%{l}.user.example -all', 'fail'],
  ['v=spf1 exists:%{L}.user.example -all', 'fail'],
  ['v=spf1 -a:%{s} +all', 'pass'],
  ['v=spf1 include:%{l}.example -all', 'fail'],
  ['v=spf1 exists:%{d} -all', 'pass'],
  ['v=spf1 redirect=%{l}.example', 'permerror'],
];

for (const [record, is] of UNICODE) {
  test(`RFC 8616 4: a term with a local-part that is not US-ASCII matches nothing: ${record}`, async () => {
    const { result } = await check(record, { zone: ZONE, mailFrom: 'j\u00fcrgen@example.com' });
    assert.equal(result, is);
  });
}

test('the result tells what decided, of which record, and for whom', async () => {
  const record = 'v=spf1 a:gone.example include:pass.example ~all';
  assert.deepEqual(await check(record, { zone: ZONE, mailFrom: 'ann@Example.Com' }), {
    result: 'pass',
    reason: '203.0.113.7 may send for example.com (include:pass.example)',
    identity: 'mailfrom',
    domain: 'example.com',
    record,
    mechanism: 'include:pass.example',
    lookups: 2,
    voidLookups: 1,
  });
  const helo = await check('v=spf1 ip4:192.0.2.1', { mailFrom: '', helo: 'Example.COM.' });
  assert.deepEqual([helo.identity, helo.domain, helo.mechanism], ['helo', 'example.com', 'default']);
});

test('a reason is short and printable, whatever the sender wrote', async () => {
  const { reason } = await check('v=spf1 +all', { mailFrom: `ann@${'\u001b[2J\u202e'.repeat(100)}` });
  assert.match(reason, /^[\x20-\x7e]{1,150}$/);
});
