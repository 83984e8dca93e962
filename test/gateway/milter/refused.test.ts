import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Offered } from '../../../src/gateway/gate.ts';
import type { Reply } from '../../../src/policy/index.ts';
import { madeUpGate } from './made-up-gate.ts';
import { greeting, letter, say } from './mta.ts';
import { started } from './started.ts';

/** What a gate hears of a letter that is too large. */
async function heard(oversize: 'refuse' | 'accept') {
  const told: { readonly offered: Offered; readonly answer: Reply }[] = [];
  const gate = { ...madeUpGate(), refused: (offered: Offered, answer: Reply) => void told.push({ offered, answer }) };
  await using milter = await started({ gate, oversize, limits: { messageBytes: 20 } });
  milter.mta.send(...greeting(), say.macros('M', 'i', '4XyZ'), ...letter());
  const said = await milter.mta.hear(4);
  return { said: said.at(-1), told };
}

test('what is larger than the limits is refused, and the gate hears of it with the MTA’s name for it', async () => {
  const { said, told } = await heard('refuse');
  assert.match(said!, /^y552 5\.3\.4/);
  assert.equal(told.length, 1);
  const [{ offered, answer }] = told as [(typeof told)[0]];
  assert.deepEqual(
    [offered.mailFrom, offered.recipients, offered.queueId, offered.bytes.length, answer.code],
    ['sender@example.org', ['receiver@example.com'], '4XyZ', 0, 552],
  );
});

test('where it is let on, nothing was refused', async () => {
  const { said, told } = await heard('accept');
  assert.equal(said, 'a');
  assert.deepEqual(told, []);
});
