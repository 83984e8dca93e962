import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { MailhuntError } from '../../../src/errors/index.ts';
import { selfSigned, writeCertificate } from './certificates.ts';
import { type Rig, type RigOptions, startRig } from './rig.ts';
import type { SinkOptions } from './sink.ts';

const withRig = async (options: RigOptions, run: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await startRig(options);
  try {
    await run(rig);
  } finally {
    await rig.stop();
  }
};

const send = ['MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>', 'DATA', 'x\r\n.'];

describe('TLS to the next hop', async () => {
  const certificate = await selfSigned('next.example.com');
  const tls = { key: certificate.key, cert: certificate.cert };
  const known = { tlsAuthorities: certificate.cert, tlsName: 'next.example.com' };
  const rows: readonly {
    readonly what: string;
    readonly sink: SinkOptions;
    readonly target: RigOptions['target'];
    readonly said: RegExp;
    readonly isSecure?: boolean;
  }[] = [
    { what: 'none', sink: { tls }, target: { tls: 'none' }, said: /^250/, isSecure: false },
    {
      what: 'opportunistic, any certificate',
      sink: { tls },
      target: { tls: 'opportunistic' },
      said: /^250/,
      isSecure: true,
    },
    { what: 'opportunistic, not offered', sink: {}, target: { tls: 'opportunistic' }, said: /^250/, isSecure: false },
    {
      what: 'opportunistic, refused: plain',
      sink: { tls, answers: { STARTTLS: '454 4.7.0 No' } },
      target: { tls: 'opportunistic' },
      said: /^250/,
      isSecure: false,
    },
    { what: 'required, and right', sink: { tls }, target: { tls: 'required', ...known }, said: /^250/, isSecure: true },
    { what: 'required, not offered', sink: {}, target: { tls: 'required', ...known }, said: /^451 4\.7\.5/ },
    {
      what: 'required, of an unknown authority',
      sink: { tls },
      target: { tls: 'required', tlsName: 'next.example.com' },
      said: /^451 4\.7\.5/,
    },
    {
      what: 'required, of another name',
      sink: { tls },
      target: { tls: 'required', ...known, tlsName: 'other.example.com' },
      said: /^451 4\.7\.5/,
    },
  ];
  for (const { what, sink, target, said, isSecure } of rows) {
    test(what, () =>
      withRig({ sink, target: target! }, async ({ client, sink: hop }) => {
        const c = await client();
        const all = await c.talk('EHLO c.example', ...send.slice(0, said.source.startsWith('^250') ? 4 : 1));
        assert.match(all.at(-1)!, said);
        assert.equal(hop.messages.length, isSecure === undefined ? 0 : 1);
        if (isSecure !== undefined)
          assert.equal(
            hop.lines.filter((line) => line.startsWith('EHLO')).length >= 2,
            isSecure || /refused/.test(what),
          );
      }),
    );
  }

  test('answers in the packet of its 220 are not believed (response injection)', () =>
    withRig(
      { sink: { tls, injected: '250-evil\r\n250 DSN\r\n' }, target: { tls: 'required', ...known } },
      async ({ client, sink }) => {
        const c = await client();
        assert.doesNotMatch(await c.say('EHLO c.example'), /DSN/);
        assert.match(await c.say(send[0]!), /^451 4\.7\.5/);
        assert.ok(!sink.commands.some((line) => line.startsWith('MAIL')));
      },
    ));
});

describe('the certificate of the server', () => {
  test('is read again when its files change, and a pair that does not fit changes nothing', async () => {
    const [first, second] = [await selfSigned('first.example'), await selfSigned('second.example')];
    await withRig({ proxy: { certificate: first.paths } }, async ({ client, notices }) => {
      const subject = async (): Promise<string> => {
        const c = await client();
        await c.talk('EHLO c.example', 'STARTTLS');
        await c.secure();
        assert.match(await c.say('EHLO c.example'), /^250/);
        return `${(c.socket as TLSSocket).getPeerCertificate().subject.CN}`;
      };
      assert.equal(await subject(), 'first.example');
      await writeCertificate(first.paths, { key: first.key, cert: second.cert });
      await sleep(1_100);
      assert.equal(await subject(), 'first.example');
      assert.deepEqual(
        notices.map(({ about }) => about),
        ['certificate'],
      );
      await writeCertificate(first.paths, second);
      await sleep(1_100);
      assert.equal(await subject(), 'second.example');
    });
  });

  test('one that is not there: GATE0030, at once', async () => {
    const paths = { cert: 'no-such-cert.pem', key: 'no-such-key.pem' };
    await assert.rejects(
      startRig({ proxy: { certificate: paths } }),
      (error: MailhuntError) => error.code === 'GATE0030',
    );
  });
});
