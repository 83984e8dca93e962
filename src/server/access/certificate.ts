import { X509Certificate } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import type { TlsPair } from '../listening.ts';
import { selfSigned } from './self-signed.ts';

/** A certificate that ends earlier than this is made anew, milliseconds. */
const RENEW_BEFORE = 30 * 24 * 60 * 60_000;
/** Browsers take none that lasts longer than 825 days. */
const LASTS = 397 * 24 * 60 * 60_000;
/** How much another machine's clock may be behind. */
const SKEW = 60 * 60_000;

/** Where a store's own certificate stands; the file holds its key, too. */
export const certificatePath = (folder: string): string => join(folder, 'certificate.pem');

/** What a certificate is made for. */
export interface CertificateRequest {
  /** The store's folder. */
  readonly folder: string;
  /** What the server listens on, and other names that it is called by. */
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The store's own certificate: the one that is there, or a new one where there is none, where it soon ends, or where it
 * lacks a name. Throws ACCESS0014.
 *
 * @example await ownCertificate({ folder, names: ['hunt.example'], now: Date.now() }) // { key: '-----BEGIN…', cert: … }
 */
export async function ownCertificate({ folder, names, now }: CertificateRequest): Promise<TlsPair> {
  const file = certificatePath(folder);
  const wanted = [...new Set(['localhost', '127.0.0.1', '::1', hostname(), ...names.filter(isName)])];
  try {
    const known = pairIn(await readFile(file, 'utf8').catch(() => ''));
    if (known && isGood(known.cert, wanted, now)) return known;
    const made = await selfSigned({ names: wanted, from: now - SKEW, to: now + LASTS });
    await writeSecret(file, `${made.key}\n${made.cert}\n`);
    return made;
  } catch (error) {
    throw new MailhuntError('ACCESS0014', { file, text: (error as Error).message }, { cause: error });
  }
}

/** Addresses that stand for all of a machine's are no names. */
const isName = (name: string): boolean => !['', '0.0.0.0', '::'].includes(name);

const pem = (kind: string): RegExp =>
  new RegExp(`-----BEGIN (?:[A-Z]+ )?${kind}-----[^-]+-----END (?:[A-Z]+ )?${kind}-----`);

function pairIn(text: string): TlsPair | undefined {
  const [key, cert] = [pem('PRIVATE KEY').exec(text)?.[0], pem('CERTIFICATE').exec(text)?.[0]];
  return key !== undefined && cert !== undefined ? { key, cert } : undefined;
}

function isGood(cert: string, names: readonly string[], now: number): boolean {
  const { validTo, ...known } = readCertificate(cert);
  return Date.parse(validTo) - now > RENEW_BEFORE && names.every(known.isFor);
}

function readCertificate(cert: string) {
  const certificate = new X509Certificate(cert);
  const isFor = (name: string): boolean =>
    (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
  return { validTo: certificate.validTo, isFor };
}

/** Whole or not at all, for this user only. */
async function writeSecret(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
