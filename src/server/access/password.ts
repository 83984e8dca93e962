import { type BinaryLike, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { MailhuntError } from '../../errors/index.ts';

/** How much work scrypt does; kept with each hash, so that they can rise without making old hashes useless. */
export interface ScryptCosts {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/**
 * 128 MB and about 0.4 s for each attempt.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
 */
export const scryptCosts: ScryptCosts = { N: 2 ** 17, r: 8, p: 1 };

const SALT = 16;
const KEY = 32;
const LEAST = 12;
const MOST = 256;
/** A file with greater costs than these was not written by us. */
const MOST_MEMORY = 512 * 1024 * 1024;

const form = /^\$scrypt\$N=(\d{1,8}),r=(\d{1,3}),p=(\d{1,3})\$([\w-]{22})\$([\w-]{43})$/;

/**
 * The hash under which a password is kept: `$scrypt$N=…,r=…,p=…$SALT$KEY`.
 *
 * @example await hashPassword('correct horse battery staple') // '$scrypt$N=131072,r=8,p=1$…$…'
 */
export async function hashPassword(password: string, costs: ScryptCosts = scryptCosts): Promise<string> {
  const salt = randomBytes(SALT);
  return written(costs, salt, await derive(password, salt, costs));
}

/** A hash that no password has, for names that nobody has: to look for them takes the same time. */
export const nobodysHash = (costs: ScryptCosts = scryptCosts): string =>
  written(costs, randomBytes(SALT), randomBytes(KEY));

/** True where the hash is of that password. False, too, for a text that is no hash. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = form.exec(hash) ?? [];
  if (N === undefined || password.length > MOST) return false;
  const wanted = Buffer.from(key, 'base64url');
  const costs = { N: Number(N), r: Number(r), p: Number(p) };
  if (128 * costs.N * costs.r > MOST_MEMORY) return false;
  return timingSafeEqual(wanted, await derive(password, Buffer.from(salt, 'base64url'), costs));
}

/** True for what {@link hashPassword} writes. */
export const isHash = (text: unknown): text is string => typeof text === 'string' && form.test(text);

/** Refuses passwords that are guessed first (ACCESS0012): short ones, and those made of the name or of one character. */
export function requirePassword(password: string, name: string): void {
  const refuse = (text: string): never => {
    throw new MailhuntError('ACCESS0012', { text });
  };
  const plain = password.normalize('NFKC').toLowerCase();
  if (plain.length < LEAST) refuse(`it has fewer than ${LEAST} characters`);
  if (password.length > MOST) refuse(`it has more than ${MOST} characters`);
  if (new Set(plain.replaceAll(name.toLowerCase(), '')).size < 4) refuse('it is too simple');
}

const written = ({ N, r, p }: ScryptCosts, salt: Buffer, key: Buffer): string =>
  `$scrypt$N=${N},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;

/** The same characters, however a keyboard composes them, are the same password. */
function derive(password: string, salt: BinaryLike, costs: ScryptCosts): Promise<Buffer> {
  const options: ScryptOptions = { ...costs, maxmem: MOST_MEMORY + 1024 * 1024 };
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, KEY, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
}
