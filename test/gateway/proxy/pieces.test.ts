import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { Client } from './client.ts';
import { type Rig, startRig } from './rig.ts';

let rig: Rig;
before(async () => {
  rig = await startRig({ limits: { perClientMinute: 1_000_000 } });
});
after(() => rig.stop());

/** What a client sends without waiting, and how many answers it then awaits. */
interface Turn {
  readonly bytes: Buffer;
  readonly answers: number;
}

const oneOf = fc.constantFrom;
const mail = oneOf(
  'MAIL FROM:<a@example.org>',
  'MAIL FROM:<> SIZE=99',
  'MAIL FROM:<ü@example.org> SMTPUTF8',
  'MAIL',
  'RSET',
);
const rcpt = oneOf(
  'RCPT TO:<b@example.com>',
  'RCPT TO:<vip@example.com>',
  'RCPT TO:<b@example.net>',
  'NOOP',
  'FOO',
  'NO\0OP',
);
/** Messages that are taken, or refused without the connection's end. */
const message = fc.array(oneOf('a\r\n', '..\r\n', '\r\n', 'x'.repeat(700), '.a\r\n', '\0', 'ü'), { maxLength: 6 });

const conversation = fc.array(fc.tuple(mail, fc.array(rcpt, { maxLength: 3 }), message), {
  minLength: 1,
  maxLength: 3,
});

/** Sends each turn in pieces, awaits its answers; all that was said. `DATA` is followed by a message where it is let. */
async function held(
  script: readonly (readonly [string, readonly string[], readonly string[]])[],
  cut: () => number,
): Promise<string[]> {
  const c = await Client.to(rig.proxy.port);
  const said = [await c.answer()];
  const turn = async ({ bytes, answers }: Turn): Promise<string> => {
    for (let from = 0; from < bytes.length; ) {
      const end = from + 1 + cut();
      c.send(bytes.subarray(from, end));
      from = end;
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let at = 0; at < answers; at++) said.push(await c.answer());
    return said.at(-1)!;
  };
  await turn({ bytes: Buffer.from('EHLO c.example\r\n'), answers: 1 });
  for (const [opening, middle, body] of script) {
    const group = [opening, ...middle, 'DATA'];
    const last = await turn({ bytes: Buffer.from(group.map((line) => `${line}\r\n`).join('')), answers: group.length });
    if (last.startsWith('354')) await turn({ bytes: Buffer.from(`${body.join('')}\r\n.\r\n`), answers: 1 });
  }
  await turn({ bytes: Buffer.from('QUIT\r\n'), answers: 1 });
  c.close();
  return said;
}

test('the same conversation in whatever pieces: answers, what the gate saw, what the next hop got', async () => {
  const outcome = async (...[script, cut]: Parameters<typeof held>): Promise<unknown> => {
    rig.gate.offered.length = 0;
    rig.sink.messages.length = 0;
    const said = await held(script, cut);
    return [said, rig.gate.offered.map(({ bytes, recipients }) => [`${bytes}`, recipients]), [...rig.sink.messages]];
  };
  await fc.assert(
    fc.asyncProperty(conversation, fc.array(fc.nat(90), { minLength: 1, maxLength: 7 }), async (script, cuts) => {
      let at = 0;
      const whole = await outcome(script, () => 1_000_000);
      assert.deepEqual(await outcome(script, () => cuts[at++ % cuts.length]!), whole);
    }),
    { numRuns: 60 },
  );
});
