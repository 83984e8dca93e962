import { createHash } from 'node:crypto';
import type { KeptMessage } from '../../../src/store/index.ts';

/** A message that follows from its number: 64 to some thousand bytes that no compression makes smaller. */
export const letterOf = (n: number): KeptMessage => ({
  id: `message-${n}`,
  bytes: Buffer.concat(
    Array.from({ length: 1 + (n % 97) }, (_, part) => createHash('sha512').update(`${n}/${part}`).digest()),
  ),
});
