import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tryOut } from '../accounts/trial.ts';
import { noPostfix } from '../postfix.ts';
import { postfixFront, readBehindPostfix } from './kills-front.ts';

const LETTERS = 150;
const SEED = Number(process.env.MAILHUNT_ACCOUNTS_SEED ?? Math.floor(Math.random() * 1_000_000));

test(`${LETTERS} messages through Postfix while milter, next hop, DNS and store are killed and the disk is full (seed ${SEED}): none lost, none doubled, each accounted for`, {
  skip: noPostfix,
  timeout: 440_000,
}, async (t) => {
  const verdict = await tryOut({ letters: LETTERS, hands: 1, seed: SEED, time: 420_000, front: postfixFront });
  t.diagnostic(verdict.figures);
  if (verdict.withoutDisk !== undefined) t.diagnostic(`without the full disk: ${verdict.withoutDisk}`);
  assert.deepEqual(verdict.findings.slice(0, 20), []);
  assert.deepEqual(verdict.falls, []);
  assert.deepEqual(verdict.journal, []);
});

const attempt = { letter: 1, number: 1, isSent: true };
const copy = { letter: 1, attempt: 1, isAnswered: true, isWhole: true };
const [away, taken] = [
  { ...attempt, code: 451, text: '451 4.7.1 Service unavailable - try again later' },
  { ...attempt, code: 250, text: '250 2.0.0 Ok: queued as 1' },
];
const died = { ...copy, isAnswered: false };

test('what Postfix says for a gate that is away is no word of the gate, and what it takes may come again', () => {
  assert.equal(readBehindPostfix({ attempts: [away], copies: [] }).attempts[0]!.code, undefined);
  assert.equal(readBehindPostfix({ attempts: [taken], copies: [] }).attempts[0]!.code, 250);
  const count = (...copies: (typeof copy)[]) => readBehindPostfix({ attempts: [taken], copies }).copies.length;
  // A next hop that died before its answer gets it again; one that answered must not.
  assert.deepEqual([count(died, copy), count(died, died), count(died), count(copy, copy)], [1, 1, 1, 2]);
});

test('mail that Postfix put off and that went on all the same is found', () => {
  const findings = (of: typeof away) => readBehindPostfix({ attempts: [of], copies: [copy] }).findings.length;
  assert.deepEqual([findings(away), findings(taken)], [1, 0]);
});
