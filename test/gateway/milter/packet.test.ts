import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MilterFault } from '../../../src/gateway/milter/fault.ts';
import { PacketReader, packet, uint32 } from '../../../src/gateway/milter/packet.ts';

const read = (reader: PacketReader, chunk: Buffer): string[] =>
  [...reader.read(chunk)].map(({ letter, data }) => `${letter}${data.toString('latin1')}`);

test('a packet is its length, its letter and its data', () => {
  assert.deepEqual(packet('i', uint32(1), 'X\0'), Buffer.from('\0\0\0\x07i\0\0\0\x01X\0', 'latin1'));
});

test('packets are found in however many pieces they come', () => {
  const pieces = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'L'), fc.string({ unit: 'binary-ascii', maxLength: 40 })));
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(20), { minLength: 1 }), (packets, cuts) => {
      const reader = new PacketReader(100);
      const bytes = Buffer.concat(packets.map(([letter, data]) => packet(letter, data)));
      const found: string[] = [];
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = 1 + cuts[i % cuts.length]!;
        found.push(...read(reader, bytes.subarray(at, at + size)));
        at += size;
      }
      assert.deepEqual(
        found,
        packets.map(([letter, data]) => letter + data),
      );
      assert.equal(reader.isAmid, false);
    }),
  );
});

test('a length over the limit is refused before anything of the packet has come', () => {
  assert.deepEqual(read(new PacketReader(5), packet('B', 'four')), ['Bfour']);
  assert.throws(() => read(new PacketReader(4), packet('B', 'four').subarray(0, 4)), MilterFault);
  assert.throws(() => read(new PacketReader(100), Buffer.from([0xff, 0xff, 0xff, 0xff])), /4294967295 bytes/);
});

test('a packet of no bytes is refused', () => {
  assert.throws(() => read(new PacketReader(100), uint32(0)), /no bytes/);
});

test('a packet that has not come to its end is told', () => {
  const reader = new PacketReader(100);
  assert.deepEqual(read(reader, packet('B', 'four').subarray(0, 6)), []);
  assert.equal(reader.isAmid, true);
});
