import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Offered } from '../../../src/gateway/gate.ts';
import type { Reply } from '../../../src/policy/index.ts';
import { madeUpGate } from './made-up-gate.ts';
import { greeting, LETTER, letter, say } from './mta.ts';
import { started } from './started.ts';

/** What a gate hears of a letter that is too large. */
async function heard(oversize: 'refuse' | 'accept', messageBytes = LETTER.length - 1) {
  const told: { readonly offered: Offered; readonly answer: Reply }[] = [];
  const made = madeUpGate();
  const gate = { ...made, refused: (offered: Offered, answer: Reply) => void told.push({ offered, answer }) };
  await using milter = await started({ gate, oversize, limits: { messageBytes } });
  milter.mta.send(...greeting(), say.macros('M', 'i', '4XyZ'), ...letter());
  const said = await milter.mta.hear(4);
  const more = said.at(-1)!.startsWith('i') ? await milter.mta.hear(1) : [];
  return { said: [...said, ...more].slice(3).join(), told, made, facts: milter.facts };
}

test('what is larger than the limits is refused, and the gate hears of it with the MTA’s name for it', async () => {
  const { said, told } = await heard('refuse');
  assert.match(said, /^y552 5\.3\.4/);
  assert.equal(told.length, 1);
  const [{ offered, answer }] = told as [(typeof told)[0]];
  assert.deepEqual(
    [offered.mailFrom, offered.recipients, offered.queueId, `${offered.bytes}`, answer.code],
    ['sender@example.org', ['receiver@example.com'], '4XyZ', LETTER.slice(0, LETTER.indexOf('Hello')), 552],
  );
});

test('where it is let on, the gate has its header and says what is changed in that', async () => {
  const { said, told, made, facts } = await heard('accept');
  assert.equal(said, 'i||||X-Unread| yes|,a');
  assert.deepEqual(told, []);
  assert.deepEqual(
    made.headers.map(({ bytes }) => `${bytes}`),
    [LETTER.slice(0, LETTER.indexOf('Hello'))],
  );
  assert.deepEqual([made.offered.length, made.recorded.length, facts[0]!.overflow], [0, 1, 'message']);
});

test('what is too large before its body comes is refused all the same: nobody has seen its header', async () => {
  const { said, told, made, facts } = await heard('accept', 20);
  assert.match(said, /^y552 5\.3\.4/);
  assert.deepEqual([told.length, made.headers.length, facts[0]!.overflow], [1, 0, 'header']);
});

const impure: readonly (readonly [what: string, name: string, value: string, answer: RegExp])[] = [
  ['a bare CR in a value', 'X-Note', ' a\rAuthentication-Results: mx.example.com; dmarc=pass', /^y550 5\.6\.11 /],
  ['a bare CR in a fold', 'X-Note', ' a\n b\rX-Mailhunt-Policy: Deliver', /^y550 5\.6\.11 /],
  ['a bare CR in a name', 'X-Note\r', ' a', /^y550 5\.6\.11 /],
  ['a name that some read as a stamp', 'Authentication\x7f-Results', ' mx.example.com', /^y550 5\.6\.0 /],
  ['a blank behind the name of a stamp', 'Authentication-Results ', ' mx.example.com', /^y550 5\.6\.0 /],
  ['an odd name that is read as nothing', 'X\x7f-Note', ' a', /^a/],
  ['a CR at the end of a line', 'X-Note', ' a\r\n b\r', /^a/],
  ['a stamp, which the gate takes out', 'Authentication-Results', ' mx.example.com', /^a/],
];
for (const [what, name, value, answer] of impure) {
  test(`a header with ${what} is ${answer.source.startsWith('^a') ? 'taken' : 'refused'}`, async () => {
    const told: Reply[] = [];
    const gate = { ...madeUpGate(), refused: (_: Offered, reply: Reply) => void told.push(reply) };
    await using milter = await started({ gate });
    const [sender, recipient, ...rest] = letter();
    milter.mta.send(...greeting(), sender!, recipient!, say.header(name, value), ...rest);
    const said = (await milter.mta.hear(4)).at(-1)!;
    assert.match(said, answer);
    assert.equal(told.length, said === 'a' ? 0 : 1);
    assert.equal(gate.offered.length, said === 'a' ? 1 : 0);
  });
}
