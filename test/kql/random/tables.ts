import { sqlLiteral } from '../../../src/kql/functions/index.ts';
import type { Schema } from '../../../src/kql/plan/index.ts';
import {
  type KqlType,
  LONG_MAX,
  LONG_MIN,
  MAX_DATETIME_TICKS,
  parseDynamic,
  type Value,
} from '../../../src/values/index.ts';
import type { TestDatabase } from '../duckdb.ts';
import { type Row, rowOf } from '../naive/index.ts';

/** A table that random queries read: few rows, each there for an edge. */
export interface RandomTable {
  readonly name: string;
  readonly schema: Schema;
  readonly rows: readonly (readonly Value[])[];
}

const schema = (text: string): Schema =>
  text.split(' ').map((column) => {
    const [name, type] = column.split(':');
    return { name: name!, type: type as KqlType };
  });

const noon = 638_881_776_000_000_000n;
const hour = 36_000_000_000n;
const day = 24n * hour;
const json = (text: string): Value => parseDynamic(text) ?? null;
const [one, two] = ['8e1e5a3b-0000-4000-8000-00000000000a', '00000000-0000-0000-0000-000000000000'];

/** Every type, nulls, empty texts, NaN, infinities, duplicates, Unicode, extremes. */
export const randomTables: readonly RandomTable[] = [
  {
    name: 'A',
    schema: schema(
      'n:long b:bool i:int l:long r:real m:decimal s:string t:datetime p:timespan g:guid j:dynamic big:long',
    ),
    rows: [
      [1n, true, 1n, 5n, 1.5, '1.5', 'alpha beta', noon, hour, one, json('{"a":1,"b":[1,2,"x"]}'), LONG_MAX],
      [2n, false, -3n, -7n, -0.5, '-2.25', 'Alpha', noon - hour, -hour, two, json('[3,1,null,2.5]'), LONG_MIN],
      [3n, null, null, null, null, null, '', null, null, null, null, null],
      [4n, true, 0n, 0n, Number.NaN, '0', 'ß ΣΑΣ_x', noon - 40n * day, 0n, one, json('"text"'), 0n],
      [
        5n,
        false,
        2147483647n,
        5n,
        Number.POSITIVE_INFINITY,
        '100',
        'a;b;c',
        100n * 365n * day,
        day + 1n,
        null,
        json('{}'),
        1n,
      ],
      [
        6n,
        true,
        -2147483648n,
        12n,
        Number.NEGATIVE_INFINITY,
        '1.5',
        '{"a":2}',
        MAX_DATETIME_TICKS - 50n * 366n * day,
        null,
        two,
        json('[]'),
        -1n,
      ],
      [7n, null, 7n, 5n, 2.5, null, 'alpha beta', noon, hour, one, json('{"a":"y","c":{"d":true}}'), 4294967296n],
      [8n, true, 7n, -7n, 0, '-0.001', '10', noon + 1n, 1n, null, json('12'), 10n],
    ],
  },
  {
    name: 'B',
    schema: schema('k:long s:string l:long x:real u:string t:datetime j:dynamic'),
    rows: [
      [1n, 'alpha beta', 5n, 0.25, 'left right', noon, json('{"a":5}')],
      [2n, 'Alpha', 5n, 4, '', noon - hour, json('["p","q"]')],
      [2n, '', null, null, 'x=1, y=2', null, null],
      [3n, 'zeta', 12n, Number.NaN, '😀 e', noon - day, json('{"a":null,"z":[{"q":1}]}')],
      [null, '10', -7n, -1.5, '2025-01-02', noon, json('[1,[2,3]]')],
      [1n, 'alpha beta', 5n, 0.25, 'left right', noon, json('{"a":5}')],
    ],
  },
  {
    name: 'C',
    schema: schema('l:long s:string i:int g:guid q:dynamic'),
    rows: [
      [5n, 'Alpha', 1n, one, json('[1,2,3]')],
      [12n, 'alpha beta', -3n, null, json('["b","a"]')],
      [null, '', null, two, json('[]')],
      [99n, 'é', 7n, one, json('[{"v":1},{"v":2}]')],
    ],
  },
];

/** Makes the tables in a database. */
export async function createTables(database: TestDatabase): Promise<void> {
  for (const { name, schema, rows } of randomTables) {
    const values = rows.map((row) => `(${row.map((value, i) => sqlLiteral(schema[i]!.type, value)).join(', ')})`);
    await database.table(name, schema, values.join(', '));
  }
}

/** The same for the naive evaluator. */
export const rowsByTable: ReadonlyMap<string, readonly Row[]> = new Map(
  randomTables.map(({ name, schema, rows }) => [name, rows.map((row) => rowOf(schema, row))]),
);
