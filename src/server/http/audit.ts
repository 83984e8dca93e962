import { createHash } from 'node:crypto';
import { appendFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A line of the audit log: who did what, from where, with what outcome. Never what a query or a message says. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly time: string;
  /** A principal's name: a user, `token:NAME`, `owner`, `local`, `nobody`. */
  readonly who: string;
  /** The address that the request came from; `cli` for a command on the store. */
  readonly from: string;
  /** A route, `POST /api/v1/login`, or a command, `users add`. */
  readonly what: string;
  /** The right that it needed. */
  readonly right?: string;
  /** The HTTP status; 0 where the client went away before. */
  readonly status?: number;
  /** What it was about: ids in the path, a fingerprint of the query. */
  readonly facts?: AuditFacts;
  /** The id under which the log and the answer's error know the request. */
  readonly activity?: string;
}

export type AuditFacts = Readonly<Record<string, string | number | boolean>>;

/** How large the log may be. */
export interface AuditLimits {
  /** Bytes of a file; a longer one becomes `audit.1.jsonl`, that one `audit.2.jsonl`, and so on. */
  readonly size: number;
  /** Files that are kept beside the current one. */
  readonly files: number;
}

export const auditLimits: AuditLimits = { size: 16 * 1024 * 1024, files: 20 };

const LONGEST_FACT = 300;

/** The file of the audit log, or one of those before it: the higher the number, the older. */
export const auditFile = (folder: string, number = 0): string =>
  join(folder, number === 0 ? 'audit.jsonl' : `audit.${number}.jsonl`);

/**
 * What the audit log says of a query text: enough to find out whether a given text was run, and no word of it.
 *
 * @example fingerprint('print 1') // the first 16 hexadecimal digits of its SHA-256
 */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Writes one line from outside of a server: a command that changes accounts or removes data. */
export const appendAudit = (folder: string, entry: AuditEntry): Promise<void> =>
  appendFile(auditFile(folder), line(entry), { mode: 0o600 });

const line = ({ facts, ...entry }: AuditEntry): string => {
  const short = Object.entries(facts ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, LONGEST_FACT).toWellFormed() : value,
  ]);
  return `${JSON.stringify({ ...entry, ...(short.length > 0 && { facts: Object.fromEntries(short) }) })}\n`;
};

/** The audit log of a server: lines are only ever appended, in the order in which they came. */
export class AuditLog {
  readonly #folder: string;
  readonly #limits: AuditLimits;
  readonly #failed: (error: Error) => void;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;

  /** @param failed is told where a line cannot be written */
  constructor(folder: string, failed: (error: Error) => void, limits = auditLimits) {
    this.#folder = folder;
    this.#failed = failed;
    this.#limits = limits;
  }

  /** Notes an entry; it is written soon. */
  note(entry: AuditEntry): void {
    this.#waiting.push(line(entry));
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when everything noted so far is written. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(): Promise<void> {
    // Lines that come in the same turn go out together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const text = this.#waiting.splice(0).join('');
      try {
        await this.#rotate();
        await appendFile(auditFile(this.#folder), text, { mode: 0o600 });
      } catch (error) {
        this.#failed(error as Error);
      }
    }
  }

  async #rotate(): Promise<void> {
    const { size, files } = this.#limits;
    const now = await stat(auditFile(this.#folder)).catch(() => undefined);
    if (now === undefined || now.size < size) return;
    await rm(auditFile(this.#folder, files), { force: true });
    for (let number = files - 1; number >= 0; number--)
      await rename(auditFile(this.#folder, number), auditFile(this.#folder, number + 1)).catch(ignoreMissing);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Which lines of the log are wanted. */
export interface AuditQuery {
  readonly limit: number;
  readonly who?: string | undefined;
  /** Lines older than this, ISO 8601. */
  readonly before?: string | undefined;
}

/** The newest lines of a log that fit, newest first. A line that a crash cut in two is passed over. */
export async function readAudit(folder: string, { limit, who, before }: AuditQuery): Promise<readonly AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (let number = 0; found.length < limit; number++) {
    const text = await readFile(auditFile(folder, number), 'utf8').catch(() => undefined);
    if (text === undefined) break;
    for (const entry of text.trimEnd().split('\n').reverse().flatMap(entryIn)) {
      if (found.length === limit) break;
      if ((who === undefined || entry.who === who) && (before === undefined || entry.time < before)) found.push(entry);
    }
  }
  return found;
}

function entryIn(text: string): AuditEntry[] {
  try {
    return [JSON.parse(text) as AuditEntry];
  } catch {
    return [];
  }
}
