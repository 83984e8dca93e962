/** The Defender tables as data. */
import type { TableSchema } from './table.ts';
import { alertsTables } from './tables/alerts.ts';
import { devicesTables } from './tables/devices.ts';
import { emailTables } from './tables/email.ts';
import { identityTables } from './tables/identity.ts';
import { messagesTables } from './tables/messages.ts';
import { witnessTables } from './tables/witness.ts';

export type { SchemaColumn, TableSchema } from './table.ts';

/** All tables, mail first. */
export const tables: readonly TableSchema[] = [
  ...emailTables,
  ...witnessTables,
  ...messagesTables,
  ...alertsTables,
  ...identityTables,
  ...devicesTables,
];

const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));

/** The table of that name, in whatever case, or undefined. */
export const tableNamed = (name: string): TableSchema | undefined => byName.get(name.toLowerCase());
