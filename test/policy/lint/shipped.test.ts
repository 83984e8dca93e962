import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultPolicyText, type Policy, readPolicy } from '../../../src/policy/index.ts';
import { lintPolicy } from '../../../src/policy/lint/index.ts';

const ROOT = join(import.meta.dirname, '../../..');
const NOW = Date.parse('2026-07-18T12:00:00Z');

const said = (policy: Policy): readonly string[] =>
  lintPolicy(policy, NOW).map(
    ({ lint, place, rule, words }) => `${place.line}:${place.column} ${lint.id} ${rule}: ${words}`,
  );

/** Whole policies in a page: what a reader would copy. */
function policiesIn(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```ya?ml\n(.*?)^```/gms)].map(([, text = '']) => text);
  return blocks.filter((text) => /^rules:/m.test(text) && /^mode: (?:Audit|Enforce)/m.test(text));
}

test('the policy that is shipped has nothing wrong with it, in Audit or in Enforce', () => {
  for (const mode of ['Audit', 'Enforce'])
    assert.deepEqual(said(readPolicy(defaultPolicyText(NOW).replace('mode: Audit', `mode: ${mode}`), '')), []);
});

test('nor has any policy in the pages', async () => {
  const names = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md'));
  const pages = await Promise.all(
    [...names.map((name) => join('docs', name)), 'README.md'].map(async (file) => ({
      file,
      text: await readFile(join(ROOT, file), 'utf8'),
    })),
  );
  const policies = pages.flatMap(({ file, text }) => policiesIn(text).map((policy) => ({ file, policy })));
  assert.ok(policies.length > 0);
  for (const { file, policy } of policies) assert.deepEqual(said(readPolicy(policy, file)), [], file);
});
