import assert from 'node:assert/strict';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlAt } from '../../../src/gateway/control/index.ts';
import { controlSocket } from '../../../src/gateway/gate-folder.ts';
import { printAddress, startMilter } from '../../../src/gateway/milter/index.ts';
import { keepingHouse, letter } from '../control/held-house.ts';
import { sendMail } from '../milter/postfix-milter.ts';
import { freePort, noPostfix, startPostfix } from '../postfix.ts';
import { Client } from '../proxy/client.ts';

const NOBODY = 65_534;

/** What was delivered to a mailbox, once it is so many messages. */
async function delivered(box: string, count: number): Promise<readonly string[]> {
  for (let tries = 0; tries < 200; tries++) {
    const names = await readdir(join(box, 'new')).catch(() => []);
    if (names.length >= count) return Promise.all(names.map((name) => readFile(join(box, 'new', name), 'latin1')));
    await sleep(50);
  }
  throw new Error('not delivered');
}

test('what a milter has Postfix drop is released to a listener of the same Postfix that asks no milter, and delivered', {
  skip: noPostfix,
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'release-'));
  const base = join(folder, 'mail');
  await mkdir(base);
  await chown(base, NOBODY, NOBODY);
  await chmod(folder, 0o755);
  const port = await freePort();
  try {
    await using house = await keepingHouse(folder, port);
    await using milter = await startMilter({
      gate: house.gate,
      address: { kind: 'inet', host: '127.0.0.1', port: 0 },
      isOwn: () => false,
      log: () => {},
    });
    const postfix = await startPostfix({
      servers: [{ smtpd_authorized_xclient_hosts: '127.0.0.0/8' }],
      main: {
        smtpd_milters: printAddress(milter.address),
        mynetworks: '0.0.0.0/0',
        local_header_rewrite_clients: '',
        default_transport: 'virtual:',
        virtual_mailbox_base: base,
        virtual_mailbox_maps: 'static:box/',
        virtual_uid_maps: `static:${NOBODY}`,
        virtual_gid_maps: `static:${NOBODY}`,
      },
      master: [
        'virtual unix - n n - - virtual',
        `127.0.0.1:${port} inet n - n - - smtpd -o { smtpd_milters = } -o { smtpd_authorized_xforward_hosts = 127.0.0.0/8 }`,
      ],
      masterPorts: [port],
    });
    try {
      const client = await Client.to(postfix.ports[0]!);
      await client.answer();
      await client.say('XCLIENT ADDR=192.0.2.7 NAME=[UNAVAILABLE]');
      await client.say('EHLO mail.bank.example');
      const { bytes, recipients: to } = letter('one');
      assert.match(await sendMail(client, bytes, { from: 'bounce@bank.example', to }), /^250 /);
      client.close();
      const control = controlAt(controlSocket(join(folder, 'gate')));
      for (let tries = 0; house.quarantine.size === 0 && tries < 100; tries++) await sleep(50);
      const [held] = (await control.list()).messages;
      assert.deepEqual([held?.client.ip, held?.mailFrom, held?.recipients], ['192.0.2.7', 'bounce@bank.example', to]);
      const { answer } = await control.release(held!.id, 'anna');
      assert.match(`${answer.code} ${answer.text}`, /^250 Ok: queued as/);
      const boxes = await delivered(join(base, 'box'), 2);
      for (const text of boxes) {
        assert.match(text, /^Return-Path: <bounce@bank\.example>\n/);
        assert.equal(text.match(/^Authentication-Results:/gm)?.length, 1);
        assert.match(text, /^Authentication-Results: mx\.contoso\.com; spf=pass \(sender IP is 192\.0\.2\.7\)/m);
        assert.match(text, /^X-Mailhunt-Policy: Released;/m);
        assert.match(text, /^Received: from mail\.bank\.example \(unknown \[192\.0\.2\.7\]\)\n by mx\.contoso\.com/m);
        assert.match(text, /\n\nhttps:\/\/shop\.example\/one\n$/);
      }
      assert.equal((await control.list()).total, 0);
      assert.match(await postfix.log(), /client=unknown\[192\.0\.2\.7\]/, 'XFORWARD tells Postfix of the client');
    } finally {
      await postfix.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
