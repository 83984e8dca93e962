import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../../src/evidence/language/language-of.ts';
import { type Case, loadScenarios, receive } from '../../../src/lab/index.ts';
import { authorsOf, bodyTextOf, contentOf, readMessage } from '../../../src/mail/index.ts';

/** Letters of cases with language of impersonation in them, and all. */
async function foundIn(cases: readonly Case[]): Promise<readonly [found: number, all: number]> {
  let [found, all] = [0, 0];
  for (const one of cases) {
    const { letters } = await receive(one, { seed: 1, now: Date.UTC(2026, 2, 2), variation: 0 });
    for (const { bytes } of letters) {
      const message = readMessage(bytes);
      const content = contentOf(message);
      const displayName = authorsOf(message).mailboxes[0]?.name ?? '';
      all++;
      if (languageOf({ subject: content.subject, displayName, body: bodyTextOf(content, { both: true }) }).length > 0)
        found++;
    }
  }
  return [found, all];
}

// Harmless letters of the lab are written as their attacks are: the real partner whose bank details have changed says so too.
test('of the harmless letters of the lab at most one in six has it', async (context) => {
  const { scenarios } = await loadScenarios();
  const [found, all] = await foundIn(scenarios.map(({ harmless }) => harmless));
  const [inAttacks, attacks] = await foundIn(scenarios.map(({ attack }) => attack));
  context.diagnostic(`harmless ${found} of ${all}, attacks ${inAttacks} of ${attacks}`);
  assert.ok(found / all <= 0.17, `${found} of ${all}`);
  assert.ok(inAttacks > 0);
});
