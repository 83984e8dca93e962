import { randomBytes } from 'node:crypto';
import { MailhuntError } from '../../errors/index.ts';
import { hashOfSecret } from './accounts.ts';
import { type AccountsFile, changeAccounts, type Token, type User } from './accounts-file.ts';
import { hashPassword, requirePassword } from './password.ts';
import type { Right } from './right.ts';

/** Changes of a user that keep his password. */
export type UserChange = Partial<Pick<User, 'role' | 'bodies' | 'disabled'>>;

/** Adds a user. Throws ACCESS0011 where there is one of the name, ACCESS0012 for a weak password. */
export async function addUser(folder: string, { password, ...user }: User): Promise<void> {
  requirePassword(password, user.name);
  const hash = await hashPassword(password);
  await changeAccounts(folder, (accounts) => {
    if (accounts.users.some(({ name }) => name === user.name))
      throw new MailhuntError('ACCESS0011', { kind: 'user', name: user.name });
    return { ...accounts, users: [...accounts.users, { ...user, password: hash }] };
  });
}

/** Gives a user another password, which ends his sessions. Throws ACCESS0010, ACCESS0012. */
export async function changePassword(folder: string, name: string, password: string): Promise<void> {
  requirePassword(password, name);
  const hash = await hashPassword(password);
  await changeUsers(folder, name, (user) => [{ ...user, password: hash }]);
}

/** Changes what a user may do. Throws ACCESS0010. */
export const changeUser = (folder: string, name: string, change: UserChange): Promise<void> =>
  changeUsers(folder, name, (user) => [{ ...user, ...change }]);

/** Removes a user. Throws ACCESS0010. */
export const removeUser = (folder: string, name: string): Promise<void> => changeUsers(folder, name, () => []);

async function changeUsers(folder: string, name: string, change: (user: User) => readonly User[]): Promise<void> {
  await changeAccounts(folder, (accounts) => {
    requireThere('user', name, accounts.users);
    return { ...accounts, users: accounts.users.flatMap((user) => (user.name === name ? change(user) : [user])) };
  });
}

/** A token's secret, of which only the hash is kept: it is shown once. Throws ACCESS0011. */
export async function createToken(
  folder: string,
  {
    name,
    rights,
    expires,
  }: { readonly name: string; readonly rights: readonly Right[]; readonly expires: string | null },
): Promise<string> {
  const id = randomBytes(4).toString('hex');
  const secret = `mh_${id}_${randomBytes(32).toString('base64url')}`;
  const token: Token = { id, name, hash: hashOfSecret(secret), rights, expires };
  await changeAccounts(folder, (accounts) => {
    if (accounts.tokens.some((known) => known.name === name || known.id === id))
      throw new MailhuntError('ACCESS0011', { kind: 'token', name });
    return { ...accounts, tokens: [...accounts.tokens, token] };
  });
  return secret;
}

/** Revokes a token by its name. Throws ACCESS0010. */
export async function revokeToken(folder: string, name: string): Promise<void> {
  await changeAccounts(folder, (accounts) => {
    requireThere('token', name, accounts.tokens);
    return { ...accounts, tokens: accounts.tokens.filter((token) => token.name !== name) };
  });
}

function requireThere(kind: 'user' | 'token', name: string, all: AccountsFile['users' | 'tokens']): void {
  if (!all.some((one) => one.name === name)) throw new MailhuntError('ACCESS0010', { kind, name });
}
