import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPolicy } from '../../../src/policy/index.ts';
import { listOf, text, yamlSpot } from '../../../src/yaml/index.ts';

const policyOf = (words: number, rules = 1): string => {
  const all = Array.from({ length: words }, (_, at) => `word number ${at}`).join(', ');
  const rule = (at: number) => `- { name: r${at}, when: [{ SubjectContainsWords: [${all}] }], do: [Quarantine] }`;
  return `name: large\nmode: Audit\nrules:\n${Array.from({ length: rules }, (_, at) => rule(at)).join('\n')}\n`;
};

test('a policy may be as large as the rules of an Exchange organization', () => {
  const text = policyOf(60, 300);
  assert.ok(text.length > 4 * 64 * 1024, `${text.length} characters`);
  assert.equal(readPolicy(text, 'p.yaml').rules.length, 300);
});

for (const [what, text, words] of [
  [
    'more bytes',
    `# ${'x'.repeat(4 << 20)}\n${policyOf(1)}`,
    /^p\.yaml, line 1, column 1: the file is larger than 4 MB$/,
  ],
  ['more rules', policyOf(1, 301), /rules: has 301 members; at most 300 are read/],
  ['more values of one predicate', policyOf(1001), /has 1001 members; at most 1000 are read/],
] as const) {
  test(`a policy of ${what} is refused`, () => assert.throws(() => readPolicy(text, 'p.yaml'), { message: words }));
}

test('the limits of a file are those that its reader gives', () => {
  const limits = { bytes: 1024, nodes: 4 };
  const read = (content: string) => listOf(text)(yamlSpot(content, 'p.yaml', 'POLICY0001', limits));
  assert.equal(read('[a, b, c]').length, 3);
  assert.throws(() => read('[a, b, c, d]'), { message: /more than 4 values in one file/ });
  assert.throws(() => read(`[${'a'.repeat(1024)}]`), { message: /larger than 1 KB/ });
});
