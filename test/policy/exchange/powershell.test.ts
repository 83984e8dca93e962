import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commandOf, type Parameter, quoted } from '../../../src/policy/exchange/index.ts';
import { readCommand } from './powershell-reader.ts';

const read = (parameters: readonly Parameter[], name = 'n') => readCommand(commandOf({ name, parameters }).join('\n'));

const rows: readonly [text: string, written: string][] = [
  ['plain', "'plain'"],
  ['it\'s $5 `n "x"', "'it''s $5 `n \"x\"'"],
  ['', "''"],
  ['a\r\nb', "('a' + [char]0x0D + [char]0x0A + 'b')"],
  ['’; Remove-TransportRule', "('' + [char]0x2019 + '; Remove-TransportRule')"],
  ['Ñ', "('' + [char]0xD1)"],
];

for (const [text, written] of rows) {
  test(`${JSON.stringify(text)} is ${written}`, () => assert.equal(quoted(text), written));
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom("'", '‘', '’', '‚', '‛', '"', '$', '`', '\n', '(', ')', '#', ' ', 'a', 'Ñ', ',', '-'),
  }),
);

test('any text is read back, from printable ASCII alone', () => {
  fc.assert(
    fc.property(texts, texts, fc.array(texts, { minLength: 1 }), (name, one, list) => {
      const parameters = [
        { name: 'Comments', value: one },
        { name: 'HeaderContainsWords', value: list },
        { name: 'Mode', value: { word: 'Audit' } },
      ];
      const command = commandOf({ name, parameters }).join('\n');
      assert.match(command, /^[ -~\n]*$/);
      const found = readCommand(command);
      assert.deepEqual(
        [...found],
        [
          ['Name', [name]],
          ['Comments', [one]],
          ['HeaderContainsWords', list],
          ['Mode', ['Audit']],
        ],
      );
    }),
  );
});

test('a moment is read in every culture, and true is no text', () => {
  const found = read([
    { name: 'ExpiryDate', value: { at: Date.parse('2027-05-20') } },
    { name: 'Quarantine', value: true },
    { name: 'Priority', value: 3 },
  ]);
  assert.deepEqual([...found.values()].slice(1), [['2027-05-20T00:00:00Z'], ['$true'], ['3']]);
});

test('a line goes on behind a backtick, the last does not', () => {
  const lines = commandOf({
    name: 'a',
    parameters: [
      { name: 'Comments', value: 'x' },
      { name: 'Mode', value: { word: 'Audit' } },
    ],
  });
  assert.deepEqual(
    lines.map((line) => line.endsWith(' `')),
    [true, true, false],
  );
});

test('the reader ends a text where PowerShell does', () => {
  assert.throws(() => readCommand("New-TransportRule -Name 'a''"));
  assert.throws(() => readCommand("New-TransportRule -Name 'a'; Remove-TransportRule"));
  assert.deepEqual(readCommand("New-TransportRule -Name 'a‘ -Mode Audit").get('Mode'), ['Audit']);
});
