import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Parser } from 'htmlparser2';
import { MailhuntError } from '../../../src/errors/index.ts';
import type { Failure, Proof } from '../../../src/rules/prove/proof.ts';
import { runAsJson, type TestRun } from '../../../src/rules/prove/report-json.ts';
import { runAsJUnit } from '../../../src/rules/prove/report-junit.ts';

const hostile = `<b attr="'">&amp;\u0000\u001b[2J]]>\ud800\n`;

const failure: Failure = {
  kind: 'fired',
  message: `it should stay quiet ${hostile}`,
  variation: 3,
  seed: 1,
  now: '2026-07-15T12:00:00.000Z',
  count: 7,
  columns: [
    { name: 'Subject', type: 'string' },
    { name: 'n', type: 'long' },
  ],
  rows: [JSON.stringify([hostile, 1])],
  hints: ['a hint'],
};

const proofOf = (more: Partial<Proof>): Proof => ({
  verdict: 'proved',
  rule: { name: `A rule ${hostile}`, id: undefined, path: 'a/rule.kql', place: { line: 1, column: 1 } },
  testPath: 'a/rule.test.yaml',
  results: [],
  missing: [],
  refusal: undefined,
  refusedAt: undefined,
  milliseconds: 12.4,
  ...more,
});

const place = { line: 2, column: 3 };
const run: TestRun = {
  seed: 1,
  variations: 20,
  proofs: [
    proofOf({
      verdict: 'failing',
      missing: ['fires'],
      results: [
        { name: `case ${hostile}`, fires: false, place, runs: 4, milliseconds: 5, isIdle: false, failure },
        { name: 'held', fires: false, place, runs: 20, milliseconds: 5, isIdle: false, failure: undefined },
        {
          name: 'broken',
          fires: false,
          place,
          runs: 1,
          milliseconds: 5,
          isIdle: false,
          failure: { ...failure, kind: 'error' },
        },
      ],
    }),
    proofOf({ verdict: 'refused', refusal: new MailhuntError('KQL0003', {}), refusedAt: { line: 4, column: 5 } }),
  ],
  problems: [new Error('a file')],
};

/** Elements with their attributes, and the texts inside. */
function parsed(xml: string) {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof elements = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const element = { name, attributes, text: '' };
        elements.push(element);
        open.push(element);
      },
      ontext: (text) => {
        const element = open.at(-1);
        if (element !== undefined) element.text += text;
      },
      onclosetag: () => {
        open.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  assert.equal(open.length, 0);
  return elements;
}

describe('the report of a run', () => {
  for (const [strict, skipped, failures] of [
    [false, '1', '1'],
    [true, '0', '2'],
  ] as const) {
    it(`reads back as JUnit, a case a test, with hostile names (${strict ? 'strict' : 'lenient'})`, () => {
      const xml = runAsJUnit(run, { strict });
      assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff]/);
      const elements = parsed(xml);
      const suites = elements.filter(({ name }) => name === 'testsuite').map(({ attributes }) => attributes);
      assert.deepEqual(
        suites.map(({ tests, failures, errors, skipped }) => [tests, failures, errors, skipped]),
        [
          ['4', failures, '1', skipped],
          ['1', '0', '1', '0'],
          ['1', '0', '1', '0'],
        ],
      );
      assert.equal(
        suites[0]!.name,
        `A rule ${hostile.replace('\u0000', '\ufffd').replace('\u001b', '\ufffd').replace('\ud800', '\ufffd')}`,
      );
      const names = elements.filter(({ name }) => name === 'testcase').map(({ attributes }) => attributes.name);
      assert.deepEqual(names.slice(1), ['quiet: held', 'quiet: broken', 'has a test: fires', 'compiles', 'file 1']);
      const failed = elements.find(({ name }) => name === 'failure')!;
      assert.match(failed.text, /variation 3, seed 1, at 2026-07-15/);
      assert.match(failed.text, /a hint/);
      assert.match(failed.text, /and 6 more rows/);
      const refused = elements.filter(({ name }) => name === 'error')[1]!;
      assert.match(refused.attributes.message!, /a\/rule\.kql line 4, column 5/);
    });
  }

  it('reads back as JSON in its documented form', () => {
    const found = JSON.parse(runAsJson(run));
    assert.deepEqual(found.summary, { proved: 0, unproved: 0, failing: 1, refused: 1 });
    const [failing, refused] = found.rules;
    assert.deepEqual(Object.keys(failing), [
      'name',
      'path',
      'line',
      'column',
      'verdict',
      'tests',
      'missing',
      'milliseconds',
      'results',
    ]);
    assert.deepEqual(failing.results[0].failure.rows, [{ Subject: hostile, n: 1 }]);
    assert.deepEqual(Object.keys(failing.results[1]), [
      'name',
      'expects',
      'holds',
      'line',
      'column',
      'runs',
      'milliseconds',
    ]);
    assert.deepEqual(refused.error, { code: 'KQL0003', message: 'the query text is empty', line: 4, column: 5 });
    assert.deepEqual(found.problems, [{ message: 'a file' }]);
  });
});
