import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerSpan } from '../../../src/gateway/edits/field-spans.ts';
import { applyEdits } from '../../../src/gateway/edits/index.ts';
import { readMessage } from '../../../src/mail/index.ts';
import { inTime } from '../../in-time.ts';

const none = { remove: [], insert: [], body: undefined };
const edited = (text: string, edits: Partial<Parameters<typeof applyEdits>[1]>): string =>
  applyEdits(Buffer.from(text, 'latin1'), { ...none, ...edits }).toString('latin1');

test('what is not named stays byte for byte', () => {
  const message = 'A: 1\r\nb : 2\r\n\tfolded\xff\r\nno field\r\nA: 3\r\n\r\nbody\r\n.\0\xfe\n';
  assert.equal(edited(message, {}), message);
  assert.equal(
    edited(message, { insert: [{ name: 'X', value: 'y\r\n z' }], remove: [{ name: 'B', occurrence: 1 }] }),
    'X: y\r\n z\r\nA: 1\r\nno field\r\nA: 3\r\n\r\nbody\r\n.\0\xfe\n',
  );
  assert.equal(edited(message, { remove: [{ name: 'a', occurrence: 2 }] }), message.replace('A: 3\r\n', ''));
  assert.equal(edited(message, { remove: [{ name: 'a', occurrence: 3 }] }), message);
});

test('another body stands behind the empty line, which is made where there is none', () => {
  assert.equal(edited('A: 1\r\n\r\nold', { body: Buffer.from('new') }), 'A: 1\r\n\r\nnew');
  assert.equal(edited('A: 1', { body: Buffer.from('new') }), 'A: 1\r\n\r\nnew');
});

test('no value leaves its field', () => {
  const insert = [{ name: 'X', value: 'a\r\nBcc: b\nc\rd\0e\r\n f' }];
  assert.equal(edited('\r\n', { insert }), 'X: a Bcc: b c d e\r\n f\r\n\r\n');
});

test('an envelope line of mbox does not end the header behind an inserted field', () => {
  const insert = [{ name: 'X', value: '1' }];
  assert.equal(edited('From a@b.example Sat\r\nA: 1\r\n\r\n', { insert }), 'X: 1\r\nA: 1\r\n\r\n');
  assert.equal(edited('From : a@b.example\r\n\r\n', { insert }), 'X: 1\r\nFrom : a@b.example\r\n\r\n');
});

test('fields are found where the judge finds them, whatever the bytes', () => {
  const pieces = ['\r\n', '\n', '\r', ' ', '\t', ':', 'From ', 'A', 'Subject', 'x', '\0', '\xff', 'From: ', '\r\n\r\n'];
  let state = 8719;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >> 8) % below;
  };
  for (let n = 0; n < 20_000; n++) {
    const bytes = Buffer.from(
      Array.from({ length: random(14) }, () => pieces[random(pieces.length)]).join(''),
      'latin1',
    );
    const read = readMessage(bytes);
    const { fields, body } = headerSpan(bytes);
    const names = fields.flatMap(({ name }) => name ?? []);
    assert.deepEqual(
      names,
      read.fields.map(({ name }) => name),
      JSON.stringify(bytes.toString('latin1')),
    );
    assert.equal(body, read.bodyStart, JSON.stringify(bytes.toString('latin1')));
  }
});

test('lines without a colon take no longer the larger the body is', async () => {
  const bytes = Buffer.from(`From: a@b.example\r\n${'a\r\n'.repeat(20_000)}\r\n${'x'.repeat(5_000_000)}`);
  const { fields } = await inTime(1_000, () => headerSpan(bytes));
  assert.equal(fields.length, 20_001);
});
