import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from './client.ts';
import { madeUpGate, startRig } from './rig.ts';

/** Numbers from 0 to 1, the same for the same seed (xorshift). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const MESSAGES = 400;
const CLIENTS = 8;

test('next hop, journal and gate fail at every point at random: no message that was taken is missing', async () => {
  const random = numbers(20_260_718);
  const faults = ['CLOSE', '421 4.3.2 Stopping', '451 4.3.0 Later', '550 5.7.1 No', '2x0 what', '250-Ok\r\n550 No'];
  const fault = (verb: string): string | undefined =>
    random() < (verb === 'QUIT' ? 0 : 0.06) ? faults[Math.floor(random() * faults.length)] : undefined;
  const recorded = new Map<string, number>();
  const gate = madeUpGate(async ({ bytes }) => {
    if (random() < 0.03) throw new Error('the gate fails');
    return {
      record: async ({ code }) => {
        if (random() < 0.05) throw new Error('the disk is full');
        recorded.set(bytes.toString().trim(), code);
      },
    };
  });
  const rig = await startRig({ gate, sink: { fault }, limits: { errors: 1_000_000 } });
  const taken: string[] = [];
  let next = 0;
  /** Sends until everything is taken or refused for good, and comes again as a mail server does. */
  const client = async (): Promise<void> => {
    let c = await rig.client();
    await c.say('EHLO c.example');
    while (next < MESSAGES) {
      const id = `message ${next++}`;
      for (let tries = 0; tries < 40; tries++) {
        const said = await sent(c, id);
        if (said.startsWith('2')) taken.push(id);
        if (said.startsWith('2')) break;
        if (!said.includes('closed')) continue;
        c.close();
        c = await rig.client();
        await c.say('EHLO c.example');
      }
    }
    c.close();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const arrived = new Set(rig.sink.messages.map((text) => text.trim()));
  assert.equal(taken.length, MESSAGES);
  assert.deepEqual(
    taken.filter((id) => !arrived.has(id)),
    [],
  );
  assert.deepEqual(
    taken.filter((id) => recorded.get(id) !== 250),
    [],
  );
  await rig.stop();
});

/** The last answer of a transaction. */
async function sent(c: Client, text: string): Promise<string> {
  let said = '';
  for (const line of ['MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>', 'DATA', `${text}\r\n.`]) {
    said = await c.say(line);
    if (said.startsWith('2') || said.startsWith('354')) continue;
    if (!said.includes('closed')) await c.say('RSET');
    return said;
  }
  return said;
}
