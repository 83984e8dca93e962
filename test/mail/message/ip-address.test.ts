import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressSet, ipAddressOf, isPublicAddress } from '../../../src/mail/message/ip-address.ts';

const forms: Readonly<Record<string, string | undefined>> = {
  '192.0.2.1': '192.0.2.1',
  '[192.0.2.1]': '192.0.2.1',
  '[IPv6:2001:DB8::1]': '2001:db8::1',
  '2001:0db8:0:0:0:0:0:1': '2001:db8::1',
  '::1': '::1',
  '::ffff:192.0.2.1': '192.0.2.1',
  '[IPv6:::ffff:192.0.2.1]': '192.0.2.1',
  '0:0:0:0:0:ffff:c000:201': '192.0.2.1',
  'fe80::1%eth0': 'fe80::1',
  '[fe80::1%6]': 'fe80::1',
  '192.0.2': undefined,
  '192.0.2.256': undefined,
  '192.0.02.1': undefined,
  '0x7f.0.0.1': undefined,
  '2001:db8::1::2': undefined,
  'mail.example.com': undefined,
  '': undefined,
  [`::${'0'.repeat(100)}1`]: undefined,
};

for (const [text, ip] of Object.entries(forms)) {
  test(`RFC 5321 section 4.1.3: ${text.slice(0, 40)} is ${ip ?? 'no address'}`, () =>
    assert.equal(ipAddressOf(text), ip));
}

/** Of each block of RFC 6890's registry one inside and, where a neighbour is public, one just outside. */
const publicOrNot: Readonly<Record<string, boolean>> = {
  '0.1.2.3': false,
  '10.255.255.255': false,
  '11.0.0.0': true,
  '9.255.255.255': true,
  '100.63.255.255': true,
  '100.64.0.0': false,
  '100.127.255.255': false,
  '100.128.0.0': true,
  '127.0.0.1': false,
  '128.0.0.0': true,
  '169.254.169.254': false,
  '169.255.0.0': true,
  '172.15.255.255': true,
  '172.16.0.0': false,
  '172.31.255.255': false,
  '172.32.0.0': true,
  '192.168.0.1': false,
  '192.169.0.0': true,
  '198.18.0.1': false,
  '198.20.0.0': true,
  '224.0.0.1': false,
  '255.255.255.255': false,
  '::': false,
  '::1': false,
  '::2': true,
  'fc00::1': false,
  'fdff::1': false,
  'fe80::1': false,
  'fec0::1': false,
  'ff02::1': false,
  '2002:a05::1': false,
  '2002:b00::1': true,
  '2002:c0a8::1': false,
  '2002:808:808::1': true,
  '2606:4700::1': true,
  // RFC 5737 and 3849: examples stand for the public.
  '192.0.2.1': true,
  '2001:db8::1': true,
  'no address': false,
};

for (const [ip, isPublic] of Object.entries(publicOrNot)) {
  test(`RFC 6890: ${ip} is ${isPublic ? '' : 'not '}public`, () => assert.equal(isPublicAddress(ip), isPublic));
}

test('a set holds addresses and blocks, and passes over what is neither', () => {
  const set = addressSet(['192.0.2.0/28', '2001:db8::/32', '198.51.100.7', 'mx.example.com', '192.0.2.0/99', '/8']);
  assert.deepEqual(
    ['192.0.2.15', '192.0.2.16', '2001:db8:ffff::1', '2001:db9::1', '198.51.100.7', '198.51.100.8', 'x'].map(set.has),
    [true, false, true, false, true, false, false],
  );
});
