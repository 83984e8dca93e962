import { checkPrimeSync, createHash } from 'node:crypto';

/** What the seed's bytes are drawn with: an extendable-output function gives as many as are asked for. */
export const bytesOf = (name: string, length: number): Buffer =>
  createHash('shake256', { outputLength: length }).update(name).digest();

/** Odd primes below this are sieved out before the dear test; more would cost longer than it saves. */
const SIEVED = 8192;
/** Odd numbers looked at in one stretch. The distance between primes of 1,024 bit is 710 on average. */
const STRETCH = 4096;

const smallPrimes: readonly number[] = primesBelow(SIEVED);

function primesBelow(limit: number): number[] {
  const isComposite = new Uint8Array(limit);
  const primes: number[] = [];
  for (let n = 3; n < limit; n += 2) {
    if (isComposite[n]) continue;
    primes.push(n);
    for (let multiple = n * n; multiple < limit; multiple += 2 * n) isComposite[multiple] = 1;
  }
  return primes;
}

/**
 * The first prime at or after a number that follows from a name: the same name, the same prime, on every machine. Its two
 * highest bits are set, so that the product of two has exactly twice the bits (FIPS 186-5 appendix A.1.3 asks for the
 * like). Fit for made-up mail only: who knows the name knows the prime.
 *
 * @param bits a multiple of 8, at least 32
 * @param suits what else is asked of the prime
 * @example primeFrom('seed 1/p', 1024, (p) => p % 65537n !== 1n)
 */
export function primeFrom(name: string, bits: number, suits: (prime: bigint) => boolean): bigint {
  const bytes = bytesOf(name, bits / 8);
  bytes[0]! |= 0xc0;
  bytes[bytes.length - 1]! |= 1;
  for (let start = BigInt(`0x${bytes.toString('hex')}`); ; start += BigInt(2 * STRETCH)) {
    for (const offset of candidatesFrom(start)) {
      const candidate = start + BigInt(2 * offset);
      if (checkPrimeSync(candidate) && suits(candidate)) return candidate;
    }
  }
}

/** Half the distances from `start`, an odd number, to the numbers of the stretch that no small prime divides. */
function* candidatesFrom(start: bigint): Generator<number> {
  const isComposite = new Uint8Array(STRETCH);
  for (const prime of smallPrimes) {
    const rest = Number(start % BigInt(prime));
    // The first k with start + 2k divisible by the prime: half of what is missing, made even first.
    const missing = (prime - rest) % prime;
    const first = missing % 2 === 0 ? missing / 2 : (missing + prime) / 2;
    for (let k = first; k < STRETCH; k += prime) isComposite[k] = 1;
  }
  for (let k = 0; k < STRETCH; k++) if (!isComposite[k]) yield k;
}
