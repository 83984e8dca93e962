import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalField, canonicalSignatureField } from '../../../src/mail/dkim/canonical-field.ts';
import { fieldCount, selectFields } from '../../../src/mail/dkim/select-fields.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';
import { inTime } from '../../in-time.ts';

const fieldOf = (raw: string) => readMessage(Buffer.from(`${raw}\r\n\r\n`, 'latin1')).fields[0]!;

const fields: Readonly<Record<string, readonly [relaxed: string, simple: string]>> = {
  'A: X': ['a:X', 'A: X'],
  'B : Y\t\r\n\tZ  ': ['b:Y Z', 'B : Y\t\r\n\tZ  '],
  'B : Y\t\n\tZ  ': ['b:Y Z', 'B : Y\t\r\n\tZ  '],
  'SUBject:a': ['subject:a', 'SUBject:a'],
  'a:': ['a:', 'a:'],
  'a: \t ': ['a:', 'a: \t '],
  'a:\r\n b': ['a:b', 'a:\r\n b'],
  'a: b\r\n ': ['a:b', 'a: b\r\n '],
  'a: b: c': ['a:b: c', 'a: b: c'],
  'a: \xa0b\xa0 ': ['a:\xa0b\xa0', 'a: \xa0b\xa0 '],
  'a: b\rc': ['a:b\rc', 'a: b\rc'],
  'a: b \v c': ['a:b \v c', 'a: b \v c'],
  'X-\xc4: b\r\nA: c': ['a:c', 'A: c'],
};

for (const [raw, [relaxed, simple]] of Object.entries(fields)) {
  test(`RFC 6376 sections 3.4.1 and 3.4.2: ${JSON.stringify(raw)}`, () => {
    assert.equal(canonicalField(fieldOf(raw), 'relaxed'), `${relaxed}\r\n`);
    assert.equal(canonicalField(fieldOf(raw), 'simple'), `${simple}\r\n`);
  });
}

const values = fc
  .array(fc.constantFrom(' ', '\t', '\r\n ', '\n\t', 'a', 'B', '\xa0', '\r', '\0', ':'))
  .map((parts) => parts.join(''));

test('RFC 6376 section 3.4.2: any value, in the steps of the section', () => {
  fc.assert(
    fc.property(values, (value) => {
      const field = { name: 'x', raw: `X:${value}`, value };
      const unfolded = value.replaceAll(/\r?\n/g, '');
      const plainly = `x:${unfolded
        .replaceAll(/[ \t]+/g, ' ')
        .replace(/^ /, '')
        .replace(/ $/, '')}\r\n`;
      assert.equal(canonicalField(field, 'relaxed'), plainly);
    }),
    { numRuns: 1000 },
  );
});

const signatures: Readonly<Record<string, string>> = {
  'v=1; b=abc; d=x': 'v=1; b=; d=x',
  'v=1; b=abc': 'v=1; b=',
  'v=1; b= abc\r\n\tdef ; d=x': 'v=1; b=; d=x',
  'b=abc; d=x': 'b=; d=x',
  'v=1; b = abc': 'v=1; b =',
  'v=1; bh=abc; b=def': 'v=1; bh=abc; b=',
  'v=1; z=b=1|b=2; b=def': 'v=1; z=b=1|b=2; b=',
  'v=1; B=abc; b=def': 'v=1; B=abc; b=',
  'v=1; d=x': 'v=1; d=x',
};

for (const [value, emptied] of Object.entries(signatures)) {
  test(`RFC 6376 section 3.7: ${JSON.stringify(value)} without its signature`, () => {
    const field = fieldOf(`DKIM-Signature: ${value}`);
    assert.equal(canonicalSignatureField(field, 'simple'), `DKIM-Signature: ${emptied}`);
    assert.equal(canonicalSignatureField(field, 'relaxed'), `dkim-signature:${emptied}`);
  });
}

test('RFC 6376 section 5.4.2: fields from the bottom up, each once, absent ones for nothing', () => {
  const message = readMessage(Buffer.from('A: 1\r\nB: 2\r\na: 3\r\nC: 4\r\n\r\n'));
  const selected = (names: string) => selectFields(message, names.split(' ')).map(({ raw }) => raw);
  assert.deepEqual(selected('a b'), ['a: 3', 'B: 2']);
  assert.deepEqual(selected('a a a a c'), ['a: 3', 'A: 1', 'C: 4']);
  assert.deepEqual(selected('x c a x a'), ['C: 4', 'a: 3', 'A: 1']);
  assert.equal(fieldCount(message, 'a'), 2);
  assert.equal(fieldCount(message, 'x'), 0);
});

test('names without end, fields without end: no time', async () => {
  await inTime(1000, () => {
    const message = readMessage(Buffer.from(`${'From: a\r\n'.repeat(2000)}\r\n`));
    assert.equal(selectFields(message, new Array(500_000).fill('from')).length, 2000);
    const blanks = { name: 'a', raw: '', value: `${' '.repeat(1 << 20)}\r${'\r\n '.repeat(1 << 19)}x` };
    canonicalField(blanks, 'relaxed');
    canonicalSignatureField({ ...blanks, value: '; '.repeat(1 << 20) }, 'simple');
  });
});
