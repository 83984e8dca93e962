/** Files that are broken or mean harm: each is a problem with its place, and the others are read. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readRules } from '../../../src/rules/index.ts';
import { testFolder } from './folder.ts';

const { folder, read } = testFolder();
const good = { 'zz.yaml': 'name: Good\nquery: T\n' };

interface Row {
  readonly what: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Code and words of each problem. */
  readonly problems: readonly RegExp[];
  /** Names of what is read beside `Good`. */
  readonly names?: readonly string[];
}

const bomb = `name: n\na: &a [1,1,1,1,1,1,1,1,1]\n${[...'bcdefghij']
  .map((name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]},`.repeat(9)}]`)
  .join('\n')}\nquery: T\n`;

const rows: readonly Row[] = [
  {
    what: 'YAML that breaks off',
    files: { 'a.yaml': 'name: x\nquery: "T\n' },
    problems: [/^RULE0002 a\.yaml line \d+, column \d+: Missing closing "quote/],
  },
  {
    what: 'YAML with a tab for indentation',
    files: { 'a.yaml': 'name: x\nmailhunt:\n\tconfidence: high\nquery: T\n' },
    problems: [/^RULE0002 a\.yaml line 3, column 1: Tabs/],
  },
  {
    what: 'a field twice',
    files: { 'a.yaml': 'name: x\nquery: T\nname: y\n' },
    problems: [/^RULE0002 a\.yaml line 3, column 1: the name "name" stands twice in one map/],
  },
  {
    what: 'aliases that explode',
    files: { 'a.yaml': bomb },
    problems: [/^RULE0004 a\.yaml line \d+, column \d+: it has too many parts; the limit is 200000 parts/],
  },
  {
    what: 'an alias within itself',
    files: { 'a.yaml': 'name: x\nquery: T\na: &a\n  b: *a\n' },
    problems: [/^RULE000[24] a\.yaml line [34], /],
  },
  {
    what: 'an alias of nothing',
    files: { 'a.yaml': 'name: x\nquery: *q\n' },
    problems: [/^RULE0002 a\.yaml line 2, column 8: /],
  },
  {
    what: 'flow lists a hundred thousand deep',
    files: { 'a.yaml': `query: ${'['.repeat(100_000)}` },
    problems: [/^RULE0004 a\.yaml line 1, column 72: it is nested too deeply/],
  },
  {
    what: 'block lists a hundred thousand deep',
    files: { 'a.yaml': `query: T\nname:\n  ${'- '.repeat(100_000)}x\n` },
    problems: [/^RULE0004 a\.yaml line \d, column 131: it is nested too deeply; the limit is 64 levels/],
  },
  {
    what: 'JSON a hundred thousand deep',
    files: { 'a.json': `{"queryCondition":${'['.repeat(100_000)}` },
    problems: [/^RULE0004 a\.json line 1, column \d+: it is nested too deeply; the limit is 64 levels/],
  },
  {
    what: 'JSON that breaks off',
    files: { 'a.json': '{\n  "displayName": "x",\n  "queryCondition": {' },
    problems: [/^RULE0002 a\.json line 3, column 22: a name in double quotes is expected, but the file ends/],
  },
  {
    what: 'JSON with a comma too many, a name twice, a bad escape, a raw break in a text',
    files: {
      'a.json': '{"query":"T",}',
      'b.json': '{"query":"T",\n"query":1}',
      'c.json': '{"query":"\\x"}',
      'd.json': '{"query":"a\nb"}',
    },
    problems: [
      /^RULE0002 a\.json line 1, column 14: a name/,
      /^RULE0002 b\.json line 2, column 1: the name "query" stands twice/,
      /^RULE0002 c\.json line 1, column 11: there is no such escape/,
      /^RULE0002 d\.json line 1, column 12: a control character/,
    ],
  },
  {
    what: 'a query of 10 MB',
    files: { 'a.yaml': `name: x\nquery: "${'a'.repeat(10_000_000)}"\n`, 'b.kql': 'T '.repeat(5_000_000) },
    problems: [
      /^RULE0004 a\.yaml line 1, column 1: the file has 10000018 bytes; the limit is 4194304/,
      /^RULE0004 b\.kql/,
    ],
  },
  {
    what: 'a query that is too long in a file that is not',
    files: { 'a.yaml': `name: x\nquery: T ${'a'.repeat(300_000)}\n` },
    problems: [/^RULE0004 a\.yaml line 2, column 8: the query has 300002 characters; the limit is 262144 characters/],
  },
  {
    what: 'no name, no query, an empty one',
    files: {
      'a.yaml': 'query: T\n',
      'b.yaml': 'name: x\ntactics: []\n',
      'c.yaml': 'name: x\nquery: " "\n',
      'd.yaml': 'name: x\nquery:\n',
    },
    problems: [
      /^RULE0003 a\.yaml line 1, column 1: name is missing/,
      /^RULE0003 b\.yaml line 1, column 1: query is missing/,
      /^RULE0003 c\.yaml line 2, column 1: query is empty/,
      /^RULE0003 d\.yaml line 2, column 1: query is empty/,
    ],
  },
  {
    what: 'fields of a wrong type: the rule is there without them',
    files: {
      'a.yaml':
        'name: x\nquery: T\ntactics: InitialAccess\nseverity: Hgih\nqueryFrequency: soon\ntriggerThreshold: many\nentityMappings:\n  - entityType: [IP]\n  - 7\nmailhunt:\n  confidence: 3\n',
    },
    problems: [
      /line 4, column 1: severity is "Hgih"; there are Informational, Low, Medium, High/,
      /line 3, column 1: tactics must be a list, not the text InitialAccess/,
      /line 5, column 1: queryFrequency is "soon", which is no duration/,
      /line 6, column 1: triggerThreshold must be a number, not the text many/,
      /line 9, column 5: entityMappings\[1\] must be a map, not the number 7/,
      /line 8, column 5: entityMappings\[0\]\.entityType must be a text, not a list/,
      /line 11, column 3: mailhunt\.confidence must be a text, not the number 3/,
    ],
    names: ['x'],
  },
  {
    what: 'a query that is no text',
    files: { 'a.yaml': 'name: x\nquery: [T]\n', 'b.json': '{"displayName":"x","queryCondition":"T"}' },
    problems: [
      /^RULE0003 a\.yaml line 2, column 1: query must be a text, not a list/,
      /^RULE0003 b\.json line 1, column 20: queryCondition must be a map, not the text T/,
    ],
  },
  {
    what: 'ids and names twice, with both places',
    files: {
      'a.yaml': 'id: 0A000000-0000-4000-8000-000000000001\nname: One\nquery: T\n',
      'b.yaml': 'name: Two\nid: 0a000000-0000-4000-8000-000000000001\nquery: T\n',
      'c.yaml': '# c\nname: One\nquery: T\n',
    },
    problems: [
      /^RULE0005 b\.yaml line 2, column 1: the id 0a000000-.* is also that of a\.yaml line 1/,
      /^RULE0006 c\.yaml line 2, column 1: the name One is also that of a\.yaml line 2/,
    ],
    names: ['One', 'Two', 'One'],
  },
  {
    what: 'texts that are not UTF-8',
    files: {
      'a.yaml': Buffer.from('name: x\nquery: caf\xe9\n', 'latin1'),
      'b.kql': Buffer.from('\ufeffT | take 1', 'utf16le'),
    },
    problems: [/^RULE0008 a\.yaml line 2, column 11/, /^RULE0008 b\.kql line 1/],
  },
  {
    what: 'a sign that says that a sign was lost is UTF-8 all the same',
    files: { 'a.yaml': 'name: x\nquery: "\ufffd"\n' },
    problems: [],
    names: ['x'],
  },
  {
    what: 'functions that call themselves, alone or in a ring',
    files: {
      'a.yaml': 'FunctionName: A\nFunctionQuery: B\n',
      'b.yaml': 'FunctionName: B\nFunctionQuery: |\n  // C\n  C | where x == "D"\n',
      'c.yaml': 'FunctionName: C\nFunctionQuery: A\n',
      'd.yaml': 'FunctionName: D\nFunctionQuery: union D\n',
      'e.yaml': 'FunctionName: E\nFunctionQuery: A | where x.E == "E"\n',
      'f.yaml': 'FunctionName: F\nFunctionQuery: let F = () { T }; F()\n',
    },
    problems: [
      /^RULE0007 a\.yaml line 2, column 16: the function A calls itself: A -> B -> C -> A/,
      /^RULE0007 d\.yaml line 2, column 16: the function D calls itself: D -> D/,
    ],
  },
  {
    what: 'names that objects have already',
    files: { 'a.yaml': 'name: x\nquery: T\n__proto__: { polluted: true }\nconstructor: 1\nseverity: toString\n' },
    problems: [/severity is "toString"/],
    names: ['x'],
  },
  {
    what: 'a key that is no text',
    files: { 'a.yaml': '? [a]\n: b\nname: x\nquery: T\n' },
    problems: [/^RULE0002 a\.yaml line 1, column 3: the name/],
  },
];

for (const { what, files, problems, names = [] } of rows) {
  test(what, { timeout: 20_000 }, async () => {
    const found = await read({ ...files, ...good });
    assert.deepEqual(
      found.rules.map(({ name }) => name),
      [...names, 'Good'],
    );
    const words = found.problems.map(({ code, message }) => `${code} ${message}`);
    assert.equal(words.length, problems.length, words.join('\n'));
    for (const [i, pattern] of problems.entries()) assert.match(words[i]!, pattern);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });
}

test('links in a circle end, and a link to a file is read', async () => {
  const path = folder({ 'a/x.yaml': 'name: x\nquery: T\n' });
  symlinkSync(path, join(path, 'a', 'again'));
  symlinkSync(join(path, 'a', 'x.yaml'), join(path, 'y.yaml'));
  symlinkSync(join(path, 'gone'), join(path, 'z.yaml'));
  const { rules, problems } = await readRules(path, { relativeTo: path });
  assert.deepEqual(
    rules.map(({ provenance }) => provenance.path),
    ['a/x.yaml', 'y.yaml'],
  );
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['RULE0001', 'RULE0006'],
  );
});

test('a path that is not there, and a file of no known type that is named', async () => {
  const path = folder({ 'a.png': '', 'b.yaml': 'name: x\nquery: T\n' });
  const { rules, problems } = await readRules([join(path, 'no'), join(path, 'a.png'), join(path, 'b.yaml'), path]);
  assert.equal(rules.length, 1);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['RULE0001', 'RULE0001'],
  );
});

test('more files than may be read', async () => {
  const { rules, problems } = await read(
    { 'a.yaml': 'name: a\nquery: T\n', 'b.yaml': 'name: b\nquery: T\n' },
    { limits: { files: 1 } },
  );
  assert.equal(rules.length, 1);
  assert.match(problems[0]!.message, /b\.yaml.*more than 1 files/);
});

test('more rules in a file than may be', async () => {
  const list = [1, 2, 3].map((i) => ({ name: `n${i}`, query: 'T' }));
  const { rules, problems } = await read({ 'a.json': JSON.stringify(list) }, { limits: { rulesOfFile: 2 } });
  assert.deepEqual([rules.length, problems[0]!.code], [0, 'RULE0004']);
});

test('reading ends when it is to', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(read(good, { signal }), /enough/);
});
