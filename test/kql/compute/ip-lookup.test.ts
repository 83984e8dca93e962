import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { operationNamed } from '../../../src/kql/compute/index.ts';

const schema = [{ name: 'ip', type: 'string' }] as const;
const lookup = (kind: string, addresses: readonly string[], networks: readonly string[]): string[] =>
  operationNamed('ip_lookup')!
    .run(
      [addresses, networks].map((texts) => ({ schema, rows: texts.map((text) => [text]) })),
      kind,
      [],
    )
    .map((row) => row.join(' in '))
    .sort();

/** Few bits, so that networks lie in each other. */
const number = fc.integer({ min: 0, max: 255 }).map((bits) => ((bits & 0xf0) << 24) | (bits & 15));
const text = (bits: number): string => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
const addresses = fc.uniqueArray(number, { maxLength: 12 });
const networks = fc.uniqueArray(fc.record({ bits: number, prefix: fc.integer({ min: 0, max: 32 }) }), {
  maxLength: 12,
  selector: ({ bits, prefix }) => `${bits}/${prefix}`,
});

test('every address with every network that holds it', () => {
  fc.assert(
    fc.property(addresses, networks, (hosts, nets) => {
      const holds = (host: number, bits: number, prefix: number) =>
        prefix === 0 || (host ^ bits) >>> (32 - prefix) === 0;
      const expected = hosts.flatMap((host) =>
        nets
          .filter(({ bits, prefix }) => holds(host, bits, prefix))
          .map(({ bits, prefix }) => `${text(host)} in ${text(bits)}/${prefix}`),
      );
      const nettexts = nets.map(({ bits, prefix }) => `${text(bits)}/${prefix}`);
      assert.deepEqual(lookup('ipv4', hosts.map(text), nettexts), expected.sort());
    }),
  );
});

test('what is no address of the kind finds nothing', () => {
  assert.deepEqual(
    lookup('ipv4', ['', 'x', '::1', '10.0.0.256', '10.0.0.1'], ['::/0', '', '0.0.0.0/33', '10.0.0.0/8']),
    ['10.0.0.1 in 10.0.0.0/8'],
  );
  assert.deepEqual(lookup('ipv6', ['10.0.0.1', 'fe80::1', 'x'], ['fe80::/64', '::/0']), [
    '10.0.0.1 in ::/0',
    'fe80::1 in ::/0',
    'fe80::1 in fe80::/64',
  ]);
});
