import assert from 'node:assert/strict';
import { aggregateSql } from '../../../src/kql/functions/index.ts';
import type { AggregateFunction, SqlArg } from '../../../src/kql/functions/row.ts';
import { dynamicEquals, dynamicToJson, type KqlType, parseDynamic, type Value } from '../../../src/values/index.ts';
import { literalSql, selectRows } from '../functions/check.ts';

/** One group of rows and what an aggregate makes of it. */
export interface Group {
  readonly name: string;
  /** The types of the arguments; those whose position is in `constants` are the same constant in every row. */
  readonly types: readonly KqlType[];
  readonly rows: readonly (readonly Value[])[];
  readonly type: KqlType;
  readonly expected: Value;
  readonly constants?: readonly Value[];
}

/** Checks what `evaluate` gives, and what `sql` gives on the engine over a table of the same rows. */
export async function checkGroups(aggregates: readonly AggregateFunction[], groups: readonly Group[]): Promise<void> {
  for (const group of groups) {
    const { engine, evaluated } = await aggregate(aggregates, group);
    const words = `${group.name} of ${group.rows.map((row) => `(${row.map(dynamicToJson).join(', ')})`).join(' ')}`;
    assert.ok(same(evaluated, group.expected), `${words} evaluates to ${show(evaluated)}, not ${show(group.expected)}`);
    assert.ok(same(engine, group.expected), `${words} gives ${show(engine)}, not ${show(group.expected)}`);
  }
}

const same = (a: Value, b: Value): boolean => Object.is(a, b) || dynamicEquals(a, b);
const show = (value: Value): string => (typeof value === 'number' ? String(value) : dynamicToJson(value));

/** The value of an aggregate over a group, by the engine and by the evaluator. */
export async function aggregate(
  aggregates: readonly AggregateFunction[],
  { name, types, rows, type, constants = [] }: Omit<Group, 'expected'>,
): Promise<{ readonly engine: Value; readonly evaluated: Value }> {
  const row = aggregates.find((candidate) => candidate.name === name);
  assert.ok(row, `no row ${name}`);
  const columns = types.slice(0, types.length - constants.length);
  const args = types.map((argType, i): SqlArg => {
    const constant = constants[i - columns.length];
    if (constant !== undefined)
      return { sql: literalSql([argType, constant]), type: argType, nullable: false, constant };
    return { sql: `a${i}`, type: argType, nullable: argType !== 'string', constant: undefined };
  });
  const refuse = (reason: string): never => {
    throw new Error(`${name} refuses: ${reason}`);
  };
  const sql = aggregateSql(row, { name, args, type, asFilter: false, refuse });
  const empty = columns.map((one) => literalSql([one, null])).join(', ');
  const table = rows.map(
    (values, n) => `(${n}, ${values.map((value, i) => literalSql([columns[i]!, value])).join(', ')})`,
  );
  const names = columns.map((_, i) => `a${i}`).join(', ');
  const values = [`(-1, ${empty})`, ...table].join(', ');
  const source = `(SELECT * FROM (VALUES ${values}) t(n, ${names}) WHERE n >= 0 ORDER BY n)`;
  const [[cell, engineType] = []] = await selectRows(`SELECT ${sql}, typeof(${sql}) FROM ${source}`);
  const wholeType = type === 'int' ? 'INTEGER' : 'BIGINT';
  if (['int', 'long', 'datetime', 'timespan'].includes(type)) assert.equal(engineType, wholeType, `type of ${sql}`);
  const evaluated = row.evaluate(
    rows.map((one) => [...one, ...constants]),
    { name, argTypes: types, type },
  );
  return { engine: valueOfCell(cell as unknown, type), evaluated };
}

function valueOfCell(cell: unknown, type: KqlType): Value {
  if (cell === null) return null;
  if (type === 'dynamic') return parseDynamic(String(cell)) as Value;
  return typeof cell === 'number' && type !== 'real' ? BigInt(cell) : (cell as Value);
}
