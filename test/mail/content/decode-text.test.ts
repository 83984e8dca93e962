import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { charsetOfHtml, textOf } from '../../../src/mail/content/decode-text.ts';
import type { ContentDefect } from '../../../src/mail/content/limits.ts';
import { decodedBytes } from '../../../src/mail/content/transfer-encoding.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

function decode(text: string, encoding: string) {
  const defects = new Set<ContentDefect>();
  return { text: decodedBytes(latin1(text), encoding, defects).toString('latin1'), defects: [...defects] };
}

const encodings: readonly (readonly [name: string, encoding: string, from: string, to: string, ...ContentDefect[]])[] =
  [
    ['base64 over lines', 'base64', 'aGVs\r\nbG8=', 'hello'],
    ['base64 without padding (2045 6.8, lenient)', 'base64', 'aGVsbG8', 'hello'],
    ['base64 passes over other characters (2045 6.8)', 'base64', 'aG!V s.bG\x008', 'hello'],
    ['base64 goes on after padding', 'base64', 'YQ==YWI=\r\nYWJj', 'aababc', 'data after the end of base64'],
    ['blanks after padding are no data', 'base64', 'YQ== \r\n', 'a'],
    ['quoted-printable (2045 6.7)', 'quoted-printable', 'a=3Db=C3=bc', 'a=b\xc3\xbc'],
    ['soft line breaks, CRLF and LF', 'quoted-printable', 'a=\r\nb=\nc= \t\r\nd=', 'abcd'],
    [
      'blanks at a line end go, meant ones stay (2045 6.7 rule 3)',
      'quoted-printable',
      'a \t\r\nb=20\r\nc \nd ',
      'a\r\nb \r\nc\nd ',
    ],
    ['an = that begins nothing stays', 'quoted-printable', 'a=b =zz ==41', 'a=b =zz =A'],
    ['8bit', '8bit', 'a\xff', 'a\xff'],
    ['no encoding', '', 'a=41', 'a=41'],
    ['an unknown encoding leaves the bytes', 'rot13', 'a=41', 'a=41', 'unknown transfer encoding'],
  ];

for (const [name, encoding, from, to, ...defects] of encodings) {
  test(`transfer encoding: ${name}`, () => assert.deepEqual(decode(from, encoding), { text: to, defects }));
}

test('law: base64 of any bytes, wrapped anywhere, gives the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
      const text = Buffer.from(bytes)
        .toString('base64')
        .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
      const back = decodedBytes(latin1(text), 'base64', new Set());
      assert.deepEqual(new Uint8Array(back), bytes);
    }),
  );
});

test('law: every byte written as =XX comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('hex').replace(/../g, '=$&');
      assert.deepEqual(new Uint8Array(decodedBytes(latin1(text), 'quoted-printable', new Set())), bytes);
    }),
  );
});

const charsets: readonly (readonly [name: string, bytes: string, charset: string, text: string, ...ContentDefect[]])[] =
  [
    ['none declared, UTF-8', '\xc3\xa9', '', 'é'],
    ['none declared, not UTF-8: windows-1252', '\xe9\x80', '', 'é€'],
    ['us-ascii with 8 bits', '\xe9', 'us-ascii', 'é'],
    ['declared', '\xc0', 'koi8-r', 'ю'],
    ['label in any case', '\xc0', ' KOI8-R ', 'ю'],
    ['iso-8859-1 is windows-1252 (Encoding Standard)', '\x93', 'iso-8859-1', '“'],
    ['utf-8 with a mark', '\xef\xbb\xbfa\xc3\xa9', 'utf-8', 'aé'],
    ['a mark says more than the declaration', '\xff\xfea\0', 'utf-8', 'a'],
    ['a mark of the other order', '\xfe\xff\0a', '', 'a'],
    ['bytes that are not UTF-8', 'a\xff', 'utf-8', 'a\ufffd', 'bytes that are not of the charset'],
    ['unknown: windows-1252', '\xe9', 'klingon', 'é', 'unknown charset'],
    ['unknown, only ASCII', 'abc', 'klingon', 'abc', 'unknown charset'],
    ['utf-16, whose ASCII bytes are no ASCII', 'a\0b\0', 'utf-16le', 'ab'],
    ['iso-2022-jp', '\x1b$B$"\x1b(B', 'iso-2022-jp', 'あ'],
    ['a label of the Encoding Standard that decodes nothing', 'abc', 'hz-gb-2312', 'abc', 'unknown charset'],
  ];

for (const [name, bytes, charset, text, ...wanted] of charsets) {
  test(`charset: ${name}`, () => {
    const defects = new Set<ContentDefect>();
    assert.equal(textOf(latin1(bytes), charset, defects), text);
    assert.deepEqual([...defects], wanted);
  });
}

test('HTML names its charset within 1,024 bytes', () => {
  assert.equal(charsetOfHtml(latin1('<html><META charset="koi8-r">')), 'koi8-r');
  assert.equal(charsetOfHtml(latin1(`<meta http-equiv=Content-Type content='text/html; charset=big5'>`)), 'big5');
  assert.equal(charsetOfHtml(latin1('<meta charset=utf-16>')), 'utf-8');
  assert.equal(charsetOfHtml(latin1(`${' '.repeat(1024)}<meta charset=big5>`)), '');
  assert.equal(charsetOfHtml(latin1('<p>charset=big5</p>')), '');
});
