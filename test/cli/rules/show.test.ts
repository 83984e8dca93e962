import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ran } from '../world.ts';

describe('mailhunt rules show', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailhunt-rules-show-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('shows a rule of the pack by the name of its file, with its proof', async () => {
    const { code, out, err } = await ran(['rules', 'show', 'Reply-To-Divergence']);
    assert.equal(code, 0, err);
    assert.match(out, /^# Replies would go to another organisation$/m);
    assert.match(out, /^- \*\*Proof\*\*: proved$/m);
    assert.match(out, /^- \*\*Lint\*\*: (?:nothing found|\d+ notes?)$/m);
    assert.match(out, /^```kusto\n/m);
    for (const heading of ['Hypothesis', 'Query', 'Known false positives', 'Response', 'Investigation', 'Try it'])
      assert.match(out, new RegExp(`^## ${heading}$`, 'm'));
  });

  it('takes a path into the pack too, and proves nothing where that is not wanted', async () => {
    const path = new URL('../../../rules/authentication/dmarc-failure-delivered.yaml', import.meta.url).pathname;
    const { code, out, err } = await ran(['rules', 'show', path, '--no-prove', '--format', 'json']);
    assert.equal(code, 0, err);
    const shown = JSON.parse(out);
    assert.equal(shown.rule.name, 'DMARC failure delivered to an inbox');
    assert.deepEqual(shown.tables, [{ name: 'EmailEvents', connector: 'MicrosoftThreatProtection' }]);
    assert.ok(shown.watchlists.includes('KnownSenders'));
    assert.equal(shown.standing.verdict, undefined);
    assert.equal(shown.standing.lint.error, 0);
    assert.equal(shown.rule.document, undefined);
  });

  it('says what a foreign rule leaves unsaid, and prints nothing that a terminal would obey', async () => {
    const file = join(folder, 'a.yaml');
    await writeFile(file, 'name: "A\\x1b[2J"\ndescription: "red \\x1b[31m"\nquery: |\n  EmailEvents\n');
    const { code, out } = await ran(['rules', 'show', file]);
    assert.equal(code, 0);
    assert.ok(!out.includes('\u001b'));
    assert.match(out, /^- \*\*Proof\*\*: unproved$/m);
    assert.match(out, /## What it does not say\n\n(?:- .*\n)*- tactics\n/);
  });

  const wrong: readonly (readonly [argv: readonly string[], code: number, says: RegExp])[] = [
    [[], 2, /say which rule/],
    [['no-such-rule-at-all'], 2, /there is no rule no-such-rule-at-all/],
    [['reply-to-divergence', '--format', 'toString'], 2, /text and json are known/],
  ];
  for (const [argv, code, says] of wrong)
    it(`refuses: rules show ${argv.join(' ')}`, async () => {
      const { code: ended, err } = await ran(['rules', 'show', ...argv]);
      assert.equal(ended, code);
      assert.match(err, says);
    });
});
