import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Defect,
  fieldNamed,
  fieldsNamed,
  type RawMessage,
  readMessage,
  unfolded,
} from '../../../src/mail/message/raw-message.ts';
import { inTime } from '../../in-time.ts';
import { raw } from './messages.ts';

const read = (text: string): RawMessage => readMessage(Buffer.from(text, 'latin1'));
const bodyOf = ({ bytes, bodyStart }: RawMessage): string => bytes.toString('latin1', bodyStart);

interface Row {
  readonly text: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly defects?: readonly Defect[];
}

const rows: Readonly<Record<string, Row>> = {
  'section 2.1: header and body': {
    text: 'A: b\r\nC: d\r\n\r\nbody\r\n',
    fields: [
      ['a', ' b'],
      ['c', ' d'],
    ],
    body: 'body\r\n',
  },
  'section 2.2.3: folds stay in the value': { text: 'A: b\r\n c\r\n\td\r\n\r\n', fields: [['a', ' b\r\n c\r\n\td']] },
  'section 4.5.1: blanks before the colon': { text: 'A \t: b\r\n\r\n', fields: [['a', ' b']] },
  'section 2.2: A0 before the colon belongs to the name, which is none': {
    text: 'A\xa0: b\r\nC: d\r\n\r\n',
    fields: [['c', ' d']],
    defects: ['line without a colon in the header'],
  },
  'bare line feeds': {
    text: 'A: b\n c\nC: d\n\nbody',
    fields: [
      ['a', ' b\n c'],
      ['c', ' d'],
    ],
    body: 'body',
    defects: ['bare line feeds'],
  },
  'both line ends': {
    text: 'A: b\r\nC: d\n\r\nbody',
    fields: [
      ['a', ' b'],
      ['c', ' d'],
    ],
    body: 'body',
    defects: ['bare line feeds'],
  },
  'a bare carriage return ends nothing': {
    text: 'A: b\rFrom: c\r\n\r\n',
    fields: [['a', ' b\rFrom: c']],
    defects: ['bare carriage returns'],
  },
  'an envelope line of mbox': {
    text: 'From a@example.com Sat Jul 18\nA: b\r\n\r\nbody',
    fields: [['a', ' b']],
    body: 'body',
  },
  'a line without a colon': {
    text: 'A: b\r\nx\r\nC: d\r\n\r\n',
    fields: [
      ['a', ' b'],
      ['c', ' d'],
    ],
    defects: ['line without a colon in the header'],
  },
  'a fold first': {
    text: ' x\r\nA: b\r\n\r\n',
    fields: [['a', ' b']],
    defects: ['line without a colon in the header'],
  },
  'no name': { text: ': b\r\nA: b\r\n\r\n', fields: [['a', ' b']], defects: ['line without a colon in the header'] },
  'no body': { text: 'A: b\r\n', fields: [['a', ' b']], defects: ['no end of the header'] },
  'no header': { text: '\r\nbody', fields: [], body: 'body', defects: ['no header'] },
  NUL: { text: 'A: b\0c\r\n\r\n', fields: [['a', ' b\0c']], defects: ['NUL byte in the header'] },
  nothing: { text: '', fields: [], defects: ['no end of the header', 'no header'] },
};

for (const [name, { text, fields, body = '', defects = [] }] of Object.entries(rows)) {
  test(`RFC 5322, ${name}`, () => {
    const message = read(text);
    assert.deepEqual(
      message.fields.map((field) => [field.name, field.value]),
      fields,
    );
    assert.equal(bodyOf(message), body);
    assert.deepEqual(message.defects, defects);
  });
}

test('fields beyond a limit are left out, and said so', () => {
  const text = 'A: b\r\nC: d\r\nE: f\r\n\r\nbody';
  const few = readMessage(Buffer.from(text), { headerBytes: 1000, fields: 2 });
  assert.deepEqual([few.fields.length, few.defects, bodyOf(few)], [2, ['too many header fields'], 'body']);
  const short = readMessage(Buffer.from(text), { headerBytes: 8, fields: 10 });
  assert.deepEqual([short.fields.length, short.defects, bodyOf(short)], [2, ['header too large'], 'body']);
  assert.deepEqual(readMessage(Buffer.from(text), { headerBytes: 18, fields: 3 }).defects, []);
});

test('fields by name, from the top', () => {
  const message = read('A: 1\r\nB: 2\r\na: 3\r\n\r\n');
  assert.deepEqual(
    fieldsNamed(message, 'a').map(({ value }) => value),
    [' 1', ' 3'],
  );
  assert.equal(fieldNamed(message, 'a')?.value, ' 1');
  assert.equal(fieldNamed(message, 'c'), undefined);
});

test('section 2.2.3: unfolding takes the line ends and the blanks about it, not the bytes of a letter', () => {
  assert.equal(unfolded(' a\r\n b\n\tc \r\n'), 'a b\tc');
  assert.equal(unfolded(raw(' voilà')), raw('voilà'));
});

test('fields and body make up the whole message again', () => {
  const line = fc.string({ unit: fc.constantFrom(...'aB:- \t\xe9'), maxLength: 10 });
  const end = fc.constantFrom('\r\n', '\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(line, end)), fc.string({ unit: 'binary-ascii' }), (lines, body) => {
      const header = lines.map(([text, eol]) => `X${text}:${text}${eol}`).join('');
      const message = read(`${header}\r\n${body}`);
      assert.equal(bodyOf(message), body);
      assert.equal(message.fields.length, lines.filter(([text]) => /^X[a-zB-]*[ \t]*:/.test(`X${text}:`)).length);
      for (const { raw: whole } of message.fields) assert.ok(header.includes(whole));
    }),
  );
});

for (const bomb of ['\n ', 'a', 'a:\n', ' ', ':', '\r', 'a:\r\n', '\0']) {
  test(`two megabytes of ${JSON.stringify(bomb)} take time linear in them`, async () => {
    const text = Buffer.from(`A: ${bomb.repeat((2 << 20) / bomb.length)}`);
    await inTime(2000, () => unfolded(readMessage(text).fields[0]?.value ?? ''));
  });
}

test('a field of a megabyte that is full of disguised From fields is read, and only some of them', () => {
  const { disguisedFrom } = readMessage(Buffer.from(`X: 1${'\rfrom:'.repeat(170_000)}\r\n\r\n`));
  assert.equal(disguisedFrom.length, 10);
});
