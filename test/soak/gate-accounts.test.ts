import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tryOut } from '../gateway/accounts/trial.ts';

const LETTERS = Number(process.env.MAILHUNT_SOAK_LETTERS ?? 20_000);
const SEED = Number(process.env.MAILHUNT_SOAK_SEED ?? Math.floor(Math.random() * 1_000_000));
/** Letters for each time that all of the cards are played. */
const PER_HAND = 500;

test(`${LETTERS} messages through a gate of which every part fails again and again (seed ${SEED})`, {
  timeout: 3_500_000,
}, async (t) => {
  const hands = Math.ceil(LETTERS / PER_HAND);
  const verdict = await tryOut({ letters: LETTERS, hands, seed: SEED, time: 3_400_000 });
  t.diagnostic(verdict.figures);
  if (verdict.withoutDisk !== undefined) t.diagnostic(`without the full disk: ${verdict.withoutDisk}`);
  assert.deepEqual(verdict.findings.slice(0, 20), []);
  assert.deepEqual(verdict.falls, []);
  assert.deepEqual(verdict.journal, []);
});
