import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { noPostfix } from '../postfix.ts';
import { noSwaks, ran } from '../programs.ts';
import { selfSigned } from './certificates.ts';
import { madeUpGate, noEdits, startRig } from './rig.ts';

const forged = { course: 'answer', reply: { code: 550, enhanced: '5.7.26', text: 'Forged' } } as const;

describe('swaks', { skip: noSwaks }, () => {
  const args = ['--from', 'a@example.org', '--to', 'b@example.com,c@example.com', '--helo', 'client.example.org'];

  test('over STARTTLS, to a next hop over STARTTLS: taken, changed and passed on; a forgery is refused', async () => {
    const [own, next] = [await selfSigned('gate.example.com'), await selfSigned('next.example.com')];
    const gate = madeUpGate(({ bytes }) =>
      /^Subject: forged/m.test(`${bytes}`)
        ? forged
        : { edits: { ...noEdits, insert: [{ name: 'X-Gate', value: '1' }] } },
    );
    const rig = await startRig({
      gate,
      sink: { tls: { key: next.key, cert: next.cert } },
      target: { tls: 'required', tlsName: 'next.example.com', tlsAuthorities: next.cert },
      proxy: { certificate: own.paths },
    });
    try {
      const send = (subject: string, ...more: readonly string[]) =>
        ran('swaks', [
          ...['--server', `127.0.0.1:${rig.proxy.port}`, ...args, ...more],
          ...['--header', `Subject: ${subject}`, '--body', '.a line that begins with a dot'],
        ]);
      const honest = await send('honest', '-tls');
      assert.equal(honest.status, 0, honest.output);
      assert.match(honest.output, /TLS started with cipher TLSv1\.3[\s\S]*<~ {2}250 2\.0\.0 Ok: queued as 1234/);
      assert.match((await send('forged', '-tls')).output, /<~\* 550 5\.7\.26 Forged/);
      assert.match((await send('plain')).output, /<- {2}250 2\.0\.0/);
      assert.match(rig.sink.messages[0]!, /^X-Gate: 1\r\n[\s\S]*\r\n\.\.a line that begins/);
      assert.deepEqual(
        rig.gate.offered.map(({ protocol, client, recipients }) => [protocol, client.helo, recipients.length]),
        [
          ['ESMTPS', 'client.example.org', 2],
          ['ESMTPS', 'client.example.org', 2],
          ['ESMTP', 'client.example.org', 2],
        ],
      );
      assert.equal(rig.sink.messages.length, 2);
    } finally {
      await rig.stop();
    }
  });

  test('all in one packet where it may (--pipeline)', async () => {
    const rig = await startRig();
    try {
      const { output, status } = await ran('swaks', ['--server', `127.0.0.1:${rig.proxy.port}`, ...args, '--pipeline']);
      assert.equal(status, 0, output);
      assert.equal(rig.sink.messages.length, 1);
    } finally {
      await rig.stop();
    }
  });
});

test('smtp-source, a thousand connections, a hundred at once: every message is judged and passed on, once', {
  skip: noPostfix,
}, async () => {
  const many = { connections: 200, perClient: 200, perClientMinute: 10_000 };
  const rig = await startRig({ limits: many });
  try {
    const load = ['-s', '100', '-m', '1000', '-l', '10000', '-S', 'load', '-f', 'a@example.org', '-t', 'b@example.com'];
    const { status, output } = await ran('smtp-source', [...load, `127.0.0.1:${rig.proxy.port}`]);
    assert.equal(status, 0, output);
    const ids = rig.sink.messages.map((text) => /^Message-Id: .*$/im.exec(text)?.[0]);
    assert.deepEqual([rig.gate.offered.length, ids.length, new Set(ids).size], [1000, 1000, 1000]);
    assert.ok(rig.gate.recorded.every(({ code }) => code === 250));
    assert.deepEqual(rig.notices, []);
  } finally {
    await rig.stop();
  }
});
