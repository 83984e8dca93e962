import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText, walk } from '../../../src/kql/index.ts';

const catalog = {
  database: 'mail',
  version: '1',
  tables: [
    {
      name: 'Mail',
      relation: 'mail',
      columns: [
        { name: 'Subject', type: 'string' as const },
        { name: 'Size', type: 'long' as const },
      ],
    },
  ],
};
const read = (text: string) => readText(text, { catalog, now: 638_000_000_000_000_000n });

describe('a query is read', () => {
  it('with its nodes by kind and role, and the place of each', () => {
    const text = '// all\nMail\n| where Subject has "x" // why\n| project Size';
    const nodes = [...walk(read(text).root)];
    const filter = nodes.find(({ kind }) => kind === 'FilterOperator')!;
    assert.equal(filter.child('Condition')?.text, 'Subject has "x"');
    assert.equal(filter.child('Condition')?.role, 'Condition');
    assert.equal(filter.child('Condition')?.parent, filter);
    assert.equal(filter.span.start, text.indexOf('where'));
    assert.deepEqual(
      filter.columns?.map(({ name }) => name),
      ['Subject', 'Size'],
    );
    assert.equal(nodes.find(({ kind }) => kind === 'StringLiteralExpression')?.literal, 'x');
  });

  it('with the same identity for the uses of one thing, and another for another', () => {
    const nodes = [...walk(read('let a = 1; let b = 2; print a + a + b').root)].filter(
      ({ symbol }) => symbol?.kind === 'Variable',
    );
    const [a, b, first, second, third] = nodes.map(({ symbol }) => symbol!.identity);
    assert.ok(a === first && first === second && a !== b && b === third);
  });

  it('with its plans, filters on their tables', () => {
    const { plans, improved, refusal } = read('Mail | extend Big = Size > 10 | where Big | project Subject');
    assert.equal(refusal, undefined);
    assert.equal(plans.length, 1);
    assert.equal(improved[0]?.schema[0]?.name, 'Subject');
  });

  it('with its mistakes, and does not stop at them', () => {
    const { root, diagnostics, plans, refusal } = read('Mail | where Subjekt == "" | take 1');
    assert.deepEqual(
      diagnostics.map(({ code, span }) => [code, span.start]),
      [['KS142', 13]],
    );
    assert.ok([...walk(root)].some(({ kind }) => kind === 'TakeOperator'));
    assert.deepEqual([plans, (refusal as { code?: string }).code], [[], 'KQL0001']);
  });
});
