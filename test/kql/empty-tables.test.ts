import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Catalog, compile } from '../../src/kql/index.ts';

const named = (name: string, rows: number) => ({
  name,
  columns: [{ name: 'Id', type: 'string' as const }],
  relation: `"${name}"`,
  rows,
});
const catalog: Catalog = {
  database: 'mail',
  version: 'empty tables',
  tables: [named('Full', 3), ...['None1', 'None2', 'None3', 'None4', 'None5'].map((name) => named(name, 0))],
};

const told = (text: string): string[] =>
  compile(text, { catalog, now: 0n }).warnings.map(({ code, message, span }) => {
    assert.equal(code, 'WARN0001');
    return `${message} at ${span?.start}`;
  });

const cases: readonly [text: string, warnings: string[]][] = [
  ['Full | take 1', []],
  ['None1 | take 1', ['the table None1 is empty at 0']],
  ['Full | join kind=leftanti None1 on Id', ['the table None1 is empty at 26']],
  ['Full | lookup None1 on Id', ['the table None1 is empty at 14']],
  ['Full | where Id !in (None1)', ['the table None1 is empty at 21']],
  ['print toscalar(None1 | count)', ['the table None1 is empty at 15']],
  ['None1 | join kind=inner None1 on Id', ['the table None1 is empty at 0']],
  ['union Full, None1', []],
  ['union Full, (None1 | where Id == "x")', []],
  ['union (Full | join kind=leftanti None1 on Id), None2', ['the table None1 is empty at 33']],
  ['union None1, None2', ['the table None1 is empty at 6', 'the table None2 is empty at 13']],
  ['let unread = None1; Full', []],
  ['search "x"', []],
  ['union None1, None2, None3, None4, None5', ['the tables None1, None2, None3 and 2 more are empty at 6']],
];

for (const [text, warnings] of cases)
  test(`${text} has ${warnings.length} warnings`, () => {
    assert.deepEqual(told(text), warnings);
  });
