import { closeSync, openSync, readSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { recordsOf } from './delimited.ts';
import { indicatorColumns, type ListContent, stixIndicators } from './stix.ts';

/** A watchlist of more bytes is refused. */
const MAX_BYTES = 256 * 1024 * 1024;
/** The bytes of a file in which its first line must end. */
const HEADER_BYTES = 64 * 1024;

/** A STIX file of more bytes is refused: it is held as a whole. */
const MAX_STIX_BYTES = 64 * 1024 * 1024;

/** A watchlist as it stands now: a file, CSV or STIX, or values of the settings. */
export interface Watchlist {
  readonly alias: string;
  readonly file: string;
  readonly values?: ListContent;
  readonly bytes: number;
  /** When the file was changed, milliseconds since 1970. */
  readonly changed: number;
}

/** The lists in a folder, by alias; none where there is no folder. */
export async function filesIn(folder: string): Promise<[alias: string, file: string][]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /.\.(?:csv|json)$/i.test(name)).map((name) => [parse(name).name, join(folder, name)]);
}

/** Those of the files that are there. */
export async function listsIn(
  files: readonly (readonly [alias: string, file: string])[],
): Promise<readonly Watchlist[]> {
  const found = await Promise.all(files.map(([alias, file]) => watchlistIn(alias, file)));
  return found.filter((list) => list !== undefined);
}

async function watchlistIn(alias: string, file: string): Promise<Watchlist | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { alias, file, bytes: found.size, changed: Math.trunc(found.mtimeMs) } : undefined;
}

const isStix = ({ file }: Watchlist): boolean => /\.json$/i.test(file);

/** The names of a list's columns, read at once: the binder asks for columns and cannot wait. */
export function namesIn(list: Watchlist): readonly string[] {
  if (list.values !== undefined) return list.values.columns;
  if (isStix(list)) return indicatorColumns;
  const bytes = Buffer.alloc(HEADER_BYTES);
  let length: number;
  try {
    const handle = openSync(list.file, 'r');
    length = readSync(handle, bytes);
    closeSync(handle);
  } catch (cause) {
    throw unreadable(list, reasonOf(cause as NodeJS.ErrnoException), cause);
  }
  if (length === HEADER_BYTES && !bytes.includes('\n')) throw unreadable(list, 'its first line is too long');
  const [header = []] = recordsOf(plainText(bytes.subarray(0, length)), ',');
  return columnNames(header);
}

const plainText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Who asks may be anybody in the network: where the store lies is not for them. */
const unreadable = ({ alias, file }: Watchlist, text: string, cause?: unknown): MailhuntError =>
  new MailhuntError('KQL0017', { alias, file: basename(file), text }, { cause });

/** What the system says is wrong with a file, without its path. */
const reasonOf = (error: NodeJS.ErrnoException): string => `the system does not open it (${error.code})`;

/** Names for the columns of a file: what is empty is counted, what comes twice is numbered. */
function columnNames(header: readonly string[]): string[] {
  const names = new Set<string>();
  const numbers = new Map<string, number>();
  for (const [i, text] of header.entries()) {
    const plain = text.trim() === '' ? `Column${i + 1}` : text.trim();
    let name = plain;
    let n = numbers.get(plain) ?? 1;
    for (; names.has(name); n++) name = `${plain}_${n}`;
    numbers.set(plain, n);
    names.add(name);
  }
  return [...names];
}

/**
 * What a list holds now.
 *
 * @param clock milliseconds since 1970
 * @throws MailhuntError KQL0017 where it cannot be read
 */
export async function contentOf(list: Watchlist, clock: () => number): Promise<ListContent> {
  if (list.values !== undefined) return list.values;
  const most = isStix(list) ? MAX_STIX_BYTES : MAX_BYTES;
  if (list.bytes > most) throw unreadable(list, `it has more than ${most} bytes`);
  const content = await readFile(list.file).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(list, reasonOf(cause), cause);
  });
  if (isStix(list)) return indicatorsIn(list, plainText(content), clock());
  const [header = [], ...records] = recordsOf(plainText(content), ',');
  return { columns: columnNames(header), records };
}

function indicatorsIn(list: Watchlist, text: string, now: number): ListContent {
  try {
    return stixIndicators(text, now);
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(list, 'it is no JSON', error);
    if (error instanceof RangeError) throw unreadable(list, error.message, error);
    throw error;
  }
}
