/** The first entry of a backup: what it is, so that a program that cannot read it says so before it has read the rest. */
export const ABOUT = 'backup.json';
/** The last entry: without it a backup is not whole. */
export const MANIFEST = 'manifest.json';

/** The form of backups that this program writes, and the newest that it reads. */
export const BACKUP_FORMAT = 1;

/** What stands in `backup.json`. */
export interface About {
  readonly kind: 'mailhunt-backup';
  readonly format: number;
  /** The version of the mailhunt that made it. */
  readonly mailhunt: string;
  /** The schema version of the database in it. */
  readonly schema: number;
  /** ISO 8601. */
  readonly made: string;
}

/** A file of a backup. */
export interface BackedUpFile {
  /** In the store's folder, with slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What stands in `manifest.json`. */
export interface Manifest {
  readonly files: readonly BackedUpFile[];
  /** Rows by table, those that queries see. */
  readonly tables: Readonly<Record<string, number>>;
  /** Raw messages. */
  readonly messages: number;
}

/** What a backup or a restore did. */
export interface BackupReport extends Manifest {
  readonly about: About;
}

/** An entry of a backup on its way. */
export interface Entry {
  readonly path: string;
  readonly bytes: AsyncIterable<Buffer>;
}
