import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conversionFunctions } from '../../../src/kql/functions/conversions.ts';
import { type KqlType, parseDatetime, parseTimespan, type Value } from '../../../src/values/index.ts';
import { checkRandom, rowOf } from './agreement.ts';
import { checkAgreement, checkRows } from './check.ts';

type Line = readonly [name: string, from: KqlType, value: Value, expected: Value];

const types: Readonly<Record<string, KqlType>> = {
  tobool: 'bool',
  toint: 'int',
  tolong: 'long',
  toreal: 'real',
  todouble: 'real',
  todecimal: 'decimal',
  tostring: 'string',
  todatetime: 'datetime',
  totimespan: 'timespan',
  toguid: 'guid',
};
const check = (lines: readonly Line[]): Promise<void> =>
  checkRows(
    conversionFunctions,
    lines.map(([name, from, value, expected]) => ({ name, args: [[from, value]], type: types[name]!, expected })),
  );

const GUID = '01234567-89ab-cdef-0123-456789abcdef';

test('to numbers and bool', () =>
  check([
    ['tobool', 'string', 'true', true],
    ['tobool', 'string', 'FALSE', false],
    ['tobool', 'string', '1', true],
    ['tobool', 'string', 'yes', null],
    ['tobool', 'string', ' true', null],
    ['tobool', 'string', ' 1 ', true],
    ['tobool', 'dynamic', 1.9, true],
    ['tobool', 'dynamic', '1.9', null],
    ['tobool', 'long', 123n, true],
    ['tobool', 'dynamic', true, true],
    ['toint', 'string', '123', 123n],
    ['toint', 'string', '0x1f', 31n],
    ['toint', 'string', '1.5', null],
    ['toint', 'string', '1_0', null],
    ['toint', 'string', '1e3', null],
    ['toint', 'string', '3000000000', null],
    ['toint', 'real', 2.7, 2n],
    ['toint', 'real', -2.7, -2n],
    // a long is cut to its lower half, a real to the ends
    ['toint', 'long', 3_000_000_000n, -1_294_967_296n],
    ['toint', 'long', -2_147_483_649n, 2_147_483_647n],
    ['toint', 'long', 9_223_372_036_854_775_807n, -1n],
    ['toint', 'long', -9_223_372_036_854_775_808n, 0n],
    ['toint', 'timespan', 36_000_000_000n, 1_640_261_632n],
    ['toint', 'real', 1e19, 2_147_483_647n],
    ['toint', 'real', -1e19, -2_147_483_648n],
    ['toint', 'dynamic', 2_147_483_648n, -2_147_483_648n],
    ['toint', 'dynamic', '3.14', null],
    ['toint', 'dynamic', 'true', null],
    ['toint', 'dynamic', '0x10', 16n],
    ['tolong', 'string', 'a', null],
    ['tolong', 'string', '-9223372036854775808', -9_223_372_036_854_775_808n],
    ['tolong', 'real', Number.NaN, null],
    ['tolong', 'real', 9.3e18, 9_223_372_036_854_775_807n],
    ['tolong', 'real', Number.NEGATIVE_INFINITY, null],
    ['tolong', 'real', -1e19, -9_223_372_036_854_775_808n],
    ['tolong', 'datetime', 5n, 5n],
    ['tolong', 'dynamic', 9_007_199_254_740_993n, 9_007_199_254_740_993n],
    ['tolong', 'dynamic', 1.5, 1n],
    ['tolong', 'dynamic', true, 1n],
    ['tolong', 'dynamic', 'x', null],
    ['tolong', 'dynamic', null, null],
    ['todouble', 'string', '123.4', 123.4],
    ['todouble', 'string', '1e3', 1000],
    ['todouble', 'string', 'x', null],
    ['todouble', 'dynamic', 'true', null],
    ['todouble', 'dynamic', true, 1],
    ['todouble', 'dynamic', '3.14', 3.14],
    ['toreal', 'long', 5n, 5],
    ['todecimal', 'string', '123.45678', '123.45678'],
    ['todecimal', 'real', 0.1, '0.1'],
  ]));

test('to times: numbers are ticks', () =>
  check([
    ['todatetime', 'long', 1n, 1n],
    ['todatetime', 'int', 0n, 0n],
    ['todatetime', 'long', -1n, null],
    ['todatetime', 'long', 3_155_378_976_000_000_000n, null],
    ['totimespan', 'long', -864_000_000_000n, -864_000_000_000n],
    ['totimespan', 'int', 5n, 5n],
  ]));

test('to text', () =>
  check([
    ['tostring', 'long', 123n, '123'],
    ['tostring', 'long', null, ''],
    ['tostring', 'bool', true, 'True'],
    ['tostring', 'bool', false, 'False'],
    ['tostring', 'dynamic', true, 'true'],
    ['tostring', 'real', 1, '1.0'],
    ['tostring', 'real', 0.1, '0.1'],
    ['tostring', 'real', 1e21, '1e+21'],
    ['tostring', 'real', Number.NaN, 'NaN'],
    ['tostring', 'real', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['tostring', 'decimal', '1.50', '1.5'],
    ['tostring', 'datetime', parseDatetime('2026-07-18T14:08:56.1234567')!, '2026-07-18T14:08:56.1234567Z'],
    ['tostring', 'datetime', 0n, '0001-01-01T00:00:00.0000000Z'],
    ['tostring', 'timespan', -1n, '-00:00:00.0000001'],
    ['tostring', 'timespan', parseTimespan('1.02:03:04')!, '1.02:03:04'],
    ['tostring', 'guid', GUID, GUID],
    ['tostring', 'dynamic', 'a', 'a'],
    ['tostring', 'dynamic', null, ''],
  ]));

test('to datetime, timespan and guid', () =>
  check([
    ['todatetime', 'string', '2015-12-31 23:59:59.9', parseDatetime('2015-12-31T23:59:59.9Z')],
    ['todatetime', 'string', 'Sat, 8 Nov 14 15:05:02 GMT', parseDatetime('2014-11-08T15:05:02')],
    ['todatetime', 'string', '2014-02-30', null],
    ['todatetime', 'dynamic', '2014-02-03', parseDatetime('2014-02-03')],
    ['totimespan', 'string', '0.00:03:00', parseTimespan('3m')],
    ['totimespan', 'string', '2.5h', parseTimespan('02:30:00')],
    ['totimespan', 'string', '24:00:00', null],
    ['toguid', 'string', '0123456789abcdef0123456789abcdef', GUID],
    ['toguid', 'string', '0123456789ab-cdef-0123-456789ABCDEF and more', GUID],
    ['toguid', 'string', 'a string that is not a guid', null],
  ]));

/** Reals whose digits the engine's decimals hold; of others the conversion is refused. */
const isHeld = (value: Value): boolean =>
  !Number.isFinite(value) || value === 0 || (Math.abs(value as number) >= 0.01 && Math.abs(value as number) < 1e19);

test('the engine and the evaluator agree on values of each type', async () => {
  const froms: readonly KqlType[] = ['bool', 'int', 'long', 'real', 'decimal'];
  for (const name of ['tobool', 'toint', 'tolong', 'toreal', 'todecimal', 'tostring']) {
    for (const from of froms) {
      if (name === 'tobool' && from === 'decimal') continue;
      const keep = name === 'todecimal' && from === 'real' ? ([value]: readonly Value[]) => isHeld(value!) : undefined;
      await checkRandom(rowOf(conversionFunctions, name), [from], types[name]!, keep === undefined ? {} : { keep });
    }
  }
  for (const from of ['datetime', 'timespan', 'guid'] as const)
    await checkRandom(rowOf(conversionFunctions, 'tostring'), [from], 'string');
});

const digits = (max: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{1,${max}}$`));
const pieces = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((found) => found.join(''));
const maybe = (part: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(part, fc.constant(''));

const clock = pieces(digits(2), ':', digits(2), maybe(pieces(':', digits(2), maybe(pieces('.', digits(9))))));
const zone = fc.constantFrom('Z', ' GMT', '+02:00', '-0530', '+15', ' AM', 'pm Z', '');
const year = fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0'));
const separator = fc.constantFrom('-', '/', ' ', '.', ', ', ' - ');
const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  todatetime: fc.oneof(
    pieces(year, '-', digits(2), '-', digits(2), fc.constantFrom('T', ' ', '  '), clock, zone),
    pieces(year, maybe(pieces(separator, digits(2), maybe(pieces(separator, digits(2)))))),
    pieces(digits(2), separator, fc.constantFrom('Jan', 'feb', 'DEC', 'Foo'), separator, digits(4), ' ', clock, zone),
    pieces('Sat, ', digits(2), ' Nov ', digits(2), maybe(pieces(' ', clock))),
    pieces(digits(2), '/', digits(2), '/', year, maybe(pieces(' ', clock, zone))),
  ),
  totimespan: fc.oneof(
    pieces(
      maybe(fc.constant('-')),
      digits(9),
      maybe(pieces('.', digits(3))),
      fc.constantFrom('d', 'h', ' min', 'ms', 'tick', 'nanos', 'w'),
    ),
    pieces(maybe(fc.constant('-')), maybe(pieces(digits(8), '.')), clock),
    digits(9),
  ),
  tolong: fc.oneof(
    pieces(fc.constantFrom('', '-', '+', ' '), digits(20), fc.constantFrom('', ' ', '.', '.5')),
    pieces('0x', digits(17)),
  ),
  toreal: fc.oneof(
    pieces(maybe(fc.constant('-')), digits(20), maybe(pieces('.', digits(10))), maybe(pieces('e', digits(3)))),
    fc.constantFrom('nan', 'INF', '-Infinity', '+inf', '.', '.5', '5.', '1e', 'e5', '1_0'),
  ),
  todecimal: pieces(
    maybe(fc.constant('-')),
    digits(21),
    maybe(pieces('.', digits(20))),
    maybe(pieces('e-', digits(2))),
  ),
  tobool: fc.oneof(fc.constantFrom(' true', 'True ', 'truer', 'false', '0', '1', '-1', '0.0'), digits(20)),
};

test('the engine and the evaluator read the same from a text', async () => {
  for (const [name, text] of Object.entries(texts)) {
    const lists = fc.sample(fc.oneof({ arbitrary: text, weight: 9 }, fc.string()), { numRuns: 500, seed: 3 });
    const row = rowOf(conversionFunctions, name);
    const read = lists.filter(
      (one) => row.evaluate([one], { name, argTypes: ['string'], type: types[name]! }) !== null,
    );
    assert.ok(read.length > 50, `${name} reads only ${read.length} of its own forms`);
    await checkAgreement(
      row,
      ['string'],
      types[name]!,
      lists.map((one) => [one]),
    );
  }
});
