import assert from 'node:assert/strict';
import { after } from 'node:test';
import { DuckDBInstance, type DuckDBResultReader, type DuckDBValue } from '@duckdb/node-api';
import { sqlText } from '../../../src/duckdb/index.ts';
import { scalarSql } from '../../../src/kql/functions/index.ts';
import type { ScalarFunction, SqlArg } from '../../../src/kql/functions/row.ts';
import { hostFunctions } from '../../../src/kql/index.ts';
import { registerHostFunctions } from '../../../src/store/host-functions.ts';
import { dynamicEquals, dynamicToJson, type KqlType, parseDynamic, type Value } from '../../../src/values/index.ts';

/** A typed argument of a row: `['string', 'abc']`. */
export type TypedValue = readonly [type: KqlType, value: Value];

/** One row of a function's table of cases. */
export interface Case {
  readonly name: string;
  readonly args: readonly TypedValue[];
  readonly type: KqlType;
  readonly expected: Value;
  /** Positions that take constants only; the SQL is not tried with columns there. */
  readonly constantArgs?: readonly number[];
}

export const string = (value: string): TypedValue => ['string', value];
export const long = (value: bigint | null): TypedValue => ['long', value];
export const int = (value: bigint | null): TypedValue => ['int', value];
export const real = (value: number | null): TypedValue => ['real', value];
export const bool = (value: boolean | null): TypedValue => ['bool', value];
/** A dynamic argument from JSON text. */
export const dynamic = (json: string): TypedValue => ['dynamic', parseDynamic(json) ?? null];

const sqlTypes: Readonly<Record<KqlType, string>> = {
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

/** A constant as the printer writes it. */
export function literalSql([type, value]: TypedValue): string {
  if (value === null) return `CAST(NULL AS ${sqlTypes[type]})`;
  if (type === 'string') return sqlText(value as string);
  if (type === 'dynamic') return sqlText(dynamicToJson(value));
  return `CAST('${String(value)}' AS ${sqlTypes[type]})`;
}

const constantArg = ([type, value]: TypedValue): SqlArg => ({
  sql: literalSql([type, value]),
  type,
  nullable: value === null,
  constant: value,
});

const columnArg = ([type]: TypedValue, i: number): SqlArg => ({
  sql: `t.a${i}`,
  type,
  nullable: type !== 'string',
  constant: undefined,
});

const sqlOf = (row: ScalarFunction, type: KqlType, args: readonly SqlArg[], asFilter = false): string =>
  scalarSql(row, {
    name: row.name,
    args,
    type,
    asFilter,
    refuse: (reason) => {
      throw new Error(`${row.name} refuses: ${reason}`);
    },
  });

const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();
registerHostFunctions(connection, hostFunctions);
after(() => {
  connection.closeSync();
  database.closeSync();
});

async function read(sql: string): Promise<DuckDBResultReader> {
  try {
    return await connection.runAndReadAll(sql);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${sql}`);
  }
}

/** Runs one SELECT on a DuckDB in memory and returns its rows. */
export const selectRows = async (sql: string): Promise<DuckDBValue[][]> => (await read(sql)).getRows();

/** A cell that the engine returned, as the evaluator would hold it. */
function cellValue(cell: DuckDBValue, type: KqlType): Value {
  if (cell === null) return null;
  if (type === 'dynamic') {
    const value = parseDynamic(String(cell));
    assert.notEqual(value, undefined, `the engine gave ${cell}, which is not JSON`);
    return value as Value;
  }
  if (typeof cell === 'number' && type !== 'real') return BigInt(cell);
  return typeof cell === 'object' ? String(cell) : (cell as Value);
}

function same(a: Value, b: Value, type: KqlType): boolean {
  if (type === 'decimal' && a !== null && b !== null) return trimZeros(String(a)) === trimZeros(String(b));
  return type === 'dynamic' ? dynamicEquals(a, b) : Object.is(a, b);
}

const trimZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const show = (value: Value): string => (typeof value === 'string' ? JSON.stringify(value) : dynamicToJson(value));

/** Which arguments stand as columns: all or none, and each alone. */
function columnChoices(count: number, constantArgs: readonly number[]): readonly (readonly number[])[] {
  const free = Array.from({ length: count }, (_, i) => i).filter((i) => !constantArgs.includes(i));
  const choices = [[], free, ...free.map((i) => [i])];
  return [...new Map(choices.map((choice) => [choice.join(), choice])).values()];
}

const rowNamed = (functions: readonly ScalarFunction[], name: string): ScalarFunction => {
  const row = functions.find((candidate) => candidate.name === name);
  assert.ok(row, `no row ${name}`);
  return row;
};

/**
 * Checks every case three ways: what `evaluate` gives, and what `sql` gives on a real engine with its arguments as
 * constants and as columns. SQL type, nullability and the form as a filter are checked too.
 */
export async function checkRows(functions: readonly ScalarFunction[], cases: readonly Case[]): Promise<void> {
  const queries = cases.map((one) => caseQuery(rowNamed(functions, one.name), one));
  const results = await runTogether(queries.map((query) => query.sql));
  cases.forEach((one, i) => {
    const words = `${one.name}(${one.args.map(([, value]) => show(value)).join(', ')})`;
    const row = rowNamed(functions, one.name);
    const evaluated = row.evaluate(
      one.args.map(([, value]) => value),
      { name: row.name, argTypes: one.args.map(([type]) => type), type: one.type },
    );
    assert.ok(
      same(evaluated, one.expected, one.type),
      `${words} evaluates to ${show(evaluated)}, not ${show(one.expected)}`,
    );
    const { cells, types } = results[i]!;
    queries[i]!.forms.forEach((form, j) => {
      const value = cellValue(cells[j] as DuckDBValue, one.type);
      const matches = form.asFilter
        ? (value === true) === (one.expected === true)
        : same(value, one.expected, one.type);
      assert.ok(matches, `${words} gives ${show(value)}, not ${show(one.expected)}, in\n${form.sql}`);
      assert.equal(types[j], sqlTypes[one.type], `type of ${form.sql}`);
      assert.ok(!(row.nullable === false && !form.asFilter && value === null), `${words} is NULL in\n${form.sql}`);
    });
  });
}

interface Form {
  readonly sql: string;
  readonly asFilter: boolean;
}

function caseQuery(row: ScalarFunction, one: Case): { forms: Form[]; sql: string } {
  const filters = one.type === 'bool' ? [false, true] : [false];
  const all = columnChoices(one.args.length, one.constantArgs ?? []).flatMap((columns) =>
    filters.map((asFilter) => {
      const args = one.args.map((arg, i) => (columns.includes(i) ? columnArg(arg, i) : constantArg(arg)));
      return { sql: sqlOf(row, one.type, args, asFilter), asFilter };
    }),
  );
  const forms = all.filter(({ sql }, i) => all.findIndex((form) => form.sql === sql) === i);
  const from =
    one.args.length === 0
      ? ''
      : ` FROM (SELECT ${one.args.map((arg, i) => `${literalSql(arg)} AS a${i}`).join(', ')}) t`;
  return { forms, sql: `SELECT ${forms.map(({ sql }) => sql).join(', ')}${from}` };
}

interface Result {
  readonly cells: readonly DuckDBValue[];
  readonly types: readonly string[];
}

async function runTogether(statements: readonly string[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const statement of statements) {
    const reader = await read(statement);
    results.push({ cells: reader.getRows()[0] as DuckDBValue[], types: reader.columnTypes().map(String) });
  }
  return results;
}

/**
 * Checks that `sql` and `evaluate` agree on many argument lists of the same types, in one statement for each choice of
 * constants: all as columns, and, for each list of `constantArgs`, those as constants (of the first list of arguments).
 */
export async function checkAgreement(
  row: ScalarFunction,
  argTypes: readonly KqlType[],
  type: KqlType,
  lists: readonly (readonly Value[])[],
  constantArgs: readonly (readonly number[])[] = [[]],
): Promise<void> {
  if (lists.length === 0) return;
  const table = lists
    .map((values, n) => `(${[String(n), ...values.map((value, i) => literalSql([argTypes[i]!, value]))].join(', ')})`)
    .join(', ');
  const names = ['n', ...argTypes.map((_, i) => `a${i}`)].join(', ');
  for (const constants of constantArgs) {
    const filled = lists.map((values) => values.map((value, i) => (constants.includes(i) ? lists[0]![i]! : value)));
    const args = argTypes.map((argType, i) =>
      constants.includes(i) ? constantArg([argType, lists[0]![i]!]) : columnArg([argType, null], i),
    );
    const sql = sqlOf(row, type, args);
    const rows = await selectRows(`SELECT ${sql} FROM (VALUES ${table}) t(${names}) ORDER BY n`);
    rows.forEach(([cell], n) => {
      const values = filled[n]!;
      const evaluated = row.evaluate(values, { name: row.name, argTypes, type });
      const value = cellValue(cell!, type);
      const words = `${row.name}(${values.map(show).join(', ')})`;
      assert.ok(
        same(value, evaluated, type),
        `${words}: engine ${show(value)}, evaluator ${show(evaluated)}, in\n${sql}`,
      );
    });
  }
}
