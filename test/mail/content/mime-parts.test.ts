import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ContentDefect, type ContentLimits, contentLimits } from '../../../src/mail/content/limits.ts';
import { type MimePart, partsOf } from '../../../src/mail/content/mime-parts.ts';
import { type RawMessage, readMessage } from '../../../src/mail/message/raw-message.ts';
import { bytesOf, message, multipart } from './mail.ts';

function walk(mail: RawMessage, limits: Partial<ContentLimits> = {}) {
  const defects = new Set<ContentDefect>();
  const parts = partsOf(mail, { ...contentLimits, ...limits }, defects);
  const bodyOf = ({ start, end }: MimePart): string => mail.bytes.toString('latin1', start, end);
  return { parts, bodies: parts.map(bodyOf), defects: [...defects] };
}

interface Row {
  readonly name: string;
  readonly lines: readonly string[];
  /** `type|body` of each leaf. */
  readonly leaves: readonly string[];
  readonly defects?: readonly ContentDefect[];
}

const plain = (body: string): string[] => ['Content-Type: text/plain', '', body];

const rows: readonly Row[] = [
  { name: 'no Content-Type is text/plain (2045 5.2)', lines: ['Subject: x', '', 'hi'], leaves: ['text/plain|hi'] },
  {
    name: 'a type without a slash is text/plain (2045 5.2)',
    lines: ['Content-Type: text', '', 'hi'],
    leaves: ['text/plain|hi'],
  },
  {
    name: 'comment and case in a type (2045 5.1)',
    lines: ['Content-Type: TEXT/Html(of sorts); charset=x', '', 'hi'],
    leaves: ['text/html|hi'],
  },
  {
    name: 'preamble and epilogue are no parts (2046 5.1.1)',
    lines: [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      'preamble',
      '--b',
      '',
      'one',
      '--b',
      '',
      'two',
      '--b--',
      'epilogue',
    ],
    leaves: ['text/plain|one', 'text/plain|two'],
  },
  {
    name: 'blanks after a boundary are padding (2046 5.1.1)',
    lines: ['Content-Type: multipart/mixed; boundary=b', '', '--b \t', '', 'one', '--b-- ', ''],
    leaves: ['text/plain|one'],
  },
  {
    name: 'a line that only begins like a boundary is text (2046 5.1.1)',
    lines: ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', '--bc', '-- b', '--b--'],
    leaves: ['text/plain|--bc\r\n-- b'],
  },
  {
    name: 'a boundary that ends in two dashes itself',
    lines: ['Content-Type: multipart/mixed; boundary="b--"', '', '--b--', '', 'one', '--b----'],
    leaves: ['text/plain|one'],
  },
  {
    name: 'nested, each with its own boundary',
    lines: multipart(
      'mixed',
      'o',
      multipart('alternative', 'i', plain('a'), ['Content-Type: text/html', '', 'b']),
      plain('c'),
    ),
    leaves: ['text/plain|a', 'text/html|b', 'text/plain|c'],
  },
  {
    name: 'an outer boundary ends an inner multipart that has no end',
    lines: [
      'Content-Type: multipart/mixed; boundary=o',
      '',
      '--o',
      'Content-Type: multipart/alternative; boundary=i',
      '',
      '--i',
      '',
      'a',
      '--o',
      '',
      'c',
      '--o--',
    ],
    leaves: ['text/plain|a', 'text/plain|c'],
    defects: ['no end boundary'],
  },
  {
    name: 'two levels with one boundary: the inner one is closed first',
    lines: multipart('mixed', 'b', multipart('alternative', 'b', plain('a'), plain('b')), plain('c')),
    leaves: ['text/plain|a', 'text/plain|b', 'text/plain|c'],
    defects: ['same boundary at two levels'],
  },
  {
    name: 'no boundary parameter: read as text',
    lines: ['Content-Type: multipart/mixed', '', '--b', '', 'one'],
    leaves: ['text/plain|--b\r\n\r\none'],
    defects: ['multipart without a boundary'],
  },
  {
    name: 'a boundary that never comes: read as text',
    lines: ['Content-Type: multipart/mixed; boundary=b', '', 'see https://example.com/'],
    leaves: ['text/plain|see https://example.com/'],
    defects: ['no end boundary', 'boundary never seen'],
  },
  {
    name: 'no end boundary',
    lines: ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'one'],
    leaves: ['text/plain|one'],
    defects: ['no end boundary'],
  },
  {
    name: 'a part without an empty line ends at the boundary',
    lines: [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html',
      '--b',
      '',
      'two',
      '--b--',
    ],
    leaves: ['text/html|', 'text/plain|two'],
  },
  {
    name: 'an empty part',
    lines: ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', '--b--'],
    leaves: ['text/plain|'],
  },
  {
    name: 'multipart/digest holds messages (2046 5.1.5)',
    lines: multipart('digest', 'b', ['', 'Subject: inner', '', 'x']),
    leaves: ['message/rfc822|Subject: inner\r\n\r\nx'],
  },
  {
    name: 'a message inside is a leaf, its boundaries are its own (2046 5.2.1)',
    lines: multipart('mixed', 'o', ['Content-Type: message/rfc822', '', ...multipart('mixed', 'i', plain('x'))]),
    leaves: [`message/rfc822|${multipart('mixed', 'i', plain('x')).join('\r\n')}`],
  },
  {
    name: 'the first Content-Type counts',
    lines: ['Content-Type: text/html', 'Content-Type: text/plain', '', 'x'],
    leaves: ['text/html|x'],
    defects: ['several Content-Type fields'],
  },
  { name: 'a message that is nothing', lines: [''], leaves: ['text/plain|'] },
];

for (const { name, lines, leaves, defects = [] } of rows) {
  test(`MIME: ${name}`, () => {
    for (const end of ['\r\n', '\n']) {
      const mail = readMessage(Buffer.from(lines.join('\r\n').replaceAll('\r\n', end), 'latin1'));
      const found = walk(mail);
      const wanted = leaves.map((leaf) => leaf.replaceAll('\r\n', end));
      assert.deepEqual(
        found.parts.map(({ type }, at) => `${type}|${found.bodies[at]}`),
        wanted,
      );
      assert.deepEqual(found.defects, defects);
    }
  });
}

interface NameRow {
  readonly name: string;
  readonly header: readonly string[];
  readonly names: readonly string[];
  readonly defects?: readonly ContentDefect[];
}

const nameRows: readonly NameRow[] = [
  { name: 'filename (2183 2.3)', header: ['Content-Disposition: attachment; filename=a.pdf'], names: ['a.pdf'] },
  { name: 'name alone', header: ['Content-Type: application/pdf; name="a b.pdf"'], names: ['a b.pdf'] },
  { name: 'blanks unquoted', header: ['Content-Disposition: attachment; filename=a b.pdf'], names: ['a b.pdf'] },
  {
    name: 'semicolon and quote inside quotes',
    header: [String.raw`Content-Disposition: attachment; filename="a;\"b.pdf"`],
    names: ['a;"b.pdf'],
  },
  { name: 'a quote that stays open', header: ['Content-Disposition: attachment; filename="a.pdf'], names: ['a.pdf'] },
  {
    name: 'charset and percent (2231 4)',
    header: ["Content-Disposition: attachment; filename*=utf-8'de'%C3%BC.pdf"],
    names: ['ü.pdf'],
  },
  {
    name: 'continuations (2231 3)',
    header: ['Content-Disposition: attachment; filename*1="b.e"; filename*0="a"; filename*2=xe'],
    names: ['ab.exe'],
  },
  {
    name: 'continuations with a charset, some encoded (2231 4.1)',
    header: ["Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1*=%BC; filename*2=%41.pdf"],
    names: ['ü%41.pdf'],
  },
  {
    name: 'continuations stop at a gap',
    header: ['Content-Disposition: attachment; filename*0=a; filename*2=c'],
    names: ['a'],
  },
  {
    name: 'encoded words, which 2047 forbids here',
    header: ['Content-Disposition: attachment; filename="=?utf-8?Q?=C3=BC?=.pdf"'],
    names: ['ü.pdf'],
  },
  { name: 'raw UTF-8', header: ['Content-Disposition: attachment; filename="\xc3\xbc.pdf"'], names: ['ü.pdf'] },
  {
    name: 'two names: the exact form counts, both are kept',
    header: ["Content-Disposition: attachment; filename=a.pdf; filename*=utf-8''a.exe"],
    names: ['a.exe', 'a.pdf'],
    defects: ['several file names for one part'],
  },
  {
    name: 'filename before name',
    header: ['Content-Type: application/pdf; name=a.pdf', 'Content-Disposition: attachment; filename=b.exe'],
    names: ['b.exe', 'a.pdf'],
    defects: ['several file names for one part'],
  },
  {
    name: 'one name said twice is one',
    header: ['Content-Type: application/pdf; name=a.pdf', 'Content-Disposition: attachment; filename=a.pdf'],
    names: ['a.pdf'],
  },
  {
    name: 'the first filename of two',
    header: ['Content-Disposition: attachment; filename=a.pdf; filename=b.exe'],
    names: ['a.pdf'],
  },
  { name: 'folded', header: ['Content-Disposition: attachment;', '\tfilename=a.pdf'], names: ['a.pdf'] },
];

for (const { name, header, names, defects = [] } of nameRows) {
  test(`file name: ${name}`, () => {
    const found = walk(message(...header, '', ''));
    assert.deepEqual(found.parts[0]?.fileNames, names);
    assert.deepEqual(found.defects, defects);
  });
}

test('a part says its charset, encoding, disposition and id', () => {
  const [part] = walk(
    message(
      'Content-Type: text/html; charset="ISO-8859-1"',
      'Content-Transfer-Encoding: BASE64 (really)',
      'Content-Disposition: Inline',
      'Content-ID: <a@b>',
      '',
      '',
    ),
  ).parts;
  assert.partialDeepStrictEqual(part, {
    charset: 'ISO-8859-1',
    encoding: 'base64',
    disposition: 'inline',
    contentId: 'a@b',
  });
});

test('limits: what is beyond is named, what is before stays', () => {
  const many = message(...multipart('mixed', 'b', ...['1', '2', '3', '4'].map(plain)));
  const few = walk(many, { parts: 3 });
  assert.deepEqual(few.bodies, ['1', '2']);
  assert.deepEqual(few.defects, ['too many parts']);
  assert.deepEqual(walk(many, { parts: 5 }).defects, []);

  const deep = message(...multipart('mixed', 'a', multipart('mixed', 'b', plain('x')), plain('y')));
  const shallow = walk(deep, { depth: 1 });
  assert.deepEqual(shallow.bodies.at(-1), 'y');
  assert.deepEqual(shallow.defects, ['parts nested too deep']);
  assert.deepEqual(walk(deep, { depth: 2 }).defects, []);

  const bomb = ['Content-Type: text/html', ...Array.from({ length: 300 }, (_, at) => `X-${at}: y`), '', 'x'];
  const bombed = walk(message(...multipart('mixed', 'b', bomb, plain('y'))));
  assert.deepEqual(bombed.bodies, ['x', 'y']);
  assert.deepEqual(bombed.defects, ['part header too large']);
});

test('no byte is copied: a part is a range', () => {
  const bytes = bytesOf(...multipart('mixed', 'b', plain('one')));
  const [part] = walk(readMessage(bytes)).parts;
  assert.equal(bytes.toString('latin1', part!.start, part!.end), 'one');
});
