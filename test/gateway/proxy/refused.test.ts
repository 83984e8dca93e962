import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Offered } from '../../../src/gateway/gate.ts';
import type { Reply } from '../../../src/policy/index.ts';
import { madeUpGate, type RigOptions, startRig } from './rig.ts';

const begin = ['EHLO c.example', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>', 'RCPT TO:<c@example.com>'];

/** What a gate hears of a message that the server refuses, and the notices of it. */
async function heard(message: string, options: RigOptions = {}) {
  const told: { readonly offered: Offered; readonly answer: Reply }[] = [];
  const gate = { ...madeUpGate(), refused: (offered: Offered, answer: Reply) => void told.push({ offered, answer }) };
  const rig = await startRig({ gate, ...options });
  try {
    const client = await rig.client();
    await client.talk(...begin, 'DATA');
    client.send(message);
    const answer = await client.answer(20_000);
    return {
      answer,
      told,
      notices: rig.notices.filter(({ about }) => about === 'refusal'),
      asked: gate.offered.length,
    };
  } finally {
    await rig.stop();
  }
}

const header = 'From: a@example.org\r\nSubject: Hi\r\n';
for (const [what, message, code, enhanced] of [
  ['a bare LF', `${header}\r\na\nb\r\n.\r\n`, 550, '5.6.11'],
  ['a bare CR in the header', `${header}X: a\rb\r\n\r\nHello\r\n.\r\n`, 550, '5.6.11'],
  ['a NUL', `${header}\r\na\0b\r\n.\r\n`, 550, '5.6.11'],
] as const)
  test(`${what}: the gate hears the envelope and the header, and is not asked to judge`, async () => {
    const { answer, told, notices, asked } = await heard(message);
    assert.match(answer, new RegExp(`^${code} ${enhanced}`));
    assert.equal(asked, 0);
    assert.equal(told.length, 1);
    const { offered, answer: reply } = told[0]!;
    assert.deepEqual([offered.mailFrom, offered.recipients], ['a@example.org', ['b@example.com', 'c@example.com']]);
    assert.deepEqual([reply.code, reply.enhanced], [code, enhanced]);
    const text = offered.bytes.toString('latin1');
    assert.match(text, /^From: a@example\.org\r\nSubject: Hi\r\n/);
    assert.doesNotMatch(text, /Hello|\0|(?<!\r)\n|\r(?!\n)/);
    assert.deepEqual(
      notices.map(({ stage, code: told }) => [stage, told]),
      [['data', code]],
    );
  });

test('too large: the envelope alone', async () => {
  const large = `${header}\r\n${'x'.repeat(3_000)}\r\n.\r\n`;
  const { answer, told } = await heard(large, { limits: { message: 2_000 } });
  assert.match(answer, /^552 5\.3\.4/);
  assert.deepEqual([told.length, told[0]!.offered.bytes.length], [1, 0]);
});

test('what may come again is no refusal; what the gate itself refuses it does not hear of again', async () => {
  const late = await heard(`${header}\r\nHello`, { timeouts: { command: 200, dataRate: 100 } });
  assert.match(late.answer, /^421/);
  assert.equal(late.told.length, 0);
  const reply = { code: 550, enhanced: '5.7.26', text: 'No' };
  const refusing = madeUpGate(() => ({ course: 'answer', reply }));
  const told: unknown[] = [];
  const byGate = await heard(`${header}\r\nHello\r\n.\r\n`, {
    gate: { ...refusing, refused: (one) => void told.push(one) },
  });
  assert.match(byGate.answer, /^550 5\.7\.26/);
  assert.equal(told.length, 0);
  assert.deepEqual(
    byGate.notices.map(({ stage }) => stage),
    ['message'],
  );
});
