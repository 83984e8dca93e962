import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baselineText, newFindings, readBaseline } from '../../../src/rules/lint/baseline.ts';
import { runLints } from '../../../src/rules/lint/run-lints.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import { now, queryRule, wordLint } from './rules.ts';

const lints = [
  wordLint('MH203', 'Bad'),
  { ...wordLint('MH405', 'x'), check: () => [{ field: ['name'], message: 'A name.' }] },
];
const found = async (query: string, given: Partial<Rule> = {}) =>
  (await runLints([queryRule(query, 'a.kql', given)], lints, { now })).findings;

describe('a baseline', () => {
  it('knows findings again while lines move, and space changes', async () => {
    const baseline = readBaseline(baselineText(await found('T\n| where Bad == 1')), 'base.json');
    assert.deepEqual(newFindings(await found('// now with\n// comments\nT\n|   where   Bad == 1  '), baseline), []);
  });

  it('lets new ones through: other words, another rule, one more of the same', async () => {
    const baseline = readBaseline(baselineText(await found('T\n| where Bad == 1')), 'base.json');
    const left = async (query: string, given?: Partial<Rule>) =>
      newFindings(await found(query, given), baseline).map(({ lint, place }) => `${lint.id}@${place.line}`);
    assert.deepEqual(await left('T\n| where Bad == 2'), ['MH203@2']);
    assert.deepEqual(await left('T\n| where Bad == 1\n| where Bad == 1'), ['MH203@3']);
    assert.deepEqual(await left('T\n| where Bad == 1', { id: 'another' }), ['MH405@1', 'MH203@2']);
  });

  it('follows a rule by its id through other files', async () => {
    const id = '0a7f8f6e-8d0e-4c55-9a3b-1d5a0b3c9e21';
    const baseline = readBaseline(baselineText(await found('T | where Bad', { id })), 'base.json');
    const moved = { id: id.toUpperCase(), provenance: { path: 'other/b.yaml' } };
    assert.deepEqual(newFindings(await found('T | where Bad', moved), baseline), []);
  });

  it('is the same text for the same findings', async () => {
    const findings = await found('T\n| where Bad == 1\n| where Bad == 2');
    assert.equal(baselineText(findings.toReversed()), baselineText(findings));
    assert.ok(baselineText(findings).endsWith('}\n'));
  });

  it('is refused where it is none', () => {
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"version":2,"findings":[]}',
      '{"version":1}',
      '{"version":1,"findings":[{}]}',
    ])
      assert.throws(() => readBaseline(text, 'base.json'), /LINT0002|the baseline base\.json could not be read/, text);
  });
});
