const MASK = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const rotated = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & MASK;
const mixed = (lane: bigint, input: bigint): bigint => (rotated((lane + input * P2) & MASK, 31n) * P1) & MASK;

/** Four lanes over blocks of 32 bytes, merged; bytes that fill no block are left to {@link withTail}. */
function ofBlocks(bytes: Buffer): bigint {
  let lanes = [(P1 + P2) & MASK, P2, 0n, (MASK + 1n - P1) & MASK];
  for (let at = 0; at + 32 <= bytes.length; at += 32) {
    lanes = lanes.map((lane, i) => mixed(lane, bytes.readBigUInt64LE(at + 8 * i)));
  }
  const [a, b, c, d] = lanes as [bigint, bigint, bigint, bigint];
  const sum = (rotated(a, 1n) + rotated(b, 7n) + rotated(c, 12n) + rotated(d, 18n)) & MASK;
  return lanes.reduce((hash, lane) => ((hash ^ mixed(0n, lane)) * P1 + P4) & MASK, sum);
}

/** The last bytes: by eight, by four, by one. */
function withTail(start: bigint, bytes: Buffer): bigint {
  let hash = start;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    hash = (rotated(hash ^ mixed(0n, bytes.readBigUInt64LE(at)), 27n) * P1 + P4) & MASK;
  }
  if (at + 4 <= bytes.length) {
    hash = (rotated(hash ^ ((BigInt(bytes.readUInt32LE(at)) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at += 1) hash = (rotated(hash ^ ((BigInt(bytes[at]!) * P5) & MASK), 11n) * P1) & MASK;
  return hash;
}

/**
 * XXH64 with seed 0, as a number without sign.
 *
 * @example xxhash64(Buffer.from('World')) // 1846988464401551951n
 */
export function xxhash64(bytes: Buffer): bigint {
  const start = bytes.length >= 32 ? ofBlocks(bytes) : P5;
  const tail = bytes.subarray(bytes.length - (bytes.length % 32));
  let hash = withTail((start + BigInt(bytes.length)) & MASK, tail);
  hash = ((hash ^ (hash >> 33n)) * P2) & MASK;
  hash = ((hash ^ (hash >> 29n)) * P3) & MASK;
  return hash ^ (hash >> 32n);
}
