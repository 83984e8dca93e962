import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleRules, exampleTarget } from '../../../src/rules/lint/example-rules.ts';
import { lints } from '../../../src/rules/lint/lints.ts';
import { runLints } from '../../../src/rules/lint/run-lints.ts';
import { suppressionLints } from '../../../src/rules/lint/suppression-lints.ts';
import { checkExamples } from './examples.ts';
import { now, queryRule } from './rules.ts';

const hundreds = { logic: '1', silent: '2', deploy: '3', file: '4' } as const;

describe('the table of lints', () => {
  it('has ids that are unique and belong to their group', () => {
    const ids = lints.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      [],
    );
    for (const { id, group } of lints) assert.match(id, new RegExp(`^MH${hundreds[group]}\\d\\d$`));
  });

  it('has names that are unique and in kebab-case', () => {
    const names = lints.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name, i) => names.indexOf(name) !== i),
      [],
    );
    for (const name of names) assert.match(name, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it('says of each what is wrong, why, and where that is known from', () => {
    for (const { id, summary, why, source } of lints) {
      assert.match(summary, /^[A-Z`*].*[.]$/, id);
      assert.notEqual(why.trim(), '', id);
      assert.match(source, /^https:\/\/|^RFC \d+|^docs\//, id);
    }
  });

  it('goes through queries that break off anywhere', async () => {
    const query =
      'let a = (t: (*)) { t | where (Subject has "x") }; a((EmailEvents | join ((EmailUrlInfo)) on (NetworkMessageId))) | where not((UrlCount) in ((1), (2)))';
    const cut = [...query.matchAll(/[(){,;]/g)].map(({ index }) => queryRule(query.slice(0, index + 1), `${index}`));
    const { defects } = await runLints([...cut, queryRule('EmailEvents | where () == ()', 'empty')], lints, { now });
    assert.deepEqual(
      defects.map(({ message }) => message),
      [],
    );
  });

  it('shows as right nothing that another lint finds wrong', async () => {
    const strict = lints.filter(({ id, group }) => group === 'logic' || group === 'silent' || id === 'MH401');
    const found: string[] = [];
    for (const lint of lints)
      for (const example of lint.examples) {
        const options = { now, target: exampleTarget(lint, example) };
        const report = await runLints(exampleRules(example.right, example), strict, options);
        const wrong = report.findings.filter(({ severity }) => severity !== 'note');
        found.push(...wrong.map(({ lint: { id }, message }) => `${lint.id}: ${id} ${message}`));
        assert.deepEqual(report.defects, []);
      }
    assert.deepEqual(found, []);
  });
});

checkExamples(suppressionLints, lints);
