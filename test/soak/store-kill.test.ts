import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killAgainAndAgain } from '../store/kill.ts';

for (const seed of [1, 2, 3]) {
  test(`200 kills at random moments, seed ${seed}`, { timeout: 3_600_000 }, async () => {
    assert.equal((await killAgainAndAgain(200, seed, 1)) > 1000, true);
  });
}
