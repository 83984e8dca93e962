import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { caseNamed } from '../../../src/lab/index.ts';
import { type Rule, readRules } from '../../../src/rules/index.ts';
import { ran } from '../../cli/world.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { rules } = await readRules(join(root, 'rules'), { relativeTo: root });
const folder = mkdtempSync(join(tmpdir(), 'atomic-'));
after(() => rmSync(folder, { recursive: true }));

const stepsOf = ({ story }: Rule): readonly string[] => story.atomicTest?.steps ?? [];
const ruleAt = (path: string): Rule => rules.find(({ provenance }) => provenance.path === path)!;

/** Does the steps, all but the rule's own tests, in a folder of their own; what `rules run` ended with. */
async function done(steps: readonly string[], place: string): Promise<number> {
  const at = (word: string): string => {
    if (/^lab-(?:mail|store)\b/.test(word)) return join(place, word);
    return word.startsWith('rules/') ? join(root, word) : word;
  };
  let code = -1;
  for (const step of steps.filter((one) => !one.startsWith('mailhunt rules test '))) {
    const [, ...words] = step.split(' ');
    const end = await ran(words.map(at));
    if (words[0] !== 'rules') assert.equal(end.code, 0, `${step}: ${end.err}`);
    code = end.code;
  }
  return code;
}

describe('the atomic tests of the pack', () => {
  for (const rule of rules) {
    const { path } = rule.provenance;

    it(`${rule.name}: builds its scenario, takes it in, runs this rule and tests it`, () => {
      const verbs = stepsOf(rule).map((step) => step.split(' ').slice(0, 3).join(' '));
      assert.deepEqual(verbs, [
        'mailhunt lab build',
        'mailhunt ingest lab-mail',
        'mailhunt rules run',
        'mailhunt rules test',
      ]);
      const [build = '', , run = '', test = ''] = stepsOf(rule);
      assert.ok(build.split(' ').includes(rule.story.atomicTest!.scenario), build);
      assert.deepEqual([run.split(' ')[3], test.split(' ')[3]], [path, path]);
    });
  }

  for (const path of [
    'rules/impersonation/vip-display-name.yaml',
    'rules/spoofing/dkim-replay.yaml',
    'rules/impersonation/payment-to-finance-first-contact.yaml',
    'rules/trends/spf-failures-per-day.yaml',
  ]) {
    it(`${path}: the steps as they stand make it fire`, { timeout: 60_000 }, async () => {
      assert.equal(await done(stepsOf(ruleAt(path)), join(folder, path, 'attack')), 1);
    });
  }

  it('the steps with the harmless twin make no noise', { timeout: 60_000 }, async () => {
    for (const path of ['rules/spoofing/dkim-replay.yaml', 'rules/impersonation/vip-display-name.yaml']) {
      const rule = ruleAt(path);
      const { scenario } = rule.story.atomicTest!;
      const { twin } = await caseNamed(scenario);
      const steps = stepsOf(rule).map((step) =>
        step.startsWith('mailhunt rules') ? step : step.replaceAll(scenario, twin),
      );
      assert.equal(await done(steps, join(folder, path, 'harmless')), 0, path);
    }
  });
});
