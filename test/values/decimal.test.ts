import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  floorDecimal,
  isHeldDecimal,
  moduloDecimals,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  subtractDecimals,
} from '../../src/values/index.ts';

test('a text becomes plain digits, at most 34 of them', () => {
  for (const [text, expected] of [
    ['1.50', '1.5'],
    [' -0.0 ', '0'],
    ['1e5', '100000'],
    ['15e-1', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['12345678901234567890123456789012345', '12345678901234567890123456789012340'],
    ['12345678901234567890123456789012355', '12345678901234567890123456789012360'],
    ['', null],
    ['.', null],
    ['1,5', null],
    ['1e9999', null],
  ] as const)
    assert.equal(parseDecimal(text), expected, text);
});

test('products, quotients and rests', () => {
  assert.equal(multiplyDecimals('1.5', '-2.25'), '-3.375');
  assert.equal(divideDecimals('1', '3'), `0.${'3'.repeat(34)}`);
  assert.equal(divideDecimals('2', '3'), `0.${'6'.repeat(33)}7`);
  assert.equal(divideDecimals('-2', '3'), `-0.${'6'.repeat(33)}7`);
  assert.equal(divideDecimals('1', '0.000'), null);
  assert.equal(moduloDecimals('-14', '12'), '10');
  assert.equal(moduloDecimals('-14', '-12'), '10');
  assert.equal(moduloDecimals('5.5', '2'), '1.5');
  assert.equal(moduloDecimals('5', '0'), null);
});

test('rounding and bins', () => {
  assert.equal(roundDecimal('2.5', 0), '3');
  assert.equal(roundDecimal('-2.5', 0), '-3');
  assert.equal(roundDecimal('2.345', 2), '2.35');
  assert.equal(roundDecimal('2.344', 2), '2.34');
  assert.equal(roundDecimal('1250', -2), '1300');
  assert.equal(roundDecimal('1', -1000), '0');
  assert.equal(floorDecimal('-4.7', '1'), '-5');
  assert.equal(floorDecimal('6.5', '2.5', '7'), '4.5');
  assert.equal(floorDecimal('6.5', '0'), null);
});

test('what the database holds', () => {
  assert.ok(isHeldDecimal(`${'9'.repeat(20)}.${'9'.repeat(18)}`));
  assert.ok(!isHeldDecimal('9'.repeat(21)));
  assert.ok(!isHeldDecimal(`0.${'9'.repeat(19)}`));
});

const decimal = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => {
    const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
    const cut = text.length - scale;
    return parseDecimal(`${digits < 0n ? '-' : ''}${text.slice(0, cut)}.${text.slice(cut)}`)!;
  });

test('the laws of arithmetic hold where nothing is rounded', () => {
  fc.assert(
    fc.property(decimal, decimal, decimal, (a, b, c) => {
      assert.equal(addDecimals(a, b), addDecimals(b, a));
      assert.equal(subtractDecimals(addDecimals(a, b)!, b), a);
      assert.equal(
        multiplyDecimals(a, addDecimals(b, c)!),
        addDecimals(multiplyDecimals(a, b)!, multiplyDecimals(a, c)!),
      );
      if (compareDecimals(b, '0') !== 0) {
        assert.equal(divideDecimals(multiplyDecimals(a, b)!, b), a);
        const rest = moduloDecimals(a, b)!;
        assert.ok(compareDecimals(rest, '0') >= 0);
      }
      assert.equal(Math.sign(compareDecimals(a, b)), Math.sign(Number(subtractDecimals(a, b))));
    }),
  );
});
