import type { KqlType } from '../../values/index.ts';

/**
 * The .NET names by which Kusto's first protocol calls a column's type. The schema commands say the same with
 * `System.` before it, save for two.
 *
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/
 */
export const dataTypes: Readonly<Record<KqlType, string>> = {
  bool: 'SByte',
  int: 'Int32',
  long: 'Int64',
  real: 'Double',
  decimal: 'SqlDecimal',
  string: 'String',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Object',
};

/** A type as the schema commands spell it: `System.String`, `System.Data.SqlTypes.SqlDecimal`. */
export const systemType = (type: KqlType): string =>
  type === 'decimal' ? 'System.Data.SqlTypes.SqlDecimal' : `System.${dataTypes[type]}`;
