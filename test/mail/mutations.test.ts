import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeMutations, mutationOf } from './mutation/judged-mutations.ts';
import { mutationNames } from './mutation/mutate.ts';
import { arcMessageContent, arcSealContent, dkimContents, split } from './mutation/signed-content.ts';
import { sentMessages } from './mutation/world.ts';

const COUNT = 20_000;

test(`${COUNT} mutations: none breaks the judge, takes 2 s, or passes with what nobody signed`, async (t) => {
  const { objections, passes, slowest } = await judgeMutations(0, COUNT);
  assert.deepEqual(objections.slice(0, 10), []);
  // Many changes leave alone what was signed; where nothing passed, nothing was shown.
  assert.ok(passes.dkim > COUNT / 10 && passes.dmarc > COUNT / 10 && passes.arc > COUNT / 100, JSON.stringify(passes));
  t.diagnostic(`the slowest, number ${slowest.number}: ${slowest.ms.toFixed(1)} ms; ${JSON.stringify(passes)} passes`);
});

test('every mutation comes about, most change the message, and a number always makes the same one', async () => {
  const { sent } = await sentMessages();
  const seen = new Set<string>();
  let changed = 0;
  for (let number = 0; number < 2000; number++) {
    const { sent: one, mutated, names } = mutationOf(number, sent);
    for (const name of names) seen.add(name);
    if (mutated !== one.message) changed++;
    if (number % 100 === 0) assert.equal(mutationOf(number, sent).mutated, mutated);
  }
  assert.deepEqual([...seen].sort(), [...mutationNames].sort());
  assert.ok(changed > 1700, String(changed));
});

test('what a signature covers changes with what was signed, and with nothing else', async () => {
  const { sent } = await sentMessages();
  const messageOf = (name: string): string => sent.find((one) => one.name === name)!.message;
  const relaxed = messageOf('relaxed');
  const [content] = dkimContents(split(relaxed));
  const same = [
    relaxed.replace('Subject: Invoice', 'SUBJECT :\r\n\t Invoice '),
    `X-Spam: no\r\n${relaxed}\r\n\r\n`,
    relaxed.replace(/\bb=[^;]*?\r\n(?=\S)/, 'b=AAAA\r\n'),
    relaxed.replaceAll('\r\n', '\n'),
  ];
  const other = [
    relaxed.replace('Subject: Invoice', 'Subject: invoice'),
    relaxed.replace('\r\n\r\n', '\r\nFrom: eve@evil.example\r\n\r\n'),
    `${relaxed}.`,
    relaxed.replace('d=bank.example', 'd=evil.example'),
    relaxed.replace(/From:.*\r\n/, ''),
  ];
  for (const message of same) assert.deepEqual(dkimContents(split(message)), [content]);
  for (const message of other) assert.notDeepEqual(dkimContents(split(message)), [content]);
  const sealed = split(messageOf('sealed twice'));
  const broken = split(messageOf('sealed twice').replace('dmarc=pass', 'dmarc=fail'));
  for (const instance of [1, 2]) {
    assert.equal(arcMessageContent(broken, instance), arcMessageContent(sealed, instance));
    assert.notEqual(arcSealContent(sealed, instance), '');
  }
  assert.notEqual(arcSealContent(broken, 2), arcSealContent(sealed, 2));
});
