import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addRun, MOST_CHARACTERS, MOST_RUNS, type Ran, readRuns, searchRuns } from '../../../web/src/hunt/history.ts';

const ran = (text: string, at = 1): Ran => ({ text, at, state: 'done', rows: 2, milliseconds: 30 });
const filled = (texts: readonly string[]): readonly Ran[] =>
  texts.reduce((history: readonly Ran[], text, at) => addRun(history, ran(text, at)), []);

test('newest first, the same text once', () => {
  assert.deepEqual(
    filled(['A', 'B', 'A']).map(({ text, at }) => [text, at]),
    [
      ['A', 2],
      ['B', 1],
    ],
  );
});

test('bounded in number and in size; the oldest go', () => {
  const many = filled(Array.from({ length: MOST_RUNS + 20 }, (_, i) => `print ${i}`));
  assert.equal(many.length, MOST_RUNS);
  assert.equal(many[0]?.text, `print ${MOST_RUNS + 19}`);
  const large = filled(['a', 'b', 'c'].map((sign) => sign.repeat(MOST_CHARACTERS / 2)));
  assert.deepEqual(
    large.map(({ text }) => text[0]),
    ['c', 'b'],
  );
  assert.deepEqual(filled(['x'.repeat(MOST_CHARACTERS + 1)]), []);
});

test('search: all words, in whatever case and order', () => {
  const history = filled(['EmailEvents | where Subject has "x"', 'UrlClickEvents | take 5']);
  assert.equal(searchRuns(history, 'subject EMAILEVENTS').length, 1);
  assert.equal(searchRuns(history, 'subject take').length, 0);
  assert.equal(searchRuns(history, ' ').length, 2);
});

test('what was kept comes back, what is damaged does not', () => {
  const history = filled(['A', 'B']);
  assert.deepEqual(readRuns(JSON.parse(JSON.stringify(history))), history);
  assert.deepEqual(readRuns([null, 1, { text: 'A' }, { ...ran('B'), state: 'running' }, ran('C')]), [ran('C')]);
  assert.equal(readRuns({}), undefined);
});
