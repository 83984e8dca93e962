import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from '../../../src/mail/message/client-network.ts';

test('an IPv6 address counts as its /64, IPv4 for itself however it is written', () => {
  const one = networkOf('2001:db8:0:1::7');
  assert.equal(networkOf('2001:DB8:0:1:aaaa:bbbb:cccc:dddd'), one);
  assert.equal(networkOf('2001:db8::1:0:0:0:9'), one);
  assert.notEqual(networkOf('2001:db8:0:2::7'), one);
  assert.equal(networkOf('fe80::1%eth0'), networkOf('fe80::2'));
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1');
  for (const mapped of ['::ffff:192.0.2.1', '::FFFF:192.0.2.1', '::ffff:c000:201', '0:0:0:0:0:ffff:c000:201'])
    assert.equal(networkOf(mapped), '192.0.2.1', mapped);
  assert.notEqual(networkOf('::ffff:192.0.2.2'), networkOf('::ffff:192.0.2.1'));
  assert.equal(networkOf('no address'), 'no address');
});
