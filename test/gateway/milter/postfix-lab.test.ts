import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gate, Offered } from '../../../src/gateway/gate.ts';
import { type Case, loadScenarios, type ReceivedLetter, receive, zoneFile } from '../../../src/lab/index.ts';
import { parseZone, zoneResolver } from '../../../src/mail/index.ts';
import { AT, triedGate } from '../gate-rig.ts';
import { noPostfix } from '../postfix.ts';
import { postfixWithMilter, sendMail } from './postfix-milter.ts';

/** A letter of the lab on its way to the MTA, and the gate that will judge it: in Enforce, with the DNS of its case. */
interface OnItsWay {
  readonly name: string;
  readonly letter: ReceivedLetter;
  /** As its sender hands it over. */
  readonly bytes: Buffer;
  readonly gate: Gate;
}

/** The letters of a case that come from outside. */
async function lettersOf(one: Case): Promise<OnItsWay[]> {
  const { name, acceptedDomains, trustedSealers } = one;
  const { letters, records, failing } = await receive(one, { seed: 1, now: AT });
  const resolver = zoneResolver(parseZone(zoneFile(records, failing), name));
  const judge = { acceptedDomains, dmarcMode: 'rfc9989', rsaSha1: 'policy', composite: { trustedSealers } } as const;
  const { gate } = triedGate({ resolver, judge, stamping: { authservId: 'mta.example.com' } });
  return letters
    .filter(({ isHistory, claimed }) => !isHistory && claimed.claim !== undefined)
    .map((letter) => ({ name, letter, bytes: sentBytes(letter.bytes), gate }));
}

/** Without what the receiver's own mail host wrote on top: Return-Path and Received, folds included. */
function sentBytes(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const [own = ''] = /^Return-Path: .*\r\nReceived: .*\r\n(?:[ \t].*\r\n)*/.exec(text) ?? [];
  assert.notEqual(own, '');
  return Buffer.from(text.slice(own.length), 'latin1');
}

test('every letter of the lab comes through Postfix byte for byte, and gets the answer of its scenario', {
  skip: noPostfix,
  timeout: 240_000,
}, async () => {
  const { scenarios } = await loadScenarios();
  const cases = scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);
  const letters = (await Promise.all(cases.map(lettersOf))).flat();
  let under = letters[0]!;
  let offered: Offered | undefined;
  const gate: Gate = {
    rule: (message, signal) => {
      offered = message;
      return under.gate.rule(message, signal);
    },
    recipientClass: () => '',
  };
  const milter = { gate, now: () => under.letter.at };
  await using mta = await postfixWithMilter({ milter, main: { inet_protocols: 'all' } });
  const wrong: string[] = [];
  for (const one of letters) {
    under = one;
    offered = undefined;
    const { ip = '', helo = '', mailFrom = '', recipients } = one.letter.transaction;
    const client = await mta.client({ ip, helo });
    const answer = await sendMail(client, one.bytes, { from: mailFrom, to: recipients });
    client.close();
    const { smtp } = one.letter.claimed;
    if (!answer.startsWith(smtp)) wrong.push(`${one.name}: ${answer} instead of ${smtp}`);
    const told = offered as Offered | undefined;
    if (told?.bytes.equals(one.bytes) !== true) wrong.push(`${one.name}: other bytes`);
    const envelope = [told?.client.ip, told?.client.helo, told?.mailFrom, told?.recipients.join()];
    assert.deepEqual(envelope, [ip, helo, mailFrom, recipients.join()], one.name);
  }
  assert.deepEqual(wrong, []);
  const answers = new Set(letters.map(({ letter }) => letter.claimed.smtp));
  assert.ok(letters.length > 80 && answers.size === 3);
});

test('what is delivered has the gate’s stamp above all, and no other in its name', { skip: noPostfix }, async () => {
  const { scenarios } = await loadScenarios();
  const { harmless } = scenarios.find(({ name }) => name === 'exact-domain-p-reject')!;
  const { letter, bytes, gate } = (await lettersOf(harmless)).at(-1)!;
  await using mta = await postfixWithMilter({ milter: { gate, now: () => letter.at } });
  const { ip = '', helo = '', mailFrom = '', recipients } = letter.transaction;
  const forged = Buffer.from('Authentication-Results: mta.example.com; dmarc=pass (forged)\r\n');
  const to = recipients.slice(0, 1);
  const client = await mta.client({ ip, helo });
  assert.match(await sendMail(client, Buffer.concat([forged, bytes]), { from: mailFrom, to }), /^250/);
  const [text = ''] = await mta.delivered(to[0]!);
  const header = text.slice(0, text.indexOf('\n\n')).split(/\n(?![ \t])/);
  // Of the delivery are Return-Path, X-Original-To and Delivered-To.
  assert.match(header[3]!, /^Authentication-Results: mta\.example\.com;\s+.*spf=pass.*dmarc=pass/s);
  const names = header.slice(4).map((field) => field.split(':')[0]);
  assert.deepEqual(names.slice(0, 2), ['X-Mailhunt-Policy', 'Received']);
  assert.ok(!text.includes('forged'));
});
