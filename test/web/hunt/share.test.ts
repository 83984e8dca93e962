import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { sharedIn } from '../../../web/src/hunt/link.ts';
import { LONGEST_LINK, LONGEST_TEXT, packed, unpacked } from '../../../web/src/hunt/share.ts';

test('any query comes back out of its link, which an address can hold as it stands', async () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 120 }), texts, async (name, text) => {
      const link = await packed({ name, text });
      assert.match(link ?? '', /^#q1=[\w-]+$/);
      assert.deepEqual(await unpacked(link as string), { name, text });
    }),
    { numRuns: 100, seed: 5 },
  );
});

test('a query that repeats itself fits, one that does not is refused rather than cut', async () => {
  const lines = '| where SenderFromDomain != "contoso.com"\n'.repeat(2_000);
  const link = await packed({ name: 'Long', text: lines });
  assert.ok(link !== undefined && link.length <= LONGEST_LINK);
  assert.equal((await unpacked(link))?.text, lines);
  const noise = Array.from({ length: 200 }, (_, i) => createHash('sha256').update(String(i)).digest('base64')).join('');
  assert.equal(await packed({ name: '', text: noise }), undefined);
});

const base64 = (bytes: Buffer): string => bytes.toString('base64url');

const damaged: readonly [what: string, fragment: string][] = [
  ['nothing', ''],
  ['another fragment', '#section'],
  ['no base64', '#q1=***'],
  ['no deflated bytes', '#q1=aGVsbG8'],
  ['no JSON', `#q1=${base64(deflateRawSync('hello'))}`],
  ['another JSON', `#q1=${base64(deflateRawSync('{"a":1}'))}`],
  ['numbers', `#q1=${base64(deflateRawSync('[1,2]'))}`],
  ['no UTF-8', `#q1=${base64(deflateRawSync(Buffer.from([0x5b, 0x22, 0xff, 0x22])))}`],
  ['a bomb', `#q1=${base64(deflateRawSync(JSON.stringify(['', 'x'.repeat(LONGEST_TEXT)])))}`],
];
for (const [what, fragment] of damaged)
  test(`a link that holds ${what} opens nothing`, async () => assert.equal(await unpacked(fragment), undefined));

test('a link that was cut off opens nothing', async () => {
  const link = (await packed({ name: 'A', text: 'EmailEvents | where Subject has "invoice"' })) as string;
  assert.equal(await unpacked(link.slice(0, -4)), undefined);
});

test('links of other pages bring their text as it is', async () => {
  assert.deepEqual(await sharedIn('#kql=EmailEvents%0A%7C%20take%201'), { name: '', text: 'EmailEvents\n| take 1' });
  assert.equal(await sharedIn('#kql=%ff'), undefined);
  assert.deepEqual(await sharedIn((await packed({ name: 'A', text: 'B' })) as string), { name: 'A', text: 'B' });
});
