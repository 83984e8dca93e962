import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../../../errors/index.ts';

/** A query that somebody keeps for all. */
export interface SavedQuery {
  readonly name: string;
  readonly text: string;
  readonly description: string;
  readonly savedBy: string;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** More are not kept. */
const MOST = 1_000;

const files = new Map<string, SavedQueryFile>();

/** The file `saved-queries.json` of a store. Changes come one after the other, each whole or not at all. */
export class SavedQueryFile {
  readonly #path: string;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(store: string) {
    this.#path = join(store, 'saved-queries.json');
  }

  /** The one of a store's folder: changes wait for each other only within one. */
  static of(store: string): SavedQueryFile {
    const file = files.get(store) ?? new SavedQueryFile(store);
    files.set(store, file);
    return file;
  }

  /** In the order of their names. Throws HTTP0071 for a file that is none of ours. */
  async all(): Promise<readonly SavedQuery[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw new MailhuntError('HTTP0071', { path: this.#path, text: error.message }, { cause: error });
    });
    return this.#read(text);
  }

  /** Throws HTTP0071 where there are too many, or the file cannot be written. */
  put(query: SavedQuery): Promise<void> {
    return this.#change((queries) => [...queries.filter(({ name }) => name !== query.name), query]);
  }

  /** False where there is none of the name. */
  async remove(name: string): Promise<boolean> {
    let found = false;
    await this.#change((queries) => {
      const rest = queries.filter((query) => query.name !== name);
      found = rest.length < queries.length;
      return rest;
    });
    return found;
  }

  #change(change: (queries: readonly SavedQuery[]) => readonly SavedQuery[]): Promise<void> {
    const next = this.#last.then(async () => {
      const changed = change(await this.all()).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      if (changed.length > MOST)
        throw new MailhuntError('HTTP0071', { path: this.#path, text: `it holds ${MOST} queries, which is the most` });
      await this.#write(`${JSON.stringify(changed, null, 2)}\n`);
    });
    this.#last = next.catch(() => {});
    return next;
  }

  async #write(text: string): Promise<void> {
    try {
      await writeFile(`${this.#path}.new`, text, { mode: 0o600 });
      await rename(`${this.#path}.new`, this.#path);
    } catch (error) {
      throw new MailhuntError('HTTP0071', { path: this.#path, text: (error as Error).message }, { cause: error });
    }
  }

  #read(text: string): readonly SavedQuery[] {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new MailhuntError('HTTP0071', { path: this.#path, text: (error as Error).message }, { cause: error });
    }
    if (Array.isArray(value) && value.every(isSaved)) return value;
    throw new MailhuntError('HTTP0071', { path: this.#path, text: 'it is no list of saved queries' });
  }
}

const isSaved = (value: Partial<SavedQuery> | null): value is SavedQuery =>
  (['name', 'text', 'description', 'savedBy', 'savedAt'] as const).every((key) => typeof value?.[key] === 'string');
