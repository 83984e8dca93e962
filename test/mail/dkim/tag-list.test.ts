import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colonList, parseTagList, withoutSpace } from '../../../src/mail/dkim/tag-list.ts';
import { inTime } from '../../in-time.ts';

const lists: Readonly<Record<string, Record<string, string> | undefined>> = {
  'a=b': { a: 'b' },
  'a=b;': { a: 'b' },
  'a=b; c=d': { a: 'b', c: 'd' },
  ' a = b \r\n\t; c\r\n = d\r\n ': { a: 'b', c: 'd' },
  'a=': { a: '' },
  'a=b=c': { a: 'b=c' },
  'a=b  c': { a: 'b  c' },
  'A=1;a=2': { A: '1', a: '2' },
  'a1_b=c': { a1_b: 'c' },
  '__proto__=1': undefined,
  'constructor=1': { constructor: '1' },
  'a=(x"y\\': { a: '(x"y\\' },
  'a=\xc3\xbc': { a: '\xc3\xbc' },
  'a=x\xa0': { a: 'x\xa0' },
  '': undefined,
  ';': undefined,
  'a=b;;': undefined,
  ';a=b': undefined,
  'a=b;;c=d': undefined,
  'a=b;a=c': undefined,
  'a=b; a =b': undefined,
  a: undefined,
  '=b': undefined,
  '1a=b': undefined,
  'a-b=c': undefined,
  'a b=c': undefined,
  'a=\x00': undefined,
  'a=\x7f': undefined,
};

for (const [text, tags] of Object.entries(lists)) {
  test(`RFC 6376 section 3.2: ${JSON.stringify(text)}`, () => {
    const found = parseTagList(text);
    assert.deepEqual(
      found === undefined ? undefined : [...found],
      tags === undefined ? undefined : Object.entries(tags),
    );
  });
}

test('a list of a million blanks or semicolons takes no time', async () => {
  await inTime(1000, () => {
    for (const unit of [' ', ';', '\r\n ', 'a', '=', ' a']) parseTagList(`a=b${unit.repeat(1 << 20)}c`);
  });
});

test('white space of values and lists', () => {
  assert.equal(withoutSpace(' a\r\n\tb '), 'ab');
  assert.deepEqual(colonList('From :\r\n To'), ['from', 'to']);
});
