import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { readFunction, type StoredFunction } from '../kql/index.ts';

/** A stored function, and what is said about it. */
export interface FunctionFile extends StoredFunction {
  readonly folder: string;
  readonly docString: string;
}

const NAME = /^[A-Za-z_]\w{0,127}$/;
const MAX_BYTES = 1024 * 1024;

/** The stored functions of a store: files `functions/NAME.kql`. Those that did not change are not read again. */
export class FunctionFiles {
  readonly #folder: string;
  readonly #read = new Map<string, { readonly mark: string; readonly file: FunctionFile }>();

  constructor(store: string) {
    this.#folder = join(store, 'functions');
  }

  /** All functions as they stand now, in the order of their names. */
  async now(): Promise<FunctionFile[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const files = names
      .filter((file) => file.endsWith('.kql') && NAME.test(file.slice(0, -4)))
      .sort()
      .map((file) => this.#file(file.slice(0, -4)));
    return (await Promise.all(files)).filter((file) => file !== undefined);
  }

  async #file(name: string): Promise<FunctionFile | undefined> {
    const path = join(this.#folder, `${name}.kql`);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile() || found.size > MAX_BYTES) return undefined;
    const mark = `${found.size} ${found.mtimeMs}`;
    const known = this.#read.get(name);
    if (known?.mark === mark) return known.file;
    const file = functionIn(name, await readFile(path, 'utf8'));
    this.#read.set(name, { mark, file });
    return file;
  }

  /** Writes a function; whole or not at all. */
  async write({ name, parameters, body, folder, docString }: FunctionFile): Promise<void> {
    if (!NAME.test(name)) throw new MailhuntError('KQL0011', { name, text: 'a name is letters, digits and _' });
    const path = join(this.#folder, `${name}.kql`);
    await mkdir(this.#folder, { recursive: true });
    const about = [
      ...(folder === '' ? [] : [`folder: ${folder}`]),
      ...(docString === '' ? [] : docString.split(/\r?\n/)),
    ];
    const text = [...about.map((line) => `// ${line}`), `${parameters} ${body}`, ''].join('\n');
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }

  /** Removes a function; false where there is none. */
  async remove(name: string): Promise<boolean> {
    if (!NAME.test(name)) return false;
    return unlink(join(this.#folder, `${name}.kql`)).then(
      () => true,
      () => false,
    );
  }
}

/** `// about it`, then `(parameters) { body }`. What cannot be read becomes a function that says so when it is called. */
function functionIn(name: string, text: string): FunctionFile {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const start = lines.findIndex((line) => !/^\s*(\/\/|$)/.test(line));
  const about = lines.slice(0, Math.max(start, 0)).map((line) => line.replace(/^\s*\/\/ ?/, ''));
  const folder = /^folder: (.*)$/.exec(about[0] ?? '')?.[1];
  const docString = about
    .slice(folder === undefined ? 0 : 1)
    .join('\n')
    .trim();
  const code =
    start < 0 ? { wrong: 'its file is empty' } : readFunction(lines.slice(start).join('\n').trim().replace(/;$/, ''));
  const said = { name, folder: folder ?? '', docString };
  if ('wrong' in code) return { ...said, parameters: '()', body: '{ }', wrong: code.wrong };
  return { ...said, ...code };
}
