/** The embedded database: journal, tables, "latest" relations, retention, migration. */

export { BACKUP_FORMAT, type BackupReport } from './backup/backup-format.ts';
export { backupEntries, tarEntries } from './backup/read-backup.ts';
export { checkBackup } from './backup/receive-backup.ts';
export { type Unpacking, unpackBackup } from './backup/unpack-backup.ts';
export { bareCatalog } from './bare-catalog.ts';
export { decodeFrame, type Frame } from './frame.ts';
export { type Draft, isDiskFull, Journal, type OpenFile, syncFolder } from './journal.ts';
export { type BoxSize, KEPT_LIMIT, type Keeping, type KeptMessage, type MessageBox } from './messages/message-box.ts';
export { PackBox } from './messages/pack-box.ts';
export { openStore } from './open-store.ts';
export { type Owner, readOwner } from './owner.ts';
export { personPattern } from './purge/person-pattern.ts';
export { isNamed, type TextsOf } from './purge/purge.ts';
export type { PurgeReport, PurgeRequest } from './purge/purge-report.ts';
export { openSandbox, type Sandbox } from './sandbox.ts';
export type { Appended, Batch, Counts, Store, StoreOptions, TableSummary } from './store.ts';
