import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tryOut } from './accounts/trial.ts';

const LETTERS = 500;
const SEED = Number(process.env.MAILHUNT_ACCOUNTS_SEED ?? Math.floor(Math.random() * 1_000_000));

test(`${LETTERS} messages while gateway, next hop, DNS and store are killed and the disk is full (seed ${SEED}): none lost, none doubled, each accounted for`, {
  timeout: 440_000,
}, async (t) => {
  const verdict = await tryOut({ letters: LETTERS, hands: 1, seed: SEED, time: 420_000 });
  t.diagnostic(verdict.figures);
  if (verdict.withoutDisk !== undefined) t.diagnostic(`without the full disk: ${verdict.withoutDisk}`);
  assert.deepEqual(verdict.findings.slice(0, 20), []);
  assert.deepEqual(verdict.falls, []);
  assert.deepEqual(verdict.journal, []);
});
