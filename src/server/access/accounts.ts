import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { MailhuntError } from '../../errors/index.ts';
import {
  type AccountsFile,
  accountsPath,
  hasAccounts,
  noAccounts,
  parseAccounts,
  type Token,
  type User,
} from './accounts-file.ts';

const secretForm = /^mh_([0-9a-f]{8})_[\w-]{43}$/;

/** SHA-256 of a token's secret, as it is kept. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * The accounts as a running server sees them: a change of the file counts from the next request on. Once anybody had to
 * sign in, everybody has to until the server is started anew: a file that vanishes opens nothing.
 */
export class Accounts {
  readonly #path: string;
  #seen = '';
  #required = false;
  #users: ReadonlyMap<string, User> = new Map();
  #tokens: ReadonlyMap<string, Token> = new Map();

  constructor(folder: string) {
    this.#path = accountsPath(folder);
  }

  /** True where people have to sign in. Throws ACCESS0009 where the file cannot be read. */
  get required(): boolean {
    this.#refresh();
    return this.#required;
  }

  /** The user of a name; undefined for one that is not there or may not come in. */
  user(name: string): User | undefined {
    this.#refresh();
    const user = this.#users.get(name.toLowerCase());
    return user?.disabled ? undefined : user;
  }

  /** The token that a secret is of; undefined where there is none, or it has expired. `now` in milliseconds since 1970. */
  token(secret: string, now: number): Token | undefined {
    this.#refresh();
    const token = this.#tokens.get(secretForm.exec(secret)?.[1] ?? '');
    if (token === undefined) return undefined;
    const same = timingSafeEqual(Buffer.from(hashOfSecret(secret)), Buffer.from(token.hash));
    const lives = token.expires === null || Date.parse(token.expires) > now;
    return same && lives ? token : undefined;
  }

  /** Looks at the file: its number, time and size change with its content, for it is always replaced. */
  #refresh(): void {
    const file = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    const seen = file ? `${file.ino} ${file.mtimeNs} ${file.size}` : 'none';
    if (seen === this.#seen) return;
    this.#take(file ? this.#read() : noAccounts);
    this.#seen = seen;
  }

  #read(): AccountsFile {
    // Whatever it says: there is a file, so this is no server for everybody.
    this.#required = true;
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      throw new MailhuntError('ACCESS0009', { text: code }, { cause: error });
    }
    return parseAccounts(text);
  }

  #take(accounts: AccountsFile): void {
    const first = this.#seen === '';
    this.#users = new Map(accounts.users.map((user) => [user.name, user]));
    this.#tokens = new Map(accounts.tokens.map((token) => [token.id, token]));
    this.#required = hasAccounts(accounts) || (this.#required && !first);
  }
}
