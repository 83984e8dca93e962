import { readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import type { Server } from '../server/index.ts';
import { accessRoom } from './account.ts';
import type { Call } from './command.ts';

/** A private key and its certificate, PEM. */
interface Pair {
  readonly key: string;
  readonly cert: string;
}

const DAY = 24 * 60 * 60_000;

/** Where the certificate that a store's server shows stands, for those who are to believe it: `curl --cacert`. */
const publicPath = (folder: string): string => join(folder, 'certificate.crt');

/** The certificate that the server of a store shows; undefined where it has not shown one. */
export const servedCertificate = (folder: string): Promise<string | undefined> =>
  readFile(publicPath(folder), 'utf8').catch(() => undefined);

/**
 * What `serve` encrypts with: the files of `--tls-cert` and `--tls-key`, or with `--tls` the store's own certificate.
 * Undefined without both. Throws CLI0001, ACCESS0014.
 */
export async function tlsPairFor(call: Call, folder: string, host: string): Promise<Pair | undefined> {
  const { tls, 'tls-cert': cert, 'tls-key': key } = call.values;
  const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'serve' });
  if ((cert === undefined) !== (key === undefined)) throw wrong('--tls-cert and --tls-key go together');
  if (cert === undefined && tls !== true) return undefined;
  const pair = cert === undefined ? await ownPair(folder, host) : await filesOf(String(cert), String(key), wrong);
  await writeFile(publicPath(folder), pair.cert);
  return pair;
}

async function ownPair(folder: string, host: string): Promise<Pair> {
  const { ownCertificate } = await accessRoom();
  return ownCertificate({ folder, names: ['0.0.0.0', '::'].includes(host) ? ownAddresses() : [host], now: Date.now() });
}

/** Under which addresses this machine is called; those of IPv6 links need the name of a network card beside them. */
const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .map(({ address }) => address)
    .filter((address) => !address.startsWith('fe80:'));

async function filesOf(cert: string, key: string, wrong: (text: string) => Error): Promise<Pair> {
  const read = (file: string) =>
    readFile(file, 'utf8').catch((error: Error) => {
      throw wrong(`cannot read ${file}: ${error.message}`);
    });
  return { cert: await read(cert), key: await read(key) };
}

/** Shows a new certificate before the old one ends: looks once a day. Dispose of it to stop. */
export function keepRenewing(server: Pick<Server, 'renew'>, find: () => Promise<Pair | undefined>): Disposable {
  const look = async (): Promise<void> => {
    const pair = await find();
    if (pair) server.renew(pair);
  };
  // What cannot be read today is looked for again tomorrow, a month before it matters.
  const timer = setInterval(() => look().catch(() => {}), DAY);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
