/** The embedded database: journal, tables, "latest" relations, retention, migration. */
export { bareCatalog } from './bare-catalog.ts';
export { openStore } from './open-store.ts';
export { type Owner, readOwner } from './owner.ts';
export { openSandbox, type Sandbox } from './sandbox.ts';
export type { Appended, Batch, Counts, Store, StoreOptions, TableSummary } from './store.ts';
