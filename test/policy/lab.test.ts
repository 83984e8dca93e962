import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadScenarios } from '../../src/lab/index.ts';
import { decide, defaultPolicy, enforced, type FinalAction } from '../../src/policy/index.ts';
import { labItems } from './lab-item.ts';

const AT = Date.parse('2026-07-18T12:00:00Z');

const answerOf = (action: FinalAction): string =>
  'reply' in action ? `${action.reply.code} ${action.reply.enhanced}` : '250';

const cases = (await loadScenarios()).scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);

test('the default policy answers every letter of the lab as its file states', async () => {
  const policy = enforced(defaultPolicy(AT));
  const wrong: string[] = [];
  let letters = 0;
  for (const one of cases) {
    for (const { item, smtp } of await labItems(one)) {
      letters += 1;
      const { action, rule } = decide(policy, item, AT);
      if (answerOf(action) !== smtp) wrong.push(`${one.name}: ${answerOf(action)} by ${rule}, ${smtp} stated`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(letters > 124, `${letters} letters`);
});

test('in Audit nothing is refused, and what would be is recorded', async () => {
  const policy = defaultPolicy(AT);
  for (const one of cases) {
    for (const { item, smtp } of await labItems(one)) {
      const { action, trace } = decide(policy, item, AT);
      assert.equal(action.kind, 'Deliver');
      if (smtp !== '250')
        assert.ok(
          trace.some(({ outcome }) => outcome === 'audited'),
          one.name,
        );
    }
  }
});
