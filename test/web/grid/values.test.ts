import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sizeOf } from '../../../web/src/grid/budget.ts';
import { cellText, shownDatetime, shownText } from '../../../web/src/grid/values/cell-text.ts';
import { hasHidden, visibleParts, visibleText } from '../../../web/src/grid/values/hidden-characters.ts';
import { jsonOf } from '../../../web/src/grid/values/json-in-text.ts';
import {
  compareKeys,
  orderKeyOf,
  scaledDecimal,
  textOfScaled,
  timespanTicks,
} from '../../../web/src/grid/values/order-key.ts';

describe('hidden characters', () => {
  const hidden = [
    '\u202E',
    '\u2066',
    '\u200B',
    '\uFEFF',
    '\u00AD',
    '\0',
    '\x1b',
    '\u0085',
    '\u2028',
    '\uD800',
    '\u3164',
    '\u{E0041}',
    '\u{E0100}',
    '\n',
  ];
  for (const char of hidden)
    it(`U+${char.codePointAt(0)!.toString(16)} is shown as an escape`, () => {
      assert.ok(hasHidden(`a${char}b`));
      assert.doesNotMatch(visibleText(`a${char}b`), /[^\x20-\x7e]/);
    });
  for (const text of ['plain', 'ä 漢字 العربية 😀', 'a \\u{202E} written out', ''])
    it(`${JSON.stringify(text)} stays`, () => {
      assert.equal(hasHidden(text), false);
      assert.equal(visibleText(text), text);
    });
  it('tells the escapes from the text around them', () =>
    assert.deepEqual(visibleParts('a\u202E\nb'), [
      { text: 'a', escaped: false },
      { text: '\\u{202E}\\n', escaped: true },
      { text: 'b', escaped: false },
    ]));
});

describe('the text of a cell', () => {
  it('is exact', () => {
    assert.equal(cellText('9223372036854775807', 'long'), '9223372036854775807');
    assert.equal(cellText({ a: [1, 'x'] }, 'dynamic'), '{"a":[1,"x"]}');
    assert.equal(cellText('bare', 'dynamic'), 'bare');
    assert.equal(cellText(null, 'long'), '');
    assert.equal(cellText(false, 'bool'), 'false');
  });
  it('names what is nested deeper than any stack', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    assert.match(cellText(deep, 'dynamic'), /too deep/);
    assert.ok(sizeOf(deep) > 0);
  });
  it('shows a datetime without what says nothing', () => {
    assert.equal(shownDatetime('2026-07-18T14:08:56.1200000Z'), '2026-07-18 14:08:56.12');
    assert.equal(shownDatetime('2026-07-18T14:08:56.0000000Z'), '2026-07-18 14:08:56');
    assert.equal(shownText('2026-07-18T14:08:56.0000000Z', 'string'), '2026-07-18T14:08:56.0000000Z');
  });
});

describe('keys of order', () => {
  const order = (type: Parameters<typeof orderKeyOf>[0], cells: unknown[], descending = false) => {
    const key = orderKeyOf(type);
    return cells.toSorted((a, b) => compareKeys(key(a), key(b), descending));
  };
  it('longs beyond 2^53 are told apart, also from numbers', () =>
    assert.deepEqual(
      order('long', ['9223372036854775807', 5, '9223372036854775806', '-9223372036854775808', 9007199254740991]),
      ['-9223372036854775808', 5, 9007199254740991, '9223372036854775806', '9223372036854775807'],
    ));
  it('null and NaN come last in either direction', () => {
    assert.deepEqual(order('real', [null, 2, 'NaN', '-Infinity', 1]), ['-Infinity', 1, 2, 'NaN', null]);
    assert.deepEqual(order('real', [null, 2, 'NaN', '-Infinity', 1], true), [2, 1, '-Infinity', 'NaN', null]);
  });
  it('from either side', () => {
    for (const descending of [true, false])
      for (const last of [null, undefined] as const) {
        assert.equal(compareKeys(last, 1, descending), 1);
        assert.equal(compareKeys(1, last, descending), -1);
      }
    assert.equal(compareKeys(null, undefined, true), 1);
    assert.equal(compareKeys(undefined, null, true), -1);
  });
  it('timespans by their length, not their text', () =>
    assert.deepEqual(order('timespan', ['10.00:00:00', '9.00:00:00', '-1.00:00:00', '23:59:59.9999999']), [
      '-1.00:00:00',
      '23:59:59.9999999',
      '9.00:00:00',
      '10.00:00:00',
    ]));
  it('decimals exactly', () =>
    assert.deepEqual(order('decimal', ['0.10000000000000000001', '0.1', '-5', '12345678901234567890.5']), [
      '-5',
      '0.1',
      '0.10000000000000000001',
      '12345678901234567890.5',
    ]));
  it('datetimes to their last digit', () =>
    assert.deepEqual(
      order('datetime', [
        '2026-07-18T14:08:56.0000002Z',
        '2026-07-18T14:08:56.0000001Z',
        '0001-01-01T00:00:00.0000000Z',
      ]),
      ['0001-01-01T00:00:00.0000000Z', '2026-07-18T14:08:56.0000001Z', '2026-07-18T14:08:56.0000002Z'],
    ));
  it('a decimal survives the way through its key', () => {
    for (const text of ['0', '-1', '0.5', '-0.000000000000000001', '99999999999999999999.999999999999999999'])
      assert.equal(textOfScaled(scaledDecimal(text)!), text);
    assert.equal(scaledDecimal('abc'), undefined);
    assert.equal(timespanTicks('1:2'), undefined);
  });
});

describe('JSON within a cell', () => {
  it('is found in dynamics and in texts', () => {
    assert.deepEqual(jsonOf('{"DMARC":"fail"}', 'string'), { value: { DMARC: 'fail' }, inText: true });
    assert.deepEqual(jsonOf([1], 'dynamic'), { value: [1], inText: false });
  });
  it('is not taken for what is none', () => {
    for (const text of ['5', '"x"', '{broken', 'text [1]', '', '[SPAM] hello'])
      assert.equal(jsonOf(text, 'string'), undefined);
    assert.equal(jsonOf(null, 'dynamic'), undefined);
    assert.equal(jsonOf('{"a":1}', 'guid'), undefined);
  });
});
