import { readFile, stat } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { MailhuntError } from '../../errors/index.ts';

/** Where a certificate and its key lie, PEM; the certificate with its chain. */
export interface CertificatePaths {
  readonly cert: string;
  readonly key: string;
}

/** Milliseconds in which the files are not looked at again. */
const FRESH = 1_000;

/**
 * A certificate that is read again when its files change, as ACME clients change them; connections that are open keep the
 * old one. A pair that cannot be used is told and the one before stays.
 */
export class Certificate {
  readonly #paths: CertificatePaths;
  readonly #failed: (error: MailhuntError) => void;
  #context: SecureContext;
  #stamp: string;
  #looked = performance.now();

  private constructor(paths: CertificatePaths, failed: (error: MailhuntError) => void, read: Read) {
    this.#paths = paths;
    this.#failed = failed;
    this.#context = read.context;
    this.#stamp = read.stamp;
  }

  /** Throws GATE0030 where the files cannot be read or do not fit. */
  static async read(paths: CertificatePaths, failed: (error: MailhuntError) => void): Promise<Certificate> {
    return new Certificate(paths, failed, await readPair(paths, await stampOf(paths)));
  }

  /** What a handshake needs, as the files are now. */
  async context(): Promise<SecureContext> {
    if (performance.now() - this.#looked >= FRESH) await this.#look((stamp) => stamp !== this.#stamp);
    return this.#context;
  }

  /** Reads the files now: somebody has said that they are new. */
  reload(): Promise<void> {
    return this.#look(() => true);
  }

  async #look(isWanted: (stamp: string) => boolean): Promise<void> {
    this.#looked = performance.now();
    try {
      const stamp = await stampOf(this.#paths);
      if (!isWanted(stamp)) return;
      const read = await readPair(this.#paths, stamp);
      [this.#context, this.#stamp] = [read.context, read.stamp];
    } catch (error) {
      this.#failed(error as MailhuntError);
    }
  }
}

interface Read {
  readonly context: SecureContext;
  readonly stamp: string;
}

async function readPair(paths: CertificatePaths, stamp: string): Promise<Read> {
  try {
    const [cert, key] = await Promise.all([readFile(paths.cert), readFile(paths.key)]);
    return { context: createSecureContext({ cert, key, minVersion: 'TLSv1.2' }), stamp };
  } catch (cause) {
    throw unusable(paths, cause);
  }
}

/** Changes whenever one of the files does. */
async function stampOf(paths: CertificatePaths): Promise<string> {
  try {
    const stats = await Promise.all([paths.cert, paths.key].map((path) => stat(path)));
    return stats.map(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`).join('|');
  } catch (cause) {
    throw unusable(paths, cause);
  }
}

const unusable = ({ cert, key }: CertificatePaths, cause: unknown): MailhuntError =>
  new MailhuntError('GATE0030', { cert, key, text: cause instanceof Error ? cause.message : String(cause) }, { cause });
