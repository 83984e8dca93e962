import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INCOMPLETE, JsonScanner, MALFORMED } from '../../src/ingest/json-scanner.ts';
import { takeText } from './exports.ts';

test('a value ends where JSON.parse says, and no part of it is whole', () => {
  const value = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1), fc.nat(), (json, indent, cut) => {
      const bytes = Buffer.from(JSON.stringify(json, null, indent));
      assert.equal(new JsonScanner(Buffer.concat([bytes, Buffer.from(',{"x":"]}"}')])).valueEnd(0), bytes.length);
      assert.ok(new JsonScanner(bytes.subarray(0, Math.max(1, cut % bytes.length))).valueEnd(0) < 0);
    }),
    { numRuns: 500 },
  );
});

const ends: Readonly<Record<string, number>> = {
  '"a\\"b" ': 6,
  '"a\\\\" ': 5,
  '"a': INCOMPLETE,
  '"a\n"': MALFORMED,
  '{"a":"b\n}"}': MALFORMED,
  '[1,2': INCOMPLETE,
  'true,': 4,
};

for (const [text, end] of Object.entries(ends)) {
  test(`the end of ${JSON.stringify(text)}`, () => assert.equal(new JsonScanner(Buffer.from(text)).valueEnd(0), end));
}

test('any rows come out of any envelope, however it is printed', async (t) => {
  const subject = fc.string({
    unit: fc.oneof(fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', '\n', 'é', '😀'), fc.string()),
  });
  const envelopes: readonly ((rows: { Subject: string }[]) => unknown)[] = [
    (rows) => rows,
    (rows) => ({ schema: [{ name: 'Subject' }], results: rows, after: { results: 1 } }),
    (rows) => ({ records: rows.map((properties) => ({ category: 'AdvancedHunting-EmailEvents', properties })) }),
    (rows) => ({ tables: [{ columns: [{ name: 'Subject' }], rows: rows.map((row) => [row.Subject]) }], render: {} }),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(subject.map((text) => ({ Subject: text.toWellFormed().replaceAll('\0', '') }))),
      fc.constantFrom(...envelopes),
      fc.constantFrom(undefined, 2),
      async (rows, envelope, indent) => {
        const { store, aside } = await takeText(t, 'EmailEvents.json', JSON.stringify(envelope(rows), null, indent));
        assert.deepEqual(aside, []);
        assert.deepEqual(
          store.rows('EmailEvents').map(({ Subject }) => Subject),
          rows.map((row) => row.Subject),
        );
      },
    ),
    { numRuns: 150 },
  );
});
