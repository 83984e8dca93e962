import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipSearchFunctions } from '../../../src/kql/functions/ip-search.ts';
import { type Case, checkRows, dynamic, string, type TypedValue } from './check.ts';

const line = '05:04:54 127.0.0.1 GET /favicon.ico 404';
const has = (name: string, expected: boolean, text: string, ...addresses: TypedValue[]): Case => ({
  name,
  args: [string(text), ...addresses],
  type: 'bool',
  expected,
  constantArgs: addresses.map((_, i) => i + 1),
});

test('addresses are found where no letter or digit stands beside them', async () => {
  await checkRows(ipSearchFunctions, [
    has('has_ipv4', true, line, string('127.0.0.1')),
    has('has_ipv4', false, line.replace(' 127', '127'), string('127.0.0.1')),
    has('has_ipv4', false, '127.0.0.12', string('127.0.0.1')),
    has('has_ipv4', false, '127a0b0c1', string('127.0.0.1')),
    has('has_ipv4', true, 'a\n127.0.0.1', string('127.0.0.1')),
    has('has_ipv4', false, '127.0.0.256', string('127.0.0.256')),
    has('has_ipv4', false, '', string('127.0.0.1')),
    has('has_any_ipv4', true, line, string('127.0.0.2'), string('127.0.0.1')),
    has('has_any_ipv4', true, line, dynamic('["127.0.0.256","127.0.0.1"]')),
    has('has_any_ipv4', false, line, dynamic('["127.0.0.2","127.0.0.3"]')),
    has('has_any_ipv4', false, line, dynamic('[]')),
  ]);
});

test('addresses in other forms are refused', async () => {
  for (const address of ['127.0.0.01', '127.0.0.0/8', '127.0.0', 'mail'])
    await assert.rejects(checkRows(ipSearchFunctions, [has('has_ipv4', false, line, string(address))]), /refuses/);
});
