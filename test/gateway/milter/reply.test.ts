import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replyPacket } from '../../../src/gateway/milter/reply.ts';
import type { Reply } from '../../../src/policy/index.ts';

const printed = (reply: Partial<Reply>): string =>
  replyPacket({ code: 550, enhanced: '5.7.26', text: 'No', ...reply })
    .subarray(4)
    .toString();

const rows: readonly (readonly [string, Partial<Reply>, string])[] = [
  ['one line', { text: 'Forged mail' }, 'y550 5.7.26 Forged mail\0'],
  ['percent', { text: '100% %s' }, 'y550 5.7.26 100%% %%s\0'],
  ['two lines', { text: 'One\nTwo' }, 'y550-5.7.26 One\r\n550 5.7.26 Two\0'],
  ['line ends of every kind', { text: '\r\nOne\r\rTwo\r\n\r\n' }, 'y550-5.7.26 One\r\n550 5.7.26 Two\0'],
  ['what is not ASCII', { text: 'caf\u00e9\0\x07 \u{1f600}' }, 'y550 5.7.26 caf??? ??\0'],
  ['no text', { text: ' ' }, 'y550 5.7.26 Refused\0'],
  ['codes of two kinds', { code: 451, enhanced: '5.7.26' }, 'y451 4.0.0 No\0'],
  ['no enhanced code', { enhanced: '' }, 'y550 5.0.0 No\0'],
  ['an enhanced code with a line end', { enhanced: '5.7.1\r\n250 2.0.0' }, 'y550 5.0.0 No\0'],
];

for (const [what, reply, bytes] of rows) test(`reply: ${what}`, () => assert.equal(printed(reply), bytes));

test('a long text is cut at blanks into lines of less than 512 octets, 32 at most', () => {
  const words = 'word '.repeat(400).trim();
  const lines = printed({ text: words }).slice(1, -1).split('\r\n');
  assert.equal(lines.map((line) => line.slice(11)).join(' '), words);
  assert.ok(lines.length > 3 && lines.every((line) => line.length < 500));
  assert.ok(lines.every((line, i) => line.startsWith(i < lines.length - 1 ? '550-5.7.26 word' : '550 5.7.26 word')));
  const endless = printed({ text: 'x'.repeat(100_000) }).split('\r\n');
  assert.equal(endless.length, 32);
  assert.ok(endless.at(-1)!.startsWith('550 '));
});
