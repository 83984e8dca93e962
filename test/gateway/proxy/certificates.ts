import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
  readonly paths: { readonly cert: string; readonly key: string };
}

/** A certificate for a name, in files of its own, which go when the test does. */
export async function selfSigned(name: string): Promise<TestCertificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await writeCertificate(paths, { key, cert });
  return { key, cert, paths };
}

export async function writeCertificate(
  paths: TestCertificate['paths'],
  { key, cert }: Pick<TestCertificate, 'key' | 'cert'>,
): Promise<void> {
  await writeFile(paths.cert, cert);
  await writeFile(paths.key, key);
}
