import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckAnswer } from '../../../src/server/workbench/queries/check.ts';
import { ServerError } from '../../../web/src/api/call.ts';
import type { Piece, QueryRequest } from '../../../web/src/api/stream-query.ts';
import { statementsIn } from '../../../web/src/editor/statements.ts';
import { furtherErrors } from '../../../web/src/hunt/problems.ts';
import { MOST_ROWS, type Stream, startRun } from '../../../web/src/hunt/run.ts';

const head = (name: string, warnings: Extract<Piece, { kind: 'head' }>['warnings'] = []): Piece => ({
  kind: 'head',
  tables: [{ name, columns: [{ name: 'n', type: 'long' }], visualization: undefined, sql: 'SELECT' }],
  warnings,
});
const rows = (count: number): Piece => ({ kind: 'rows', rows: Array.from({ length: count }, (_, i) => [i]) });
const end = (count: number, more = false): Piece => ({ kind: 'end', rows: count, more });
const tail: Piece = { kind: 'tail', warnings: [], milliseconds: 5 };

/** What a check says of a text with these errors. */
const checked = (...errors: readonly (readonly [code: string, message: string, start: number])[]): CheckAnswer => ({
  diagnostics: errors.map(([code, message, start]) => ({
    severity: 'Error',
    code,
    message,
    span: { start, length: 2 },
  })),
  warnings: [],
  sql: [],
  parameters: [],
  limitsTime: false,
});

/** Answers each request with the pieces of its text; what is an error is thrown. */
const answering = (answers: Readonly<Record<string, readonly (Piece | Error)[]>>, asked: QueryRequest[] = []): Stream =>
  async function* (request, signal) {
    asked.push(request);
    for (const piece of answers[request.text] ?? []) {
      await Promise.resolve();
      signal.throwIfAborted();
      if (piece instanceof Error) throw piece;
      yield piece;
    }
  };

test('one query: rows as they come, what is more is said, times are added up', async () => {
  const asked: QueryRequest[] = [];
  const stream = answering({ A: [head('R'), rows(3), rows(2), end(5, true), tail] }, asked);
  const run = startRun(statementsIn('A'), () => ({ from: '2026-07-18T00:00:00Z' }), { stream });
  let told = 0;
  run.result.subscribe(() => told++);
  await run.ended;
  const { state, tables, capped } = run.result.snapshot();
  assert.deepEqual([state, tables[0]?.rows.length, tables[0]?.complete, capped], ['done', 5, true, true]);
  assert.deepEqual(asked, [{ text: 'A', from: '2026-07-18T00:00:00Z', rows: MOST_ROWS }]);
  assert.equal(run.result.milliseconds, 5);
  assert.ok(told >= 1);
});

test('several queries fill one result; places are those of the whole text; the page holds no more than its rows', async () => {
  const asked: QueryRequest[] = [];
  const text = 'A\n\nBB\n\nC';
  const span = { start: 1, length: 1 };
  const failure = new ServerError(400, { code: 'KQL0001', message: 'no', span: { start: 0, length: 1 } });
  const check = async () => checked(['KS142', 'no', 0], ['KS204', 'late', 5]);
  const stream = answering(
    {
      A: [head('R1'), rows(2), end(2), tail],
      BB: [head('R2', [{ code: 'WARN0002', message: 'never', span }]), rows(1), end(1), tail],
      C: [failure],
    },
    asked,
  );
  const run = startRun(statementsIn(text), undefined, { stream, check });
  await run.ended;
  const snapshot = run.result.snapshot();
  assert.equal(snapshot.state, 'failed');
  assert.deepEqual(
    snapshot.tables.map(({ name, total }) => [name, total]),
    [
      ['R1', 2],
      ['R2', 1],
    ],
  );
  assert.equal(snapshot.warnings[0]?.span?.start, text.indexOf('BB') + 1);
  assert.equal(snapshot.failure?.span?.start, text.indexOf('C'));
  assert.deepEqual(snapshot.further, [
    { code: 'KS204', message: 'late', span: { start: text.indexOf('C') + 5, length: 2 } },
  ]);
  assert.deepEqual(
    asked.map((request) => request.rows),
    [MOST_ROWS, MOST_ROWS - 2, MOST_ROWS - 3],
  );
  assert.equal(run.result.milliseconds, 10);
});

test('a run that is cancelled keeps what had come, and says so', async () => {
  const forever: Stream = async function* (_, signal) {
    yield head('R');
    yield rows(1);
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const run = startRun(statementsIn('A'), undefined, { stream: forever });
  setTimeout(run.cancel, 20);
  await run.ended;
  const { state, tables, failure } = run.result.snapshot();
  assert.deepEqual([state, tables[0]?.rows.length, tables[0]?.complete, failure], ['cancelled', 1, false, undefined]);
});

test('a connection that breaks is told as such, not as an answer', async () => {
  const run = startRun(statementsIn('A'), undefined, {
    stream: answering({ A: [head('R'), rows(1), new TypeError('reset')] }),
  });
  await run.ended;
  const { state, failure } = run.result.snapshot();
  assert.deepEqual([state, failure?.code], ['failed', 'GONE']);
});

test('a failure is told also where nobody can say what else is wrong', async () => {
  const failure = new ServerError(400, { code: 'KQL0001', message: 'no', span: { start: 0, length: 1 } });
  const check = () => Promise.reject(new Error('busy'));
  const run = startRun(statementsIn('A'), undefined, { stream: answering({ A: [failure] }), check });
  await run.ended;
  const { state, failure: told, further } = run.result.snapshot();
  assert.deepEqual([state, told?.message, further], ['failed', 'no', []]);
});

test('of very many errors the first are told, and how many there are beside them', () => {
  const many = Array.from({ length: 30 }, (_, i): [string, string, number] => ['KS142', `no ${i}`, 30 - i]);
  const further = furtherErrors(checked(...many), { code: 'KQL0001', message: 'first', span: { start: 1, length: 2 } });
  assert.equal(further.length, 20);
  assert.deepEqual([further[0]?.message, further.at(-1)?.message], ['no 28', 'and 10 errors more']);
  const warning = { ...checked(['KS1', 'only a warning', 3]).diagnostics[0]!, severity: 'Warning' as const };
  assert.deepEqual(furtherErrors({ diagnostics: [warning] }, { code: '', message: '' }), []);
});
