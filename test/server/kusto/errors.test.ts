import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue, type ErrorCode, MailhuntError } from '../../../src/errors/index.ts';
import { kustoError, statusOf } from '../../../src/server/kusto/errors.ts';
import type { Exchange } from '../../../src/server/kusto/exchange.ts';

const exchange: Exchange = {
  clientRequestId: 'me',
  activityId: 'id',
  database: 'mail',
  text: 'T\n| wher x',
  now: () => 0,
  started: 0,
};
const span = { start: 4, length: 4 };

/** Error, status, code, exception, inner code, words. */
const cases: [MailhuntError, number, string, string, string, RegExp][] = [
  [
    new MailhuntError('KQL0001', { text: 'Missing: x' }, { span, foreignCode: 'KS001' }),
    400,
    'General_BadRequest',
    'Kusto.Data.Exceptions.SyntaxException',
    'SYN0002',
    /^Syntax error: SYN0002: Query could not be parsed at 'wher' on line \[2,3\]: Missing: x \[line:position=2:3\] \(KQL0001\) Correct/,
  ],
  [
    new MailhuntError('KQL0001', { text: 'The name' }, { span, foreignCode: 'KS142' }),
    400,
    'General_BadRequest',
    'Kusto.Data.Exceptions.SemanticException',
    'SEM0100',
    /^Semantic error: SEM0100: The name \[line:position=2:3\] \(KQL0001\)/,
  ],
  [
    new MailhuntError('KQL0002', { what: 'the operator scan' }, { span }),
    400,
    'General_BadRequest',
    'Kusto.Data.Exceptions.SemanticException',
    'KQL0002',
    /^Semantic error: KQL0002: the operator scan is not supported yet \[line:position=2:3\] \(KQL0002\) Rewrite/,
  ],
  [
    new MailhuntError('HTTP0005', { database: 'X' }),
    400,
    'BadRequest_EntityNotFound',
    'Kusto.Data.Exceptions.EntityNotFoundException',
    'HTTP0005',
    /^Entity ID 'X' of kind 'Database' was not found\./,
  ],
  [
    new MailhuntError('STORE0006', { table: 'X' }),
    400,
    'BadRequest_EntityNotFound',
    'Kusto.Data.Exceptions.EntityNotFoundException',
    'STORE0006',
    /^Entity ID 'X' of kind 'Table' was not found\./,
  ],
  [
    new MailhuntError('HTTP0009', { seconds: 2 }),
    504,
    'Timeout',
    'Kusto.Data.Exceptions.KustoServiceTimeoutException',
    'HTTP0009',
    /within 2 s/,
  ],
];
for (const [error, status, code, type, inner, words] of cases)
  test(`${error.code} ${error.foreignCode ?? ''} as Kusto says it`, () => {
    // biome-ignore lint/suspicious/noExplicitAny: the members are what is tested
    const said = (kustoError(error, exchange) as any).error;
    assert.equal(statusOf(error), status);
    assert.equal(said.code, code);
    assert.equal(said['@type'], type);
    assert.match(said['@message'], words);
    assert.equal(said['@text'], exchange.text);
    assert.equal(said['@mailhunt'].code, error.code);
    assert.equal(said.innererror.code, inner);
    assert.equal(said.innererror['@errorCode'], inner);
  });

test('every code of the catalogue has a status that clients know', () => {
  const known = new Set([400, 401, 403, 404, 409, 413, 415, 429, 502, 503, 504, 520]);
  for (const code of Object.keys(catalogue) as ErrorCode[])
    assert.ok(known.has(statusOf(new MailhuntError(code, {} as never))), code);
});
