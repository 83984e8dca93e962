import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInside } from '../../src/surroundings/http-get.ts';

test('addresses of private networks and of this machine', () => {
  const private_ = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
  ];
  const private6 = [
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
  ];
  for (const address of [...private_, ...private6]) assert.ok(isInside(address), address);
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])
    assert.ok(!isInside(address), address);
});
