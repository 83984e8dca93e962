import type { KqlType } from '../../../values/index.ts';
import { columnsOf, type Syntax } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';

/** The .NET names that Kusto gives its types. */
const dataTypes: Readonly<Record<KqlType, string>> = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
};

/** `getschema`: a row for each column of what comes so far; nothing is read. */
export function lowerGetschema(node: Syntax, input: Plan): Plan {
  const rows = input.schema.map(({ name, type }, i) => [name, BigInt(i), dataTypes[type], type]);
  return { kind: 'rows', schema: columnsOf(node), rows };
}
