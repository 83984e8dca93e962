import { MailhuntError } from '../errors/index.ts';
import type { ExternalRequest, LoadedRows } from '../kql/index.ts';

import { originOf } from './allowed.ts';
import type { ExternalSetting } from './external-setting.ts';
import { formatOf, formats, type Row } from './formats.ts';
import { fail, fileBytes, type Get, networkBytes, readText } from './read-bytes.ts';

/** What `externaldata` may do, and with what. */
export interface ExternalAccess {
  readonly setting: ExternalSetting;
  /** Where paths of the settings start. */
  readonly folder: string;
  readonly get: Get;
}

/** The properties that are understood; another one might change what the rows are. */
const known: ReadonlySet<string> = new Set(['format', 'ignorefirstrecord', 'ingestionmapping']);

/**
 * The rows of `externaldata`, those of each source in their order.
 *
 * @throws MailhuntError KQL0012 where a source is not allowed, KQL0013 where it cannot be read, KQL0005 for its properties
 */
export async function readExternalData(
  request: ExternalRequest,
  access: ExternalAccess,
  signal?: AbortSignal,
): Promise<LoadedRows> {
  const { properties, sources, schema: columns } = request;
  const other = Object.keys(properties).find((name) => !known.has(name));
  if (other !== undefined) return refuse(`the property ${other} is not supported`);
  const skip = isTrue(properties.ignorefirstrecord) ? 1 : 0;
  const mapping = properties.ingestionmapping;
  const rows: Row[] = [];
  for (const source of sources) {
    const [address = ''] = source.split(';');
    const format = (properties.format ?? formatOf(address)).toLowerCase();
    const read = Object.hasOwn(formats, format) ? formats[format]! : refuse(`the format ${format} is not read`);
    const text = (await textOf(address, access, signal)).replace(/^\ufeff/, '');
    for (const row of rowsIn(address, () => read(text, { columns, mapping })).slice(skip)) rows.push(row);
  }
  return { rows: JSON.stringify(rows) };
}

function rowsIn(address: string, read: () => Row[]): Row[] {
  try {
    return read();
  } catch (error) {
    // what is wrong with the text, or too large, or nested too deeply
    return error instanceof SyntaxError || error instanceof RangeError
      ? fail(new URL(address), error.message)
      : raise(error);
  }
}

const raise = (error: unknown): never => {
  throw error;
};

const isTrue = (text = 'false'): boolean => {
  if (!/^(true|false)$/i.test(text)) return refuse('ignoreFirstRecord is true or false');
  return text.toLowerCase() === 'true';
};

const refuse = (text: string): never => {
  throw new MailhuntError('KQL0005', { what: 'externaldata', text });
};

async function textOf(address: string, access: ExternalAccess, signal: AbortSignal | undefined): Promise<string> {
  const { setting, folder, get } = access;
  const origin = originOf(address, setting, folder);
  if (origin.kind === 'refused')
    throw new MailhuntError('KQL0012', { url: shown(address), text: origin.reason, prefix: origin.prefix });
  const url = new URL(address);
  const limit = AbortSignal.timeout(setting.milliseconds);
  const limits = { bytes: setting.bytes, signal: signal ? AbortSignal.any([signal, limit]) : limit };
  const mayFollow = (next: URL): boolean => originOf(next.href, { ...setting, files: {} }, folder).kind === 'network';
  try {
    const bytes =
      origin.kind === 'file' ? fileBytes(origin.path) : await networkBytes(url, get, mayFollow, limits.signal);
    return await readText(url, bytes, limits);
  } catch (error) {
    if (error instanceof MailhuntError) throw error;
    if (signal?.aborted) throw signal.reason;
    if (limit.aborted) return fail(url, `it did not come within ${setting.milliseconds / 1000} s`);
    return fail(url, wordsOf(error as NodeJS.ErrnoException, origin.kind));
  }
}

/** Who asks may be anybody in the network: where the local copy lies is not for them. */
const wordsOf = ({ code, syscall, message }: NodeJS.ErrnoException, kind: 'file' | 'network'): string =>
  kind === 'file' && syscall !== undefined ? `the system does not open the local copy (${code})` : message;

/** An address without what follows a question mark, which is often a key. */
const shown = (address: string): string => address.replace(/[?#].*$/s, '').slice(0, 500);
