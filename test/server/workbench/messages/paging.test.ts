import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageList } from '../../../../src/server/workbench/messages/list.ts';
import { cursorOf, cursorText } from '../../../../src/server/workbench/messages/paging.ts';
import { events, messagesRig } from './rig.ts';

test('a cursor goes round with any id', () => {
  const moments = fc
    .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const ids = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1024 }),
    fc
      .array(fc.constantFrom('~', '"', '\\', '\n', '\0', '\ud800', '\u2028', '%', '+', '=', '&', '😀'))
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(moments, ids, (at, id) => {
      const text = cursorText({ at, id });
      assert.match(text, /^[\w-]+$/);
      assert.ok(text.length <= 8192);
      assert.deepEqual(cursorOf(new URLSearchParams({ before: text }).get('before') ?? ''), { at, id });
    }),
    { numRuns: 300 },
  );
});

test('what no page gave is no cursor', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const at = '2026-07-18T12:00:00.0000000Z';
  assert.deepEqual(cursorOf(encoded([at, 'm'])), { at, id: 'm' });
  for (const value of [
    [at],
    [at, 7],
    ['2026-07-18) or true', 'm'],
    ['2026-99-18T12:00:00Z', 'm'],
    { at, id: 'm' },
    null,
    at,
  ])
    assert.equal(cursorOf(encoded(value)), undefined, JSON.stringify(value));
  for (const text of ['', '%', `${at}~m`, 'AAAA', encoded([at, 'm']).slice(2)])
    assert.equal(cursorOf(text), undefined, text);
  fc.assert(fc.property(fc.string(), (text) => cursorOf(text) === undefined));
});

test('messages with odd ids are paged like others', async () => {
  await using here = await messagesRig();
  const ids = [
    'a~b',
    'tab\there',
    'line\nbreak',
    '"quoted"',
    'back\\slash',
    "it's",
    '😀 and ü',
    'x'.repeat(900),
    '\u0001',
    '',
    ' ',
  ];
  await events(
    here.store,
    ids.map((id) => [5, id, 'bob@fabrikam.com'] as const),
  );
  const seen: string[] = [];
  for (let before: string | null = '', pages = 0; before !== null && pages < 20; pages++) {
    const answer = await here.get(`/api/v1/messages?limit=1${before && `&before=${encodeURIComponent(before)}`}`);
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    const { messages, next } = answer.json as MessageList;
    seen.push(...messages.map(({ networkMessageId }) => networkMessageId));
    before = next;
  }
  assert.deepEqual(seen.toSorted(), ids.toSorted());
});
