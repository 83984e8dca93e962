import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDmarcRecord, parseDmarcRecord, recordLimit } from '../../../src/mail/dmarc/record.ts';
import { inTime } from '../../in-time.ts';

test('RFC 9989 section 4.7: the defaults', () => {
  const text = 'v=DMARC1; p=reject';
  assert.deepEqual(parseDmarcRecord(text), {
    text,
    p: 'reject',
    sp: undefined,
    np: undefined,
    adkim: 'r',
    aspf: 'r',
    fo: ['0'],
    rua: [],
    ruf: [],
    psd: 'u',
    t: false,
    pct: 100,
    rf: 'afrf',
    ri: 86_400,
  });
});

test('RFC 9989 section 4.7 and RFC 7489 section 6.3: every tag', () => {
  const text =
    'v=DMARC1; p=none; sp=quarantine; np=reject; adkim=s; aspf=S; fo=1:d:s; rua=mailto:a@example.com!10m , https://example.com/%2c; ruf=mailto:b@example.com; psd=n; t=y; pct=20; rf=iodef; ri=3600; x=y';
  assert.deepEqual(parseDmarcRecord(text), {
    text,
    p: 'none',
    sp: 'quarantine',
    np: 'reject',
    adkim: 's',
    aspf: 's',
    fo: ['1', 'd', 's'],
    rua: ['mailto:a@example.com', 'https://example.com/%2c'],
    ruf: ['mailto:b@example.com'],
    psd: 'n',
    t: true,
    pct: 20,
    rf: 'iodef',
    ri: 3600,
  });
});

/** Tags behind the version, and what one member of the record must be. */
const values: readonly (readonly [string, 'p' | 'fo' | 'rua' | 'pct' | 'ri' | 'psd' | 't', unknown])[] = [
  ['', 'p', undefined],
  ['p=', 'p', 'invalid'],
  ['p=none reject', 'p', 'invalid'],
  ['p=reject\u0000', 'p', 'invalid'],
  ['p=réject', 'p', 'invalid'],
  ['p==reject', 'p', 'invalid'],
  ['p =\treject', 'p', 'reject'],
  ['p', 'p', undefined],
  ['=reject', 'p', undefined],
  ['p-x=reject', 'p', undefined],
  ['fo=0:1', 'fo', ['0']],
  ['fo=d:d', 'fo', ['0']],
  ['fo=D:1', 'fo', ['d', '1']],
  ['fo=2', 'fo', ['0']],
  ['fo=', 'fo', ['0']],
  ['rua=a@example.com', 'rua', []],
  ['rua=mailto:', 'rua', []],
  ['rua=mailto:a@example.com!x', 'rua', []],
  ['rua=mailto:a b@example.com', 'rua', []],
  ['rua=,,mailto:a@example.com,', 'rua', ['mailto:a@example.com']],
  ['rua=mailto:a%2@example.com', 'rua', []],
  ['pct=100', 'pct', 100],
  ['pct=101', 'pct', 100],
  ['pct=-1', 'pct', 100],
  ['pct=1.5', 'pct', 100],
  ['pct=0', 'pct', 0],
  ['ri=4294967295', 'ri', 4_294_967_295],
  ['ri=4294967296', 'ri', 86_400],
  ['psd=Y', 'psd', 'y'],
  ['psd=yes', 'psd', 'u'],
  ['t=Y', 't', true],
  ['t=1', 't', false],
];

for (const [tags, name, value] of values)
  test(`RFC 9989 section 4.8: ${JSON.stringify(tags)} gives ${name} ${JSON.stringify(value)}`, () => {
    assert.deepEqual(parseDmarcRecord(`v=DMARC1;${tags}`)?.[name], value);
  });

const versions: readonly (readonly [string, boolean])[] = [
  ['v=DMARC1', true],
  ['v=DMARC1;', true],
  [' v=DMARC1 ;', true],
  ['V = DMARC1;p=none', true],
  ['v=dmarc1;', false],
  ['v=DMARC1 p=none', false],
  ['v=DMARC10;', false],
  ['v=DMARC1,p=none', false],
  ['"v=DMARC1;p=none"', false],
  ['p=none;v=DMARC1', false],
  ['', false],
];

for (const [text, isRecord] of versions)
  test(`RFC 9989 section 4.7 "v": ${JSON.stringify(text)} is ${isRecord ? 'a' : 'no'} record`, () => {
    assert.equal(isDmarcRecord(text), isRecord);
    assert.equal(parseDmarcRecord(text) !== undefined, isRecord);
  });

test('RFC 6376 section 3.2: a tag that stands twice spoils the list, one in another case does not', () => {
  assert.equal(parseDmarcRecord('v=DMARC1; p=none; p=none'), undefined);
  assert.equal(parseDmarcRecord('v=DMARC1; v=DMARC1; p=none'), undefined);
  assert.equal(parseDmarcRecord('v=DMARC1; p=none; P=reject')?.p, 'none');
});

test('a record of the limit is read, a longer one is not', () => {
  const head = 'v=DMARC1; p=none; x=';
  assert.equal(parseDmarcRecord(head.padEnd(recordLimit, '1'))?.p, 'none');
  assert.equal(parseDmarcRecord(head.padEnd(recordLimit + 1, '1')), undefined);
});

test('any text is read without an error, and quickly', async () => {
  const piece = fc.constantFrom(
    'v=DMARC1',
    ';',
    '=',
    ' ',
    '\t',
    'p',
    'reject',
    'rua',
    'mailto:',
    '!',
    ',',
    '%',
    'é',
    '\0',
    'sp=none',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
      const record = parseDmarcRecord(`v=DMARC1;${pieces.join('')}`);
      assert.ok(record === undefined || record.pct <= 100);
    }),
    { numRuns: 300 },
  );
  for (const unit of [' ', ';', '=', 'mailto:a!1', ',', '%4', 'a@', '!'.repeat(2)]) {
    await inTime(500, () => {
      parseDmarcRecord(`v=DMARC1; rua=${unit.repeat(100_000).slice(0, recordLimit - 14)}`);
      isDmarcRecord(unit.repeat(1_000_000));
    });
  }
});
