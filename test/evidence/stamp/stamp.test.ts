import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOfMessage, type GivenMessage } from '../../../src/evidence/index.ts';
import { defaultJudgeOptions } from '../../../src/ingest/index.ts';
import { investigate } from '../../../src/investigate/index.ts';
import { parseZone, zoneResolver } from '../../../src/mail/index.ts';
import { meansOf, minute } from '../told-store.ts';

const zone = parseZone(
  '$ORIGIN .\nbank.example. TXT "v=spf1 ip4:192.0.2.10 -all"\n_dmarc.bank.example. TXT "v=DMARC1; p=reject"\n',
  'zone',
);
const results =
  'spf=pass smtp.mailfrom=bank.example; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example';
const stamp = `Authentication-Results: mx.contoso.com; ${results}`;
const borderFrom = (ip: string) =>
  `Received: from out.bank.example (out.bank.example [${ip}]) by mx.contoso.com; Mon, 02 Mar 2026 09:00:00 +0000`;
const border = borderFrom('203.0.113.7');
const signature = 'DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=k; h=from; bh=AAAA; b=AAAA; c=relaxed/relaxed';

/** A letter of the bank's with these fields on top, checked so many days after it came. */
const letter = (top: readonly string[], days = 0): Extract<GivenMessage, { bytes: Buffer }> => ({
  bytes: Buffer.from(
    [
      'Return-Path: <ada@bank.example>',
      ...top,
      'From: Ada <ada@bank.example>',
      'To: anna.berg@contoso.com',
      'Subject: Your account',
      'Date: Mon, 02 Mar 2026 08:59:58 +0000',
      'Message-ID: <one@bank.example>',
      '',
      'Please confirm your account.',
      '',
    ].join('\r\n'),
  ),
  place: 'mail.eml',
  judge: {
    ...defaultJudgeOptions,
    trusted: ['mx.contoso.com'],
    acceptedDomains: ['contoso.com'],
    now: Date.parse(minute(1 + days * 24 * 60)),
  },
  resolver: zoneResolver(zone),
});

const factsOf = async (given: GivenMessage) => (await evidenceOfMessage(given, await meansOf({}))).message;

test('a stamp below the border’s field, where a sender can write, does not stand against our own check', async () => {
  const forged = letter([border, stamp]);
  const { words, checks, stamp: found } = await factsOf(forged);
  assert.equal(words.dmarc, 'fail');
  assert.ok(checks.every(({ verdictSource }) => verdictSource === 'verified'));
  assert.deepEqual(found, {
    receiver: 'mx.contoso.com',
    said: 'pass',
    found: 'fail',
    isMisplaced: true,
    isRefuted: true,
    isOverruled: true,
  });
  const { verdict, why } = await investigate({ eml: forged }, await meansOf({}));
  assert.equal(verdict.word, 'spoof');
  assert.ok(verdict.reasons.some(({ signal }) => signal === 'stamp-refuted'));
  assert.match(why.join(' '), /stamped DMARC pass, and our own check now gives fail; .* so our check counts/);
});

test('a second field of the border’s, written by the sender below his stamp, moves no border', async () => {
  const { stamp: found, words } = await factsOf(letter([border, stamp, borderFrom('192.0.2.10')]));
  assert.deepEqual([found?.isOverruled, words.dmarc], [true, 'fail']);
});

test('above it the receiver’s word counts, and that our check refutes it is said', async () => {
  const given = letter([stamp, border]);
  const { stamp: found, words } = await factsOf(given);
  assert.deepEqual([found?.isMisplaced, found?.isRefuted, found?.isOverruled], [false, true, false]);
  assert.equal(words.dmarc, 'pass');
  const { verdict } = await investigate({ eml: given }, await meansOf({}));
  assert.ok(verdict.reasons.some(({ signal, points }) => signal === 'stamp-refuted' && points !== 0));
  assert.ok(verdict.word !== 'legitimate', `${verdict.word} ${verdict.confidence}`);
});

test('a signature that a change inside may have broken, and mail of weeks ago, refute nothing', async () => {
  const changed = (await factsOf(letter([stamp, border, signature]))).stamp;
  assert.deepEqual([changed?.isRefuted, changed?.isOverruled], [false, false]);
  const old = (await factsOf(letter([border, stamp], 8))).stamp;
  assert.deepEqual([old?.isRefuted, old?.isOverruled, old?.isMisplaced], [false, false, true]);
});

test('where both agree nothing is said, wherever the stamp stands', async () => {
  assert.equal((await factsOf(letter([borderFrom('192.0.2.10'), stamp]))).stamp, undefined);
  assert.equal((await factsOf(letter([stamp, borderFrom('192.0.2.10')]))).stamp, undefined);
});
