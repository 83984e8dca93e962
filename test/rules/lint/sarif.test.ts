import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { sarif } from '../../../src/rules/lint/report/sarif.ts';
import { runLints } from '../../../src/rules/lint/run-lints.ts';
import { rulesOfText } from '../../../src/rules/read/read-rules.ts';
import { now, wordLint } from './rules.ts';

const lints = [wordLint('MH203', 'Bad', { instead: 'Good' }), wordLint('MH204', 'Worse', { severity: 'note' })];
const text = 'name: A rule\nquery: |\n  T\n  | where Bad // mailhunt-ignore-rule MH204: wanted\n  | where Worse\n';

async function log() {
  const { rules } = rulesOfText('sub folder/a#1.yaml', text);
  const report = await runLints(rules, lints, { now });
  const problems = [new MailhuntError('RULE0001', { file: 'b.yaml', text: 'no such file' })];
  return sarif(report, {
    version: '0.1.0',
    pages: 'https://www.example.com/lints/',
    lints,
    problems,
    textOf: () => text,
  });
}

describe('SARIF', () => {
  it('has what the standard asks of a log', async () => {
    const { version, $schema, runs } = await log();
    assert.equal(version, '2.1.0');
    assert.match($schema, /^https:.*sarif-2\.1\.0\.json$/);
    const [run] = runs;
    assert.equal(run!.columnKind, 'utf16CodeUnits');
    const { name, rules } = run!.tool.driver;
    assert.equal(name, 'mailhunt');
    for (const rule of rules) {
      assert.match(rule.helpUri, /^https:\/\/www\.example\.com\/lints\/MH\d+-[a-z-]+\.md$/);
      assert.ok(['error', 'warning', 'note'].includes(rule.defaultConfiguration.level));
      for (const message of [rule.shortDescription, rule.fullDescription, rule.help]) assert.notEqual(message.text, '');
    }
  });

  it('points from results to rules, to files and to places', async () => {
    const { results, tool } = (await log()).runs[0]!;
    assert.equal(results.length, 2);
    for (const result of results) {
      assert.equal(tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
      assert.match(result.partialFingerprints['mailhunt/v1'], /^[0-9a-f]{32}$/);
      const [location] = result.locations;
      assert.equal(location!.physicalLocation.artifactLocation.uri, 'sub%20folder/a%231.yaml');
    }
    assert.deepEqual(results[0]!.locations[0]!.physicalLocation.region, {
      startLine: 4,
      startColumn: 11,
      endLine: 4,
      endColumn: 14,
    });
  });

  it('says what is suppressed and why', async () => {
    const { results } = (await log()).runs[0]!;
    assert.deepEqual(
      results.map((result) => ('suppressions' in result ? result.suppressions : undefined)),
      [undefined, [{ kind: 'inSource', justification: 'wanted' }]],
    );
  });

  it('has fixes as changes of the file', async () => {
    const [first] = (await log()).runs[0]!.results;
    assert.ok(first !== undefined && 'fixes' in first);
    assert.deepEqual(first.fixes![0]!.artifactChanges[0]!.replacements, [
      {
        deletedRegion: { startLine: 4, startColumn: 11, endLine: 4, endColumn: 14 },
        insertedContent: { text: 'Good' },
      },
    ]);
  });

  it('tells of files that could not be read', async () => {
    const [invocation] = (await log()).runs[0]!.invocations;
    assert.equal(invocation!.executionSuccessful, true);
    assert.deepEqual(invocation!.toolExecutionNotifications[0], {
      level: 'warning',
      descriptor: { id: 'RULE0001' },
      message: { text: 'b.yaml could not be read: no such file' },
    });
  });
});
