/** KQL's scalar types (https://learn.microsoft.com/kusto/query/scalar-data-types/). */
export const kqlTypes = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
] as const;
export type KqlType = (typeof kqlTypes)[number];

/** A column of a table or of a result. Names are case-sensitive, as in KQL. */
export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

/**
 * A dynamic value: JSON with whole numbers kept exact (bigint) and the order of a bag's keys kept (Map).
 */
export type Dynamic = null | boolean | bigint | number | string | Dynamic[] | Map<string, Dynamic>;

/**
 * A scalar as JavaScript holds it; the KQL type beside it says how to read it.
 * bool: boolean. int, long: bigint. real: number. decimal: text of plain digits. string, guid: string.
 * datetime: ticks of 100 ns since 0001-01-01 (bigint). timespan: ticks (bigint). dynamic: {@link Dynamic}. Null: null
 * (a string is never null).
 */
export type Value = Dynamic;
