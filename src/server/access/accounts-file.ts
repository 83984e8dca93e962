import { randomUUID } from 'node:crypto';
import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MailhuntError } from '../../errors/index.ts';
import { isHash } from './password.ts';
import { type Right, type Role, rightsOfRoles } from './right.ts';

/** Somebody who signs in. */
export interface User {
  /** Lower case. */
  readonly name: string;
  /** As `hashPassword` writes it. */
  readonly password: string;
  readonly role: Role;
  /** True where he may read what people wrote. */
  readonly bodies: boolean;
  readonly disabled: boolean;
}

/** What a program shows instead of signing in. */
export interface Token {
  /** Eight hexadecimal digits; they stand in the secret, too. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the secret, hexadecimal: a random secret of 256 bits needs no slow hash. */
  readonly hash: string;
  readonly rights: readonly Right[];
  /** ISO 8601; null for one that does not expire. */
  readonly expires: string | null;
}

/** Who may come in: `accounts.json` in the store's folder. */
export interface AccountsFile {
  readonly users: readonly User[];
  readonly tokens: readonly Token[];
}

export const noAccounts: AccountsFile = { users: [], tokens: [] };

/** Where the accounts of a store stand. */
export const accountsPath = (folder: string): string => join(folder, 'accounts.json');

/** What a user or token may be called. */
export const accountName = /^[a-z0-9][a-z0-9._@-]{0,63}$/;

/** Rights that a token may have: `append` is the owner's alone. */
export const tokenRights: readonly Right[] = ['query', 'bodies', 'edit', 'respond', 'admin', 'upkeep'];

/** True where anybody is to sign in. */
export const hasAccounts = ({ users, tokens }: AccountsFile): boolean => users.length + tokens.length > 0;

/** The accounts of a store; none where there is no file. Throws ACCESS0009. */
export async function readAccounts(folder: string): Promise<AccountsFile> {
  let text: string;
  try {
    text = await readFile(accountsPath(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noAccounts;
    throw new MailhuntError(
      'ACCESS0009',
      { text: (error as NodeJS.ErrnoException).code ?? 'unknown' },
      { cause: error },
    );
  }
  return parseAccounts(text);
}

/** The accounts in the text of a file. Throws ACCESS0009 for anything that is not wholly as it should be. */
export function parseAccounts(text: string): AccountsFile {
  let file: Partial<AccountsFile> | null;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new MailhuntError('ACCESS0009', { text: 'it is not JSON' }, { cause: error });
  }
  const { users, tokens } = file ?? {};
  if (!Array.isArray(users) || !users.every(isUser)) throw new MailhuntError('ACCESS0009', { text: 'users' });
  if (!Array.isArray(tokens) || !tokens.every(isToken)) throw new MailhuntError('ACCESS0009', { text: 'tokens' });
  return { users, tokens };
}

const isUser = (user: Partial<User> | null): user is User =>
  accountName.test(user?.name ?? '') &&
  isHash(user?.password) &&
  Object.hasOwn(rightsOfRoles, user?.role ?? '') &&
  typeof user?.bodies === 'boolean' &&
  typeof user?.disabled === 'boolean';

const isToken = (token: Partial<Token> | null): token is Token =>
  /^[0-9a-f]{8}$/.test(token?.id ?? '') &&
  accountName.test(token?.name ?? '') &&
  /^[0-9a-f]{64}$/.test(token?.hash ?? '') &&
  Array.isArray(token?.rights) &&
  token.rights.every((right) => tokenRights.includes(right)) &&
  (token.expires === null || Number.isFinite(Date.parse(String(token.expires))));

const PATIENCE = 40;
const PAUSE = 50;
/** A lock that is older was left behind by a process that died. */
const STALE = 30_000;

/**
 * Changes the accounts, one process at a time; the file is there whole or as before, readable by this user only. Throws
 * ACCESS0013 where another process does not finish, and what `change` throws.
 */
export async function changeAccounts(
  folder: string,
  change: (accounts: AccountsFile) => AccountsFile,
): Promise<AccountsFile> {
  const path = accountsPath(folder);
  await using _ = await locked(`${path}.lock`);
  const changed = change(await readAccounts(folder));
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(changed, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  return changed;
}

async function locked(lock: string): Promise<AsyncDisposable> {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      return { [Symbol.asyncDispose]: () => unlink(lock) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age = Date.now() - ((await stat(lock).catch(() => undefined))?.mtimeMs ?? Date.now());
      if (age > STALE) await unlink(lock).catch(() => {});
      else await sleep(PAUSE);
    }
  }
  throw new MailhuntError('ACCESS0013', { file: lock });
}
