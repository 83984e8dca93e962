import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressOf, clientAddress, inNetwork, readable, reverseName } from '../../../src/mail/spf/address.ts';

const READABLE: readonly (readonly [string, string | undefined])[] = [
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['::', '::'],
  ['::1', '::1'],
  ['2001:db8::192.0.2.1', '2001:db8::c000:201'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:0201', '192.0.2.1'],
  ['::192.0.2.1', '::c000:201'],
  ['fe80::1%eth0', 'fe80::1'],
  ['192.0.02.1', undefined],
  ['192.0.2.1 ', undefined],
  ['[::1]', undefined],
  ['1::2::3', undefined],
  ['', undefined],
  ['%', undefined],
  ['unknown', undefined],
];

for (const [text, expected] of READABLE) {
  test(`RFC 7208 5: the client ${JSON.stringify(text)} is ${expected ?? 'none'}`, () => {
    const address = clientAddress(text);
    assert.equal(address && readable(address), expected);
  });
}

test('RFC 1035 3.5 and RFC 3596 2.5: where the PTR records stand', () => {
  assert.equal(reverseName(clientAddress('192.0.2.1')!), '1.2.0.192.in-addr.arpa');
  const zeros = '0.'.repeat(23);
  assert.equal(reverseName(clientAddress('2001:db8::1')!), `1.${zeros}8.b.d.0.1.0.0.2.ip6.arpa`);
});

test('an address is in a network exactly if node:net says so', () => {
  const pair = fc.constantFrom('ipv4' as const, 'ipv6' as const).chain((family) => {
    const ip = family === 'ipv4' ? fc.ipV4() : fc.ipV6();
    return fc.tuple(
      fc.constant(family),
      ip,
      ip,
      fc.nat(family === 'ipv4' ? 32 : 128),
      fc.constantFrom(-1, 0, undefined),
    );
  });
  fc.assert(
    fc.property(pair, ([family, one, other, prefix, near]) => {
      const list = new BlockList();
      const network = addressOf(one)!;
      // Neighbours differ in one bit, the last that counts or the first that does not: random pairs are never close.
      const client = near === undefined ? addressOf(other)! : flipped(network, prefix + near);
      list.addSubnet(textOf(network), prefix, family);
      assert.equal(inNetwork(client, network, prefix), list.check(textOf(client), family));
    }),
  );
});

function flipped(address: Uint8Array, bit: number): Uint8Array {
  return address.map((byte, i) => (i === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte));
}

function textOf(address: Uint8Array): string {
  if (address.length === 4) return address.join('.');
  return Buffer.from(address)
    .toString('hex')
    .replace(/.{4}(?=.)/g, '$&:');
}

test('families never mix', () => {
  assert.equal(inNetwork(addressOf('192.0.2.1')!, addressOf('::')!, 0), false);
  assert.equal(inNetwork(addressOf('::ffff:192.0.2.1')!, addressOf('192.0.2.1')!, 0), false);
});
