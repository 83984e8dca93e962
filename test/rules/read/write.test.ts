/** What is read can be written back: untouched to the byte, changed in that place and nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { defaultLimits, type Rule, writeRule, writeRules } from '../../../src/rules/index.ts';
import { readJsonFile, readYamlFile } from '../../../src/rules/read/documents.ts';
import { readKqlFile } from '../../../src/rules/read/kql-file.ts';
import { readMarkdownFile } from '../../../src/rules/read/markdown-file.ts';
import { RuleFile } from '../../../src/rules/read/rule-file.ts';

const readers = { yaml: readYamlFile, json: readJsonFile, kql: readKqlFile, md: readMarkdownFile };
type Ending = keyof typeof readers;
const read = (ending: Ending, text: string): readonly Rule[] =>
  readers[ending](new RuleFile({ path: `a.${ending}` }, text, defaultLimits)).rules;
const first = (ending: Ending, text: string): Rule => read(ending, text)[0]!;

const yaml = `# ours
id:   x # an id
name: 'Old'
unknown: { kept: [1,   2] }   # as it is
query: |
  T
  | take 1

tactics: [ InitialAccess ]   # one
queryFrequency: 1h
other:
- deep:
    er: true
version: 1.0.0
`;

const samples: Readonly<Record<Ending, string>> = {
  yaml,
  json: '{ "displayName" : "Old",\n\t"x": 1.50,\n  "queryCondition": {"queryText":"T\\u000a| take 1"}\n}\n',
  kql: '// Title: Old\n\n// c\nT\n| take 1\n',
  md: '# Old\n\n```kql\nT\n| take 1\n```\n\nend\n',
};

for (const [ending, text] of Object.entries(samples) as [Ending, string][]) {
  test(`${ending}: an untouched rule gives its file back to the byte`, () => {
    for (const file of [text, text.replaceAll('\n', '\r\n')]) {
      assert.equal(writeRule(first(ending, file)), file);
      assert.equal(writeRule({ ...first(ending, file) }), file);
    }
  });

  test(`${ending}: another query stands where the old one stood`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('U', ' ', '\n', '"', "'", '\\', '| x', '#', ': ', 'é', '\t', '`'), { maxLength: 10 }),
        fc.boolean(),
        (parts, crlf) => {
          const file = crlf ? text.replaceAll('\n', '\r\n') : text;
          // a query in a text ends where its text ends
          const query = ending === 'yaml' || ending === 'json' ? `U${parts.join('')}` : `U${parts.join('').trimEnd()}`;
          const back = first(ending, writeRule({ ...first(ending, file), query }));
          assert.equal(back.query, query);
          assert.equal(back.name, 'Old');
        },
      ),
      { numRuns: 300 },
    );
  });
}

test('YAML: only the lines of the field change; comments, order, style and unknown fields stay', () => {
  const rule = first('yaml', yaml);
  assert.equal(writeRule({ ...rule, query: 'T\n| take 2\n' }), yaml.replace('take 1\n', 'take 2'.concat('\n')));
  assert.equal(writeRule({ ...rule, name: "It's" }), yaml.replace("'Old'", "'It''s'"));
  assert.equal(writeRule({ ...rule, version: '1.0.1' }), yaml.replace('1.0.0', '1.0.1'));
  assert.equal(
    writeRule({ ...rule, schedule: { frequency: 7_200_000 } }),
    yaml.replace('queryFrequency: 1h', 'queryFrequency: 2h'),
  );
});

test('YAML: a field comes and goes', () => {
  const rule = first('yaml', yaml);
  assert.equal(
    writeRule({ ...rule, severity: 'Low', techniques: ['T1566'] }),
    `${yaml}severity: Low\nrelevantTechniques:\n  - T1566\n`,
  );
  const { id, ...without } = rule;
  assert.equal(writeRule(without as Rule), yaml.replace('id:   x # an id\n', ''));
  const bare = first('yaml', 'name: x\nquery: T');
  assert.equal(writeRule({ ...bare, description: 'a\nb' }), 'name: x\nquery: T\ndescription: |-\n  a\n  b');
  assert.deepEqual(parse(writeRule({ ...rule, story: { hypothesis: 'h' } })), {
    ...(rule.document as object),
    mailhunt: { hypothesis: 'h' },
  });
});

test('YAML: several rules of one file are changed together', () => {
  const two = 'name: a\nquery: T\n---\n# second\nname: b\nquery: >-\n  U\n  | take 1\n';
  const [a, b] = read('yaml', two);
  assert.equal(
    writeRules([
      { ...a!, query: 'T2' },
      { ...b!, name: 'c' },
    ]),
    'name: a\nquery: T2\n---\n# second\nname: c\nquery: >-\n  U\n  | take 1\n',
  );
});

test('YAML: a text behind an alias is not changed under the feet of others', () => {
  const rule = first('yaml', 'a: &q T\nname: n\nquery: *q\n');
  assert.equal(writeRule({ ...rule, query: 'U' }), 'a: &q T\nname: n\nquery: U\n');
  const anchor = first('yaml', 'name: n\nquery: &q T\na: *q\n');
  assert.throws(() => writeRule({ ...anchor, query: 'U' }), /RULE0009|cannot be written back/);
});

test('JSON: only the field changes; in an array too', () => {
  const json = samples.json;
  assert.equal(
    writeRule({ ...first('json', json), name: 'N"' }),
    json.replace('"displayName" : "Old"', '"displayName": "N\\""'),
  );
  const alert =
    '[\n  {\n    "displayName": "D",\n    "queryCondition": { "queryText": "T" },\n    "detectionAction": { "alertTemplate": {} }\n  }\n]\n';
  const rule = first('json', alert);
  assert.equal(writeRule({ ...rule, severity: 'High' }), alert.replace('{} }', '{"severity": "high"} }'));
  assert.throws(
    () => writeRule({ ...first('json', json), severity: 'High' }),
    /it has no detectionAction\.alertTemplate/,
  );
  assert.throws(() => writeRule({ ...rule, tags: ['x'] }), /its tags has no field there/);
});

test('texts take another query and nothing else', () => {
  assert.throws(() => writeRule({ ...first('kql', samples.kql), name: 'x' }), /its name has no field there/);
});

test('a byte order mark stays', () => {
  const file = new RuleFile({ path: 'a.yaml' }, yaml, defaultLimits, undefined, true);
  assert.equal(writeRule(readYamlFile(file).rules[0]!), `\ufeff${yaml}`);
});

test('a rule of nowhere is not written', () => {
  assert.throws(() => writeRule({ ...first('yaml', yaml), document: {} }), /it was not read from a file/);
});
