import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleForm, exampleRules, exampleTarget } from '../../../src/rules/lint/example-rules.ts';
import { fixedQuery } from '../../../src/rules/lint/fixed-query.ts';
import type { Found } from '../../../src/rules/lint/found.ts';
import type { Lint, LintExample } from '../../../src/rules/lint/lint.ts';
import { runLints } from '../../../src/rules/lint/run-lints.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';

const now = ticksFromUnixMs(Date.UTC(2026, 10, 21, 12));

/** What a lint finds in a text, made a rule as the example says. */
async function findings(lint: Lint, text: string, example: LintExample, among: readonly Lint[]) {
  const rules = exampleRules(text, example);
  const report = await runLints(rules, among, { now, target: exampleTarget(lint, example) });
  assert.deepEqual(report.defects, []);
  return report.findings.filter((found) => found.lint.id === lint.id && found.rule === rules[0]);
}

const fixesOf = (found: readonly Found[]) => found.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));

/**
 * The examples of lints as tests, one a lint and example: the wrong text gives a finding of that lint, the right one none,
 * and where the finding has a fix, the wrong text with all fixes is the right one.
 *
 * @param among what is run: the lint alone, but for lints about other lints
 * @example checkExamples(silentLints)
 */
export function checkExamples(lints: readonly Lint[], among?: readonly Lint[]): void {
  for (const lint of lints) {
    const run = among ?? [lint];
    describe(`${lint.id} ${lint.name}`, () => {
      it('has an example', () => assert.ok(lint.examples.length > 0));
      for (const [i, example] of lint.examples.entries()) {
        const { wrong, right } = example;
        it(`finds the wrong text of example ${i + 1}`, async () => {
          const found = await findings(lint, wrong, example, run);
          assert.notEqual(found.length, 0, `${lint.id} finds nothing in:\n${wrong}`);
          for (const { message } of found) assert.match(message, /^\S[^\n]{0,998}[.?!)`"]$/u, 'sentences on one line');
        });
        it(`finds nothing in the right text of example ${i + 1}`, async () => {
          const found = await findings(lint, right, example, run);
          const messages = found.map(({ message }) => message);
          assert.deepEqual(messages, [], right);
        });
        it(`the fix of example ${i + 1} gives the right text`, async () => {
          const found = await findings(lint, wrong, example, run);
          const [first] = found;
          if (first === undefined || fixesOf(found).length === 0) return;
          const fixed = fixedQuery(first.rule.query, fixesOf(found)).text;
          const wanted = exampleForm(right) === 'kusto' ? right : exampleRules(right, example)[0]!.query;
          assert.equal(fixed, wanted);
        });
      }
    });
  }
}
