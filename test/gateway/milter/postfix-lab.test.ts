import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { outcomeOf } from '../../../scripts/gate-scenarios.ts';
import type { Gate, Offered } from '../../../src/gateway/gate.ts';
import { caseNamed } from '../../../src/lab/index.ts';
import { triedGate } from '../gate-rig.ts';
import { type HousedCase, labHouses } from '../lab-house.ts';
import { type LabLetter, labCases, labLetters } from '../lab-letters.ts';
import { checkQuarantine, checkRows } from '../lab-outcome.ts';
import { noPostfix } from '../postfix.ts';
import { postfixWithMilter, sendMail } from './postfix-milter.ts';

const HOST = 'mta.example.com';

/**
 * Number 1 of what the gate promises, its other half: each letter through a real Postfix and the milter, with the whole gate
 * house behind it. There are no exceptions.
 */
test('every letter of the lab comes through Postfix byte for byte, and gets the answer, the place and the rows of its scenario', {
  skip: noPostfix,
  timeout: 420_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'milter-lab-'));
  let under: HousedCase;
  let at = 0;
  const offered: Offered[] = [];
  const gate: Gate = {
    rule: (message, signal) => {
      offered.push(message);
      return under.house.gate.rule(message, signal);
    },
    recipientClass: (address) => under.house.gate.recipientClass(address),
  };
  {
    await using houses = await labHouses(folder, HOST);
    await using mta = await postfixWithMilter({ milter: { gate, now: () => at }, main: { inet_protocols: 'all' } });
    const sent: LabLetter[] = [];
    for (const one of await labCases()) {
      await using housed = await houses.open(one);
      under = housed;
      for (const letter of housed.letters) {
        const { client: from, mailFrom, recipients, smtp, bytes } = letter;
        at = letter.at;
        const { ip, helo } = from;
        const client = await mta.client({ ip, helo, ...(from.isAuthenticated ? { login: 'somebody' } : {}) });
        const answer = await sendMail(client, bytes, { from: mailFrom, to: recipients });
        client.close();
        assert.equal(answer.slice(0, smtp.length), smtp, one.name);
        const told = offered.at(-1)!;
        assert.ok(told.bytes.equals(bytes), `${one.name}: other bytes`);
        const envelope = [told.client.ip, told.client.helo, told.mailFrom, told.recipients.join()];
        assert.deepEqual(envelope, [ip, helo, mailFrom, recipients.join()], one.name);
        checkRows(letter, await houses.rowsOf(letter));
        sent.push(letter);
      }
      await checkQuarantine(housed.house, housed.letters);
    }
    const delivered = sent.filter((letter) => outcomeOf(letter).action === 'Deliver');
    const texts = await mta.mailbox(delivered.flatMap(({ recipients }) => recipients).length);
    for (const text of texts) assert.match(fieldsOf(text)[0]!, /^Authentication-Results: mta\.example\.com;/);
    assert.deepEqual(
      idsIn(texts),
      idsIn(delivered.flatMap(({ bytes, recipients }) => recipients.map(() => `${bytes}`))),
    );
    assert.deepEqual(houses.notices, []);
    assert.ok(sent.length > 124 && delivered.length < sent.length);
  }
  rmSync(folder, { recursive: true });
});

/** The field that tells a letter from others, of each. */
const idsIn = (texts: readonly string[]): readonly string[] =>
  texts.map((text) => /^Message-ID:.*$/im.exec(text)?.[0].trim() ?? '').toSorted();

/** The fields of a message below those that its delivery put on top: Return-Path, X-Original-To, Delivered-To. */
const fieldsOf = (text: string): readonly string[] =>
  text
    .slice(0, text.indexOf('\n\n'))
    .split(/\n(?![ \t])/)
    .slice(3);

test('what is delivered has the gate’s stamp above all, and no other in its name', { skip: noPostfix }, async () => {
  const [letter] = (await labLetters(await caseNamed('exact-domain-p-reject'))).slice(-1);
  const { acceptedDomains } = letter!.of;
  const judge = { acceptedDomains, dmarcMode: 'rfc9989', rsaSha1: 'policy' } as const;
  const { gate } = triedGate({ resolver: letter!.zone, judge, stamping: { authservId: HOST } });
  await using mta = await postfixWithMilter({ milter: { gate, now: () => letter!.at } });
  const { client, mailFrom, recipients, bytes } = letter!;
  const forged = Buffer.from(`Authentication-Results: ${HOST}; dmarc=pass (forged)\r\n`);
  const to = recipients.slice(0, 1);
  const from = await mta.client({ ip: client.ip, helo: client.helo });
  assert.match(await sendMail(from, Buffer.concat([forged, bytes]), { from: mailFrom, to }), /^250/);
  const [text = ''] = await mta.delivered(to[0]!);
  const fields = fieldsOf(text);
  assert.match(fields[0]!, /^Authentication-Results: mta\.example\.com;\s+.*spf=pass.*dmarc=pass/s);
  const names = fields.slice(1).map((field) => field.split(':')[0]);
  assert.deepEqual(names.slice(0, 2), ['X-Mailhunt-Policy', 'Received']);
  assert.ok(!text.includes('forged'));
});
