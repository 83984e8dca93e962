import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { controlAt } from '../../../src/gateway/control/index.ts';
import { controlSocket } from '../../../src/gateway/gate-folder.ts';
import { readMessage } from '../../../src/mail/index.ts';
import { readPolicy } from '../../../src/policy/index.ts';
import { inFolder } from '../../store/rig.ts';
import { keepingHouse, kept, letter } from '../control/held-house.ts';
import { offered, textZone } from '../gate-rig.ts';
import { startSink } from '../proxy/sink.ts';

const policyOf = (text: string) => ({ policy: readPolicy(text, 'test'), text });

const tagging = policyOf(`name: Test
mode: Enforce
rules:
  - name: Tag
    do: [{ PrependSubject: "[EXTERN] " }, { SetHeader: { name: X-Kept, value: "yes" } }]
  - name: Keep
    do: [{ ApplyBanner: { text: Careful, location: Prepend, fallback: Reject } }, Quarantine]
`);

/** What the next hop gets when a message is kept by a policy and released. */
async function releasedOf(message: ReturnType<typeof letter>, inForce: ReturnType<typeof policyOf>): Promise<string> {
  let got = '';
  await inFolder(async (folder) => {
    const sink = await startSink();
    try {
      // DNS says something else by the time of the release.
      let spf = 'v=spf1 ip4:192.0.2.7 -all';
      const resolver = { query: (name: string, type: never) => textZone({ 'bank.example': spf }).query(name, type) };
      await using house = await keepingHouse(folder, sink.port, {
        inForce: () => inForce,
        resolver: resolver as never,
      });
      const id = await kept(house, message);
      spf = 'v=spf1 -all';
      await controlAt(controlSocket(join(folder, 'gate'))).release(id, 'anna');
      got = sink.messages[0]!;
    } finally {
      await sink.close();
    }
  });
  return got;
}

const valuesIn = (message: string, name: string): readonly string[] =>
  readMessage(Buffer.from(message, 'latin1'))
    .fields.filter((field) => field.name === name)
    .map(({ value }) => value.replaceAll('\r\n', '').trim());

test('the policy’s changes are made when it is released, and the stamp says what was found when it came', async () => {
  const message = await releasedOf(letter('one'), tagging);
  assert.deepEqual(valuesIn(message, 'subject'), ['[EXTERN] one']);
  assert.deepEqual(valuesIn(message, 'x-kept'), ['yes']);
  assert.match(message, /Careful/);
  assert.match(valuesIn(message, 'authentication-results')[0]!, /spf=pass /);
});

test('a body that can carry no banner goes out without one, and all else is done', async () => {
  const signed = offered(`From: Jane <jane@bank.example>
Subject: one
MIME-Version: 1.0
Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"; micalg=pgp-sha256

--b

Hi
--b
Content-Type: application/pgp-signature

x
--b--
`);
  const message = await releasedOf(signed, tagging);
  assert.deepEqual(valuesIn(message, 'subject'), ['[EXTERN] one']);
  assert.doesNotMatch(message, /Careful/);
  assert.ok(message.endsWith(signed.bytes.toString().split('\r\n\r\n').slice(1).join('\r\n\r\n')));
});

test('8-bit mail and addresses beyond ASCII are said so, and where the next hop lacks the latter the message stays', () =>
  inFolder(async (folder) => {
    const sink = await startSink();
    const plain = await startSink({ features: ['SIZE 1000000'] });
    try {
      const message = offered('From: Jane <jane@bank.example>\nSubject: Grüße\n\nGrüße\n', {
        recipients: ['änne@contoso.com'],
      });
      {
        await using house = await keepingHouse(folder, plain.port);
        const id = await kept(house, message);
        const control = controlAt(controlSocket(join(folder, 'gate')));
        await assert.rejects(control.release(id, 'anna'), { code: 'GATE0012', message: /550 5\.6\.7/ });
        assert.deepEqual(plain.messages, []);
      }
      await using house = await keepingHouse(folder, sink.port);
      const [held] = house.quarantine.list();
      await controlAt(controlSocket(join(folder, 'gate'))).release(held!.id, 'anna');
      assert.match(sink.commands.find((line) => line.startsWith('MAIL'))!, / BODY=8BITMIME SMTPUTF8$/);
      assert.ok(Buffer.from(sink.messages[0]!, 'latin1').toString().endsWith('\r\n\r\nGrüße\r\n'));
    } finally {
      await Promise.all([sink.close(), plain.close()]);
    }
  }));
