/** For every format and query text: the character at placeOf(offset) in the file is the query's character. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Document, parse, Scalar } from 'yaml';
import { defaultLimits, type Rule } from '../../../src/rules/index.ts';
import { readJsonFile, readYamlFile } from '../../../src/rules/read/documents.ts';
import { readKqlFile } from '../../../src/rules/read/kql-file.ts';
import { readMarkdownFile } from '../../../src/rules/read/markdown-file.ts';
import { type FileContent, RuleFile } from '../../../src/rules/read/rule-file.ts';

const pieces = [
  'EmailEvents',
  '| where x == "a"',
  ' ',
  '    ',
  '\n',
  '\n\n',
  '\t',
  '"',
  "'",
  '\\',
  '\\n',
  '|',
  '#',
  ': ',
  '- ',
  'é',
  '😀',
  '{',
  '}',
  '// c',
  '%',
  '&a',
  '*a',
  '\u00a0',
  '@',
  ',',
]; // prettier-ignore
const query = fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((parts) => `T${parts.join('')}`);
const breaks = fc.constantFrom('\n', '\r\n');

const read = (reader: (file: RuleFile) => FileContent, path: string, text: string): readonly Rule[] =>
  reader(new RuleFile({ path }, text, defaultLimits)).rules;

/** What stands in a text at a place, from line breaks counted by hand. */
function charAt(text: string, { line, column }: { line: number; column: number }): string | undefined {
  const rest = text.split(/\r\n|\n|\r/)[line - 1]!.slice(column - 1);
  return rest === '' ? '\n' : rest[0];
}

/** Each unit of the query is at its place, but for those that an escape or a folded break stands for. */
function assertPlaces(rule: Rule, text: string, decoded: (char: string, at: string) => boolean): void {
  for (let i = 0; i < rule.query.length; i++) {
    const [char, there] = [rule.query[i]!, charAt(text, rule.placeOf(i))!];
    assert.ok(char === there || decoded(char, there), `${i}: ${JSON.stringify([char, there, text])}`);
  }
}

const styles = [
  Scalar.PLAIN,
  Scalar.QUOTE_DOUBLE,
  Scalar.QUOTE_SINGLE,
  Scalar.BLOCK_LITERAL,
  Scalar.BLOCK_FOLDED,
] as const;

test('YAML: literal and folded blocks, plain and quoted texts, folded lines, both line breaks', () => {
  fc.assert(
    fc.property(query, fc.constantFrom(...styles), breaks, fc.constantFrom(0, 20), (text, type, end, lineWidth) => {
      const scalar = new Scalar(text);
      scalar.type = type;
      const document = new Document({ name: 'n', query: scalar, tags: ['x'] });
      const yaml = document.toString({ lineWidth }).replaceAll('\n', end);
      const [rule] = read(readYamlFile, 'a.yaml', yaml);
      // what the package wrote is not always what it was given
      assert.equal(rule?.query, parse(yaml).query);
      // a break that folds into a blank, and escapes of double quotes
      assertPlaces(
        rule!,
        yaml,
        (char, there) => (char === ' ' && there === '\n') || there === '\\' || (char === '\n' && there === ' '),
      );
    }),
    { numRuns: 1000 },
  );
});

test('YAML: in a literal block nothing is folded or escaped, so every place is the character itself', () => {
  const yaml = 'name: n\nquery: |2-\n    EmailEvents\n\n  \t| where a == "x: \\n" # no comment\n   | take 1\n';
  const [rule] = read(readYamlFile, 'a.yaml', yaml);
  assert.equal(rule?.query, '  EmailEvents\n\n\t| where a == "x: \\n" # no comment\n | take 1');
  assertPlaces(rule!, yaml, () => false);
  assert.deepEqual(rule!.placeOf(rule!.query.indexOf('where')), { line: 5, column: 6 });
  assert.deepEqual(rule!.placeOf(rule!.query.length), { line: 7, column: 1 });
});

test('YAML: a folded text says where each of its words stands', () => {
  const yaml = 'name: n\nquery: >-\n  EmailEvents\n  | where a\n    == 1\n\n  | take 2\n';
  const [rule] = read(readYamlFile, 'a.yaml', yaml);
  assert.equal(rule?.query, 'EmailEvents | where a\n  == 1\n\n| take 2');
  assert.deepEqual(rule!.placeOf(rule!.query.indexOf('== 1')), { line: 5, column: 5 });
  assert.deepEqual(rule!.placeOf(rule!.query.indexOf('| take')), { line: 7, column: 3 });
});

test('YAML: an alias has the places of what it stands for', () => {
  const yaml = 'name: n\nshared: &q |\n  T\n  | take 1\nquery: *q\n';
  const [rule] = read(readYamlFile, 'a.yaml', yaml);
  assert.deepEqual(rule!.placeOf(rule!.query.indexOf('take')), { line: 4, column: 5 });
});

test('JSON: every escape, in the three shapes of a file', () => {
  fc.assert(
    fc.property(query, breaks, fc.constantFrom(0, 2), fc.boolean(), (text, end, indent, escaped) => {
      const detection = { displayName: 'n', queryCondition: { queryText: text } };
      for (const shape of [detection, [detection], { value: [detection] }]) {
        const plain = JSON.stringify(shape, null, indent).replaceAll('\n', end);
        const json = escaped ? plain.replaceAll('é', '\\u00e9').replaceAll('😀', '\\ud83d\\ude00') : plain;
        const [rule] = read(readJsonFile, 'a.json', json);
        assert.equal(rule?.query, text);
        assertPlaces(rule!, json, (_, there) => there === '\\');
      }
    }),
    { numRuns: 500 },
  );
});

const code = fc
  .array(fc.constantFrom('a', ' ', '\t', '"x"', '| take 1', '\n', '\n| where b', 'é', '😀', ' // c', '\r\n'), {
    maxLength: 12,
  })
  .map((parts) => `T${parts.join('').trimEnd()}`);

test('KQL and Markdown: comments above, indentation, both line breaks', () => {
  fc.assert(
    fc.property(code, breaks, (text, end) => {
      const kql = `// about${end}${end}${text}${end}`;
      const page = `# n${end}${end}\`\`\`kql${end}${text}${end}\`\`\`${end}`;
      for (const [reader, path, file] of [
        [readKqlFile, 'a.kql', kql],
        [readMarkdownFile, 'a.md', page],
      ] as const) {
        const rules = read(reader, path, file);
        assert.equal(rules.map((rule) => rule.query).join('\n\n'), text.replaceAll('\r\n', '\n'));
        for (const rule of rules) assertPlaces(rule, file, () => false);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a place beyond the text is its end, one before it its beginning', () => {
  const [rule] = read(readKqlFile, 'a.kql', '\nT\n');
  assert.deepEqual(
    [rule!.placeOf(-1), rule!.placeOf(99)],
    [
      { line: 2, column: 1 },
      { line: 2, column: 2 },
    ],
  );
});
