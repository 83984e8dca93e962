import type { KqlType } from '../../values/index.ts';
import { physicalNames, type Schema } from '../plan/index.ts';
import { nested } from './select.ts';
import { sqlName } from './sql-name.ts';

/** SQL that prints a cell as JSON text; NULL where the cell is null. `{}` is the column. */
const cells: Readonly<Record<KqlType, string>> = {
  bool: "CASE WHEN {} THEN 'true' WHEN NOT {} THEN 'false' END",
  int: '{}::VARCHAR',
  long: '{}::VARCHAR',
  real: 'kql_real_json({})',
  decimal: `'"' || kql_decimal({}) || '"'`,
  string: 'to_json({})::VARCHAR',
  datetime: 'kql_datetime_json({})',
  timespan: 'kql_timespan_json({})',
  guid: `'"' || {}::VARCHAR || '"'`,
  dynamic: '{}',
};

/** A statement whose one column is each row as the text of a JSON array: what the server writes as it is. */
export function rowsStatement(sql: string, schema: Schema): string {
  const names = physicalNames(schema);
  const texts = schema.map(({ name, type }) => {
    const cell = cells[type].replaceAll('{}', sqlName(names.get(name)!));
    return type === 'string' ? cell : `coalesce(${cell}, 'null')`;
  });
  // one concat() is a third faster than a chain of ||
  const row = texts.length === 0 ? "'[]'" : `concat('[', ${texts.join(", ',', ")}, ']')`;
  return `SELECT ${row} AS row FROM ${nested(sql)}`;
}

/** Macros that {@link rowsStatement} calls; the store creates them when it opens the engine. */
export const prelude: readonly string[] = [
  `CREATE OR REPLACE MACRO kql_real_json(x) AS CASE
     WHEN isnan(x) THEN '"NaN"' WHEN x = 'infinity'::DOUBLE THEN '"Infinity"' WHEN x = '-infinity'::DOUBLE THEN '"-Infinity"'
     ELSE x::VARCHAR END`,
  `CREATE OR REPLACE MACRO kql_decimal(x) AS rtrim(rtrim(x::VARCHAR, '0'), '.')`,
  `CREATE OR REPLACE MACRO kql_datetime_json(t) AS
     '"' || strftime(make_timestamp((t - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S.%f') || (t % 10)::VARCHAR || 'Z"'`,
  `CREATE OR REPLACE MACRO kql_timespan_text(t) AS
     CASE WHEN t < 0 THEN '-' ELSE '' END
     || CASE WHEN abs(t) >= 864000000000 THEN (abs(t) // 864000000000)::VARCHAR || '.' ELSE '' END
     || lpad((abs(t) // 36000000000 % 24)::VARCHAR, 2, '0') || ':' || lpad((abs(t) // 600000000 % 60)::VARCHAR, 2, '0')
     || ':' || lpad((abs(t) // 10000000 % 60)::VARCHAR, 2, '0')
     || CASE WHEN abs(t) % 10000000 = 0 THEN '' ELSE '.' || lpad((abs(t) % 10000000)::VARCHAR, 7, '0') END`,
  `CREATE OR REPLACE MACRO kql_timespan_json(t) AS '"' || kql_timespan_text(t) || '"'`,
];
