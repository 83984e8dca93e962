import { randomBytes } from 'node:crypto';
import { hashOfSecret } from '../../../src/server/access/accounts.ts';
import { changeAccounts, type Token, type User } from '../../../src/server/access/accounts-file.ts';
import { hashPassword } from '../../../src/server/access/password.ts';
import type { Right, Role } from '../../../src/server/access/right.ts';
import { post, type Sent, send } from '../rig.ts';

/** As little work as scrypt can do: tests sign in often. */
export const cheap = { N: 16, r: 8, p: 1 };

export const PASSWORD = 'correct horse battery staple';
const cheapHash = hashPassword(PASSWORD, cheap);

/** A user whose password is {@link PASSWORD}. */
export const userNamed = async (name: string, role: Role = 'reader', bodies = false): Promise<User> => ({
  name,
  password: await cheapHash,
  role,
  bodies,
  disabled: false,
});

/** Adds users to a store's accounts; one reader, `ada`, where none are given. */
export async function withAccounts(folder: string, users?: readonly User[]): Promise<void> {
  const added = users ?? [await userNamed('ada')];
  await changeAccounts(folder, (accounts) => ({ ...accounts, users: [...accounts.users, ...added] }));
}

/** Adds a token to a store's accounts; its secret. */
export async function withToken(
  folder: string,
  rights: readonly Right[],
  expires: string | null = null,
): Promise<string> {
  const id = randomBytes(4).toString('hex');
  const secret = `mh_${id}_${randomBytes(32).toString('base64url')}`;
  const token: Token = { id, name: `t${id}`, hash: hashOfSecret(secret), rights, expires };
  await changeAccounts(folder, (accounts) => ({ ...accounts, tokens: [...accounts.tokens, token] }));
  return secret;
}

/** What a browser that signed in sends along. */
export interface SignedIn {
  readonly answer: Sent;
  readonly cookie: { readonly Cookie: string };
  readonly headers: { readonly Cookie: string; readonly 'X-CSRF-Token': string };
}

export async function signIn(address: string, name: string, password = PASSWORD): Promise<SignedIn> {
  const answer = await post(address, '/api/v1/login', { name, password });
  const Cookie = String(answer.headers['set-cookie']?.[0] ?? '').split(';', 1)[0] ?? '';
  return { answer, cookie: { Cookie }, headers: { Cookie, 'X-CSRF-Token': String(answer.json?.csrf ?? '') } };
}

/** What `GET /api/v1/me` says. */
export const me = (address: string, headers: Record<string, string> = {}): Promise<Sent> =>
  send(address, '/api/v1/me', { headers });
