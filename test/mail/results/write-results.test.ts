import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAuthenticationResults } from '../../../src/mail/results/read-results.ts';
import type { MethodResult } from '../../../src/mail/results/words.ts';
import { writeAuthenticationResults, writeMicrosoftResults } from '../../../src/mail/results/write-results.ts';

/** As it stands in a message: one character a byte. */
const onTheWire = (text: string): string => Buffer.from(text).toString('latin1');
const keyword = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
/** What a sender may choose: anything but control characters, which no field can hold. */
const hostile = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc
      .array(fc.constantFrom('"', '\\', '(', ')', ';', ' ', '=', 'dkim=pass', '\r\n', 'ü', '?='), { maxLength: 12 })
      .map((parts) => parts.join('')),
  )
  .map((text) => text.toWellFormed().replace(/[\0-\x1f\x7f]/g, ''));
/** Blanks in comments are one blank. */
const comment = hostile.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
const property = fc.tuple(keyword, keyword).map((parts) => parts.join('.'));

const methodResult: fc.Arbitrary<MethodResult> = fc
  .record({
    method: keyword,
    result: keyword,
    comment: fc.option(comment, { nil: undefined }),
    bare: fc.record({ action: hostile, reason: hostile }, { requiredKeys: [] }),
    typed: fc.dictionary(property, hostile, { maxKeys: 4, noNullPrototype: true }),
  })
  .map(({ comment: text, bare, typed, ...said }) => {
    const reason = bare.reason ?? text;
    return { ...said, properties: { ...bare, ...typed }, ...(reason === undefined ? {} : { reason }) };
  });

test('RFC 8601 section 2.2: what is written is read back, whatever senders choose', () => {
  const authservId = hostile.map((text) => text.replace(/=/g, '').toLowerCase()).filter((text) => text !== '');
  fc.assert(
    fc.property(authservId, fc.array(methodResult, { maxLength: 5 }), (id, results) => {
      const written = writeAuthenticationResults(id, results);
      assert.deepEqual(readAuthenticationResults(onTheWire(written)), { authservId: id, results });
    }),
  );
});

test('Microsoft: what is written is read back, whatever senders choose', () => {
  fc.assert(
    fc.property(fc.array(methodResult, { minLength: 1, maxLength: 5 }), (results) => {
      assert.deepEqual(readAuthenticationResults(onTheWire(writeMicrosoftResults(results))), { results });
    }),
  );
});

test('RFC 5322 section 2.2.3: no line end but in a fold, none longer than it must be', () => {
  fc.assert(
    fc.property(fc.array(methodResult, { maxLength: 5 }), (results) => {
      const lines = writeAuthenticationResults('mx.example.com', results).split('\r\n');
      assert.ok(lines.every((line, at) => !/[\r\n\0]/.test(line) && (at === 0 || /^ \S/.test(line))));
      assert.ok(lines.every((line) => line.length <= 76 || !/\S \S/.test(line.slice(1))));
    }),
  );
});

const results: readonly MethodResult[] = [
  { method: 'spf', result: 'fail', reason: 'sender IP is 203.0.113.7', properties: { 'smtp.mailfrom': 'example.net' } },
  { method: 'dkim', result: 'none', reason: 'message not signed', properties: { 'header.d': 'none' } },
  { method: 'dmarc', result: 'fail', properties: { action: 'oreject', 'header.from': 'example.com' } },
  { method: 'compauth', result: 'fail', reason: '000', properties: { reason: '000' } },
];

test('Microsoft: the form is its own', () => {
  const unfolded = (text: string): string => text.replace(/\r\n/g, '');
  assert.equal(
    unfolded(writeMicrosoftResults(results)),
    'spf=fail (sender IP is 203.0.113.7) smtp.mailfrom=example.net; dkim=none (message not signed) header.d=none;' +
      'dmarc=fail action=oreject header.from=example.com;compauth=fail reason=000',
  );
  assert.match(
    unfolded(writeMicrosoftResults(results.slice(0, 3))),
    /;dmarc=fail action=oreject header.from=example.com;$/,
  );
  const twice = [results[0]!, results[1]!, results[1]!];
  assert.match(unfolded(writeMicrosoftResults(twice)), /header.d=none;dkim=none \(message not signed\) header.d=none$/);
});

test('RFC 8601 section 2.2: the form, with lines folded', () => {
  assert.equal(
    writeAuthenticationResults('mx.example.com', results.slice(0, 2)),
    'mx.example.com; spf=fail (sender IP is 203.0.113.7)\r\n smtp.mailfrom=example.net; dkim=none (message not signed) header.d=none',
  );
  assert.equal(writeAuthenticationResults('mx.example.com', []), 'mx.example.com; none');
});

test('control characters and names that are none do not get in', () => {
  const odd: readonly MethodResult[] = [
    { method: 'spf', result: 'pass\r\nX: y', properties: {} },
    {
      method: 'dkim',
      result: 'fail',
      reason: 'a\r\nb\0',
      properties: { 'header.d': 'c\r\n\td', 'x=y; dmarc=pass z.z': 'e', other: 'f' },
    },
  ];
  assert.equal(writeAuthenticationResults('mx.example.com', odd), 'mx.example.com; dkim=fail (a??b?) header.d="c???d"');
});
