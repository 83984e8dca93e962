import type { KqlType } from '../values/index.ts';

/** The database's type of a KQL type. */
export const sqlTypes: Readonly<Record<KqlType, string>> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  string: 'VARCHAR',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'UUID',
  dynamic: 'VARCHAR',
};
