/** How KQL's types, names and texts stand in DuckDB: what the store writes and the printer of queries reads. */
export { engineSettings } from './engine-settings.ts';
export { physicalNames } from './physical-names.ts';
export { sqlName } from './sql-name.ts';
export { sqlText } from './sql-text.ts';
export { sqlTypes } from './sql-types.ts';
