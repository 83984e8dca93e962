import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killAgainAndAgain } from './kill.ts';

test('50 kills at random moments of an ingest lose nothing and double nothing', { timeout: 300_000 }, async () => {
  // A run that acknowledges nothing would prove nothing.
  assert.equal((await killAgainAndAgain(50, 8719, 5)) > 1000, true);
});
