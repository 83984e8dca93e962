import { setImmediate } from 'node:timers/promises';

/** Bytes that are copied before others have their turn: some milliseconds of a busy machine. */
const TURN = 4 << 20;

/**
 * Parts one behind the other, in memory of their own. Large ones are copied piece by piece, and others answered meanwhile:
 * 50 MB at once are 0.1 s and more.
 *
 * @param size bytes of all parts
 */
export async function joined(parts: Iterable<Uint8Array>, size: number): Promise<Buffer> {
  const all = Buffer.allocUnsafeSlow(size);
  let at = 0;
  let turn = 0;
  for (const part of parts) {
    for (let from = 0; from < part.length; from += TURN) {
      const piece = part.subarray(from, from + TURN);
      all.set(piece, at);
      at += piece.length;
      turn += piece.length;
      if (turn < TURN) continue;
      turn = 0;
      await setImmediate();
    }
  }
  return all;
}
