/** Another implementation of RFC 8617 is asked the same: mailauth in strict mode. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chain, mailauthWord, records, verify, withSet, zoneOf } from './sealers.ts';

/** What may happen to a chain on its way. The text is latin1. */
type Change = readonly [what: string, change: (text: string) => string];

const fieldOf = (name: string, instance: number): RegExp =>
  new RegExp(`^ARC-${name}:(?:[^\\r\\n]|\\r\\n[ \\t])*\\bi=${instance}\\b(?:[^\\r\\n]|\\r\\n[ \\t])*\\r\\n`, 'm');
const kinds = ['Seal', 'Message-Signature', 'Authentication-Results'] as const;

const change: fc.Arbitrary<Change> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    instance: fc.integer({ min: 1, max: 5 }),
    at: fc.nat(400),
    char: fc.constantFrom('a', 'A', '1', ';', '=', ' ', '"', ':'),
  })
  .chain(({ kind, instance, at, char }) => {
    const name = `${kind} ${instance}`;
    const inField = (edit: (field: string) => string) => (text: string) => text.replace(fieldOf(kind, instance), edit);
    return fc.constantFrom<Change>(
      ['nothing', (text) => text],
      [`${name} is gone`, inField(() => '')],
      [`${name} twice`, inField((field) => field + field)],
      [`${name} renumbered`, inField((field) => field.replace(/\bi=\d+/, `i=${(at % 7) - 1}`))],
      [
        `${name} moved to the end`,
        (text) => {
          const field = fieldOf(kind, instance).exec(text)?.[0] ?? '';
          return text.replace(field, '').replace('\r\n\r\n', `\r\n${field}\r\n`);
        },
      ],
      [
        `${name}: a character at ${at} is ${char}`,
        inField((field) =>
          at + 14 < field.length - 2 ? field.slice(0, at + 14) + char + field.slice(at + 15) : field,
        ),
      ],
      [
        `${name}: a character at ${at} is gone`,
        inField((field) => (at + 14 < field.length - 2 ? field.slice(0, at + 14) + field.slice(at + 15) : field)),
      ],
      [
        `${name}: cv=${['none', 'pass', 'fail'][at % 3]}`,
        inField((field) => field.replace(/cv=\w+/, `cv=${['none', 'pass', 'fail'][at % 3]}`)),
      ],
      [`${name}: folded elsewhere`, inField((field) => field.replace(/; /g, ';\r\n\t'))],
      ['the subject', (text) => text.replace('Subject: ', 'Subject: Re: ')],
      ['the body', (text) => `${text}more\r\n`],
      ['another field', (text) => `X-Spam: no\r\n${text}`],
      ['a second From', (text) => `From: eve@evil.example\r\n${text}`],
    );
  });

test('RFC 8617 section 5.2: chains of 1 to 5 hops, each changed on its way, as mailauth judges them', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      fc.nat(4),
      change,
      async (hops, when, [what, apply]) => {
        let bytes: Buffer = chain();
        for (const [at, simple] of hops.entries()) {
          bytes = withSet(bytes, simple ? { header: 'simple', body: 'simple' } : {});
          if (at === when % hops.length) bytes = Buffer.from(apply(bytes.toString('latin1')), 'latin1');
        }
        const { result, reason } = await verify(bytes);
        const word = await mailauthWord(bytes);
        seen.set(result, (seen.get(result) ?? 0) + 1);
        assert.equal(result, word, `${what}; ${hops.length} hops: ${reason}`);
      },
    ),
    { numRuns: 150 },
  );
  assert.ok((seen.get('pass') ?? 0) > 15 && (seen.get('fail') ?? 0) > 15, JSON.stringify([...seen]));
});

/** Where the two differ, and why ours stands. */
const differences: readonly (readonly [why: string, bytes: Buffer, ours: string, theirs: string])[] = [
  [
    'l= leaves part of the body to anybody: nothing that could override a verdict',
    chain({ messageSignature: { l: '5' } }),
    'fail',
    'pass',
  ],
  [
    'RFC 6376 section 3.5, q=: a method that we cannot use',
    chain({ messageSignature: { q: 'dns/https' } }),
    'fail',
    'pass',
  ],
  [
    'RFC 6376 section 3.5, d=: a domain name has no dot at its end',
    chain({ seal: { d: 'sealer1.example.' } }),
    'fail',
    'pass',
  ],
  [
    'RFC 8617 section 5.2: of older message signatures only the instance matters',
    chain({ messageSignature: { a: 'rsa-md5' } }, {}),
    'pass',
    'fail',
  ],
  [
    'RFC 8617 section 5.2: … and their h= no more than the rest',
    chain({ messageSignature: { h: 'from:arc-seal' } }, {}),
    'pass',
    'fail',
  ],
  [
    'RFC 8617 section 4.1.1: comments may stand in comments',
    chain({ results: ' i (a (b)) = 1; mx1.example.com' }),
    'pass',
    'fail',
  ],
];
for (const [why, bytes, ours, theirs] of differences) {
  test(`mailauth differs: ${why}`, async () => {
    assert.deepEqual([(await verify(bytes)).result, await mailauthWord(bytes)], [ours, theirs]);
  });
}

test('RFC 8617 section 5.2.1 has no word of its own for a key that could not be asked for, nor has mailauth; we have', async () => {
  const failing = { ...zoneOf(records), query: async () => ({ status: 'failed', failure: 'timeout' }) as never };
  const { result } = await verify(chain({}), { resolver: failing });
  assert.deepEqual([result, await mailauthWord(chain({}), failing)], ['temperror', 'fail']);
});
