/** The Defender tables as data. */
export { type ColumnFacts, columnFacts, hasServerTime, type Origin } from './column-facts.ts';
export { bagTexts, type CompactBag } from './compact-bag.ts';
export { personColumnsOf } from './person-columns.ts';
export type { SchemaColumn, TableSchema } from './table.ts';
export { tableNamed, tables } from './tables.ts';
export { type ValueDomain, valueDomains } from './value-domain.ts';
