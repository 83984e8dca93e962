import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Edits } from '../../../src/gateway/gate.ts';
import { modifications } from '../../../src/gateway/milter/modifications.ts';

const none: Edits = { remove: [], insert: [], body: undefined };
const printed = (edits: Partial<Edits>): string[] =>
  modifications({ ...none, ...edits }).map((bytes) => bytes.subarray(4).toString('utf8').replaceAll('\0', '|'));

const rows: readonly (readonly [string, Partial<Edits>, string[]])[] = [
  ['nothing', {}, []],
  [
    'what is removed goes from the lowest to the highest, so that numbers stay true',
    {
      remove: [
        { name: 'A', occurrence: 1 },
        { name: 'b', occurrence: 2 },
        { name: 'a', occurrence: 3 },
      ],
    },
    ['m|||\x03a||', 'm|||\x02b||', 'm|||\x01A||'],
  ],
  [
    'what is put on top goes from the last to the first',
    {
      insert: [
        { name: 'A', value: 'one' },
        { name: 'B', value: 'two' },
      ],
    },
    ['i||||B| two|', 'i||||A| one|'],
  ],
  ['folds are LF', { insert: [{ name: 'A', value: 'one\r\n\ttwo' }] }, ['i||||A| one\n\ttwo|']],
  [
    'a value stays one field whatever it holds',
    { insert: [{ name: 'A', value: 'one\r\nBcc: x\nTo: y\rz\0\r\n\r\nbody' }] },
    ['i||||A| one Bcc: x To: y z   body|'],
  ],
  ['text is UTF-8', { insert: [{ name: 'A', value: 'Grüße' }] }, ['i||||A| Grüße|']],
  ['an empty body is a chunk', { body: Buffer.alloc(0) }, ['b']],
  [
    'the body comes last',
    { insert: [{ name: 'A', value: '1' }], remove: [{ name: 'B', occurrence: 1 }], body: Buffer.from('x\r\n') },
    ['m|||\x01B||', 'i||||A| 1|', 'bx\r\n'],
  ],
];

for (const [what, edits, packets] of rows) test(what, () => assert.deepEqual(printed(edits), packets));

test('a long body goes in chunks of 65,535 bytes', () => {
  const body = Buffer.alloc(140_000, 'x');
  const chunks = modifications({ ...none, body });
  assert.deepEqual(
    chunks.map(({ length }) => length - 5),
    [65_535, 65_535, 8_930],
  );
});

test('what is no name of a field is refused', () => {
  for (const name of ['', 'A B', 'A:', 'A\r\nB', 'Ä']) {
    assert.throws(() => printed({ insert: [{ name, value: 'x' }] }), /no name of a header field/);
    assert.throws(() => printed({ remove: [{ name, occurrence: 1 }] }), /no name of a header field/);
  }
});
