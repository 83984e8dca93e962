import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { generate } from 'selfsigned';

/** What a certificate says. */
export interface CertificateTerms {
  /** Host names and addresses. */
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/**
 * A new key (RSA, 2,048 bits) and a certificate for it that it has signed itself, PEM: for servers, and no authority.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 * @example await selfSigned({ names: ['localhost', '127.0.0.1'], from: Date.now(), to: Date.now() + 86_400_000 })
 */
export async function selfSigned(terms: CertificateTerms): Promise<{ readonly key: string; readonly cert: string }> {
  const { names, from, to } = terms;
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'mailhunt' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(to),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(alternativeName) },
    ],
  });
  return { key: key.trim(), cert: cert.trim() };
}

const alternativeName = (name: string) =>
  isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: domainToASCII(name) || name };
