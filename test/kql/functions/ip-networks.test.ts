import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipFunctions } from '../../../src/kql/functions/ip.ts';
import { ipPrefixSearchFunctions } from '../../../src/kql/functions/ip-prefix-search.ts';
import { ipv4FormatFunctions } from '../../../src/kql/functions/ipv4-format.ts';
import { ipv6Functions } from '../../../src/kql/functions/ipv6.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { type Case, checkRows, dynamic, long, string, type TypedValue } from './check.ts';

const cases = (type: KqlType, rows: readonly (readonly [string, readonly TypedValue[], Value])[]): Case[] =>
  rows.map(([name, args, expected]) => ({ name, args, type, expected }));

test('IPv4 addresses cut to a prefix', async () => {
  await checkRows(
    ipv4FormatFunctions,
    cases('string', [
      ['format_ipv4', [string('192.168.1.1'), long(24n)], '192.168.1.0'],
      ['format_ipv4', [string('192.168.1.1/24'), long(32n)], '192.168.1.0'],
      ['format_ipv4', [string('192.168.1.1'), long(-1n)], ''],
      ['format_ipv4', [string('192.168.1.256')], ''],
      ['format_ipv4', [long(3232235777n)], '192.168.1.1'],
      ['format_ipv4', [long(4294967296n)], ''],
      ['format_ipv4_mask', [long(3232235777n), long(24n)], '192.168.1.0/24'],
      ['format_ipv4_mask', [string('1.2.3.4'), long(0n)], '0.0.0.0/0'],
    ]),
  );
  await checkRows(
    ipv4FormatFunctions,
    cases('long', [
      ['parse_ipv4_mask', [string('127.0.0.1'), long(24n)], 2130706432n],
      ['parse_ipv4_mask', [string('127.0.0.1/16'), long(33n)], null],
    ]),
  );
});

test('a range of IPv4 addresses as networks', () =>
  checkRows(
    ipv4FormatFunctions,
    cases('dynamic', [
      [
        'ipv4_range_to_cidr_list',
        [string('1.1.128.0'), string('1.1.140.255')],
        ['1.1.128.0/21', '1.1.136.0/22', '1.1.140.0/24'],
      ],
      ['ipv4_range_to_cidr_list', [string('0.0.0.0'), string('255.255.255.255')], ['0.0.0.0/0']],
      ['ipv4_range_to_cidr_list', [string('10.0.0.1'), string('10.0.0.2')], ['10.0.0.1/32', '10.0.0.2/32']],
      ['ipv4_range_to_cidr_list', [string('10.0.0.1'), string('x')], null],
    ]),
  ));

test('an IPv4 address in one of some networks', () =>
  checkRows(
    ipFunctions,
    cases('bool', [
      ['ipv4_is_in_any_range', [string('192.168.1.6'), string('10.0.0.0/8'), string('192.168.1.1/24')], true],
      ['ipv4_is_in_any_range', [string('192.168.2.6'), string('10.0.0.0/8'), string('192.168.1.1/24')], false],
      ['ipv4_is_in_any_range', [string('127.0.0.1'), dynamic('["127.0.0.1","192.168.1.1"]')], true],
      ['ipv4_is_in_any_range', [string('x'), dynamic('["127.0.0.1"]')], null],
      ['ipv4_is_in_any_range', [string('1.1.1.1'), string('x')], null],
      ['ipv4_is_in_any_range', [string('1.1.1.1'), string('x'), string('0.0.0.0/0')], true],
    ]),
  ));

test('addresses of a network in a text', () =>
  checkRows(
    ipPrefixSearchFunctions,
    cases('bool', [
      ['has_ipv4_prefix', [string('GET 127.0.0.1 x'), string('127.0.')], true],
      ['has_ipv4_prefix', [string('GET 127.0.0.1 x'), string('127.0')], false],
      ['has_ipv4_prefix', [string('GET 127.0.0.256 x'), string('127.0.')], false],
      ['has_ipv4_prefix', [string('54127.0.0.1 x'), string('127.0.')], false],
      ['has_ipv4_prefix', [string('é127.0.0.1 x'), string('127.')], false],
      ['has_ipv4_prefix', [string('127.0.0.1'), string('127.0.0.1')], true],
      ['has_ipv4_prefix', [string('127.0.0.12'), string('127.0.0.1')], false],
      ['has_any_ipv4_prefix', [string('at 127.0.0.1'), dynamic('["10.","127.0."]')], true],
      ['has_any_ipv4_prefix', [string('at 127.0.0.1'), string('10.'), string('')], false],
    ]),
  ));

const A = 'fe80::85d:e82c:9446:7994';
const B = 'fe80::85d:e82c:9446:7998';
test('IPv6 addresses', async () => {
  await checkRows(
    ipv6Functions,
    cases('string', [
      ['parse_ipv6', [string('192.168.255.255/24')], '0000:0000:0000:0000:0000:ffff:c0a8:ff00'],
      ['parse_ipv6', [string('::1')], '0000:0000:0000:0000:0000:0000:0000:0001'],
      ['parse_ipv6', [string('1:2:3:4:5:6:7:8:9')], ''],
      ['parse_ipv6', [string('1::2::3')], ''],
      ['parse_ipv6', [string('1:2:3:4:5:6:7::8')], ''],
      ['parse_ipv6', [string('::1/129')], ''],
      ['parse_ipv6_mask', [string(`${A}/120`), long(124n)], 'fe80:0000:0000:0000:085d:e82c:9446:7900'],
      ['parse_ipv6_mask', [string('::192.168.255.255/24'), long(128n)], '0000:0000:0000:0000:0000:ffff:c0a8:ff00'],
      ['parse_ipv6_mask', [string('::1'), long(129n)], ''],
    ]),
  );
  await checkRows(
    ipv6Functions,
    cases('bool', [
      ['ipv6_is_match', [string(A), string(`${B}/120`)], true],
      ['ipv6_is_match', [string(A), string(B)], false],
      ['ipv6_is_match', [string('192.168.1.1'), string('::ffff:c0a8:0101')], true],
      ['ipv6_is_match', [string(A), string('x')], null],
      ['ipv6_is_in_range', [string(A), string(`${B}/112`)], true],
      ['ipv6_is_in_range', [string(`${A}/8`), string(B)], false],
      ['ipv6_is_in_any_range', [string(A), dynamic(`["::1","fe80::/16"]`)], true],
      ['ipv6_is_in_any_range', [string('x'), string('::1')], null],
    ]),
  );
  await checkRows(
    ipv6Functions,
    cases('long', [
      ['ipv6_compare', [string(A), string(B)], -1n],
      ['ipv6_compare', [string(B), string(A), long(127n)], 1n],
      ['ipv6_compare', [string('192.168.1.1'), string('192.168.1.0'), long(31n)], 0n],
    ]),
  );
});

test('a prefix that may mean two things is refused', () =>
  assert.rejects(
    checkRows(ipv6Functions, cases('long', [['ipv6_compare', [string('9.9.9.9'), string('1.1.1.1'), long(24n)], 1n]])),
    /two things/,
  ));
