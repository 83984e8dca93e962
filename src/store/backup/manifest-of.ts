import { MailhuntError } from '../../errors/index.ts';
import { schemaVersion } from '../migrations.ts';
import { type About, BACKUP_FORMAT, type Manifest } from './backup-format.ts';

/** Bytes of `backup.json` and of `manifest.json` that are read. */
export const WORDS_LIMIT = 64 * 1024 * 1024;

/** Whether a path stays in the folder that it is put into, on every system. */
export const isSafePath = (path: string): boolean =>
  path.length < 4096 &&
  !/[\\\p{Cc}]/u.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/^[A-Za-z]:/.test(part));

/** Reads `backup.json`. Throws STORE0012 for what is none, STORE0013 for one that a newer mailhunt made. */
export function aboutOf(bytes: Buffer, path: string): About {
  const about = jsonOf(bytes, path, 'backup.json') as Partial<About>;
  if (about.kind !== 'mailhunt-backup' || typeof about.format !== 'number' || typeof about.schema !== 'number')
    throw new MailhuntError('STORE0012', { path, text: 'its backup.json is none of mailhunt' });
  const version = String(about.mailhunt ?? 'of another version').slice(0, 40);
  if (about.format > BACKUP_FORMAT)
    throw new MailhuntError('STORE0013', { path, version, what: `form of backups, ${about.format}` });
  if (about.schema > schemaVersion)
    throw new MailhuntError('STORE0013', { path, version, what: `schema version, ${about.schema}` });
  return about as About;
}

/** Reads `manifest.json`. Throws STORE0012. */
export function manifestOf(bytes: Buffer, path: string): Manifest {
  const manifest = jsonOf(bytes, path, 'manifest.json') as Partial<Manifest>;
  const isFile = (file: unknown): boolean => {
    const { path: name, bytes: size, sha256 } = Object(file);
    return typeof name === 'string' && Number.isSafeInteger(size) && /^[0-9a-f]{64}$/.test(String(sha256));
  };
  if (!Array.isArray(manifest.files) || !manifest.files.every(isFile))
    throw new MailhuntError('STORE0012', { path, text: 'its manifest.json is none of mailhunt' });
  return manifest as Manifest;
}

function jsonOf(bytes: Buffer, path: string, name: string): object {
  try {
    return Object(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new MailhuntError('STORE0012', { path, text: `its ${name} is damaged` }, { cause });
  }
}
