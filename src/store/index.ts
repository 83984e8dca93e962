/** The embedded database: journal, tables, "latest" relations, retention, migration. */
export type { Appended, Batch, Store, StoreOptions, TableSummary } from './store.ts';
