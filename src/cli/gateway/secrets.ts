import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import type { GatewaySetup, HopSetup } from '../../gateway/index.ts';

/** By whose key broken signatures are vouched for, read. */
export interface Seal {
  readonly domain: string;
  readonly selector: string;
  readonly key: KeyObject;
}

/**
 * The seal of a setup; undefined where it has none.
 *
 * @throws MailhuntError CLI0001 where its key cannot be read, or is none
 */
export async function sealOf({ seal }: Pick<GatewaySetup, 'seal'>): Promise<Seal | undefined> {
  if (seal === undefined) return undefined;
  const { domain, selector, key } = seal;
  try {
    return { domain, selector, key: createPrivateKey(await readFile(key)) };
  } catch (cause) {
    const text = `the key ${key} of the seal cannot be used: ${(cause as Error).message}`;
    throw new MailhuntError('CLI0001', { text, command: 'gateway' }, { cause });
  }
}

/**
 * A next hop with its authorities read.
 *
 * @throws MailhuntError GATE0033 where their file cannot be read or holds no certificate
 */
export async function hopOf({ target, authorities, timeouts }: HopSetup) {
  if (authorities === undefined) return { target, timeouts };
  try {
    const tlsAuthorities = await readFile(authorities, 'utf8');
    // It reads the first of them, and throws where there is none.
    new X509Certificate(tlsAuthorities);
    return { target: { ...target, tlsAuthorities }, timeouts };
  } catch (cause) {
    throw new MailhuntError('GATE0033', { path: authorities, text: (cause as Error).message }, { cause });
  }
}
