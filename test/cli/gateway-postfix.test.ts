/** `mailhunt gateway` and a real Postfix, each set up by the very lines of `docs/`; only ports are others. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { caseNamed } from '../../src/lab/index.ts';
import { defaultPolicyText } from '../../src/policy/index.ts';
import { docBlock, exchanged } from '../gateway/doc-page.ts';
import { AT } from '../gateway/gate-rig.ts';
import { labDns } from '../gateway/lab-dns.ts';
import { type LabLetter, labLetters } from '../gateway/lab-letters.ts';
import { handOver } from '../gateway/lab-smtp.ts';
import { freePort, noPostfix, type Postfix, type PostfixOptions, startPostfix } from '../gateway/postfix.ts';
import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { ran } from './world.ts';

const DOMAIN = 'receiver.example';
const [honest, forged] = await Promise.all([letterOf('exact-domain-p-reject'), letterOf('exact-domain-spoof-reject')]);

async function letterOf(name: string): Promise<LabLetter> {
  return (await labLetters(await caseNamed(name))).at(-1)!;
}

/** What the test needs beside the page: clients that it makes up, recipients that exist, and a queue to look into. */
const beside = {
  smtpd_authorized_xclient_hosts: '127.0.0.0/8',
  relay_domains: DOMAIN,
  defer_transports: 'discard',
} as const;

/** A gate of a setup in Enforce, behind or beside a Postfix. */
async function withBoth(
  setup: string,
  postfixOptions: PostfixOptions,
  run: (both: { readonly postfix: Postfix; readonly gate: GatewayProcess; readonly folder: string }) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-postfix-'));
  await using dns = await labDns(() => honest.zone);
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('policy.yaml', defaultPolicyText(AT).replace('mode: Audit', 'mode: Enforce'));
  write('mailhunt.yaml', `dns_servers: ["${dns.address}"]\naccepted_domains: [${DOMAIN}]\n`);
  write('gateway.yaml', setup);
  const postfix = await startPostfix(postfixOptions);
  try {
    await using gate = await startGateway(folder, new Date(AT).toISOString());
    await run({ postfix, gate, folder });
  } finally {
    await postfix.stop();
  }
  const query = 'EmailEvents | project SenderIPv4, DeliveryAction | order by DeliveryAction asc';
  const { out } = await ran(['query', '--store', join(folder, 'store'), '-e', query, '--format', 'csv']);
  const rows = [honest, forged].map(({ client }, at) => `${client.ip},${['Delivered', 'Blocked'][at]}`);
  assert.deepEqual(out.trim().split(/\r?\n/).slice(1), rows.toReversed());
  rmSync(folder, { recursive: true });
}

/** What Postfix has in its queue under the id that its client was told. */
function queued(postfix: Postfix, answer: string): string {
  const [, id = ''] = /^250 2\.0\.0 Ok: queued as (\w+)$/.exec(answer) ?? [];
  assert.notEqual(id, '', answer);
  return postfix.run('postcat', '-hb', '-q', id);
}

const PATIENCE = 60_000;
const options = { skip: noPostfix, timeout: 120_000 };

describe('as the pages say', () => {
  test('between two servers of one Postfix', options, async () => {
    const [first, gatePort, second] = await Promise.all([freePort(), freePort(), freePort()]);
    const ports = { '127.0.0.1:10025': `127.0.0.1:${gatePort}`, '127.0.0.1:10026': `127.0.0.1:${second}` };
    const setup = exchanged(docBlock('gateway-postfix.md', 'hostname: gate.example.com'), ports);
    const master = exchanged(docBlock('gateway-postfix.md', 'smtp            inet'), {
      ...ports,
      'smtp            inet': `127.0.0.1:${first} inet`,
    });
    const postfixOptions = { servers: [], master: [master], masterPorts: [first, second], main: beside };
    await withBoth(setup, postfixOptions, async ({ postfix }) => {
      assert.match(await handOver(first, forged, { patience: PATIENCE }), /^550 5\.7\.26 /);
      const text = queued(postfix, await handOver(first, honest, { patience: PATIENCE }));
      // The second Postfix has written its own trace on top of what came from the gate.
      assert.match(text, /^Received: from .*\n(?:\s.*\n)*Authentication-Results: gate\.example\.com; spf=pass/m);
      assert.match(text, /^X-Mailhunt-Policy: Deliver;[\s\S]*^Received: from mail\.bank\.example \(/m);
      assert.match(await postfix.log(), /orig_client=unknown\[192\.0\.2\.13\]/);
    });
  });

  test('as a milter of Postfix', options, async () => {
    const milterPort = await freePort();
    const setup = exchanged(docBlock('gateway-postfix.md', 'hostname: mx.example.com'), { '8892': `${milterPort}` });
    const lines = exchanged(docBlock('gateway-postfix.md', 'smtpd_milters'), { '8892': `${milterPort}` });
    const main = Object.fromEntries(
      lines
        .trim()
        .split('\n')
        .map((line) => line.split(/ = (.*)/).slice(0, 2)),
    );
    await withBoth(setup, { servers: [{}], main: { ...beside, ...main } }, async ({ postfix, gate }) => {
      const port = postfix.ports[0]!;
      assert.match(await handOver(port, forged, { patience: PATIENCE }), /^550 5\.7\.26 /);
      const text = queued(postfix, await handOver(port, honest, { patience: PATIENCE }));
      assert.match(text, /^Authentication-Results: mx\.example\.com; spf=pass/);
      assert.match(text, /^X-Mailhunt-Policy: Deliver;[\s\S]*^Received: from mail\.bank\.example \(/m);
      // `milter_default_action = tempfail`: while the gate is away nothing slips by.
      await gate[Symbol.asyncDispose]();
      assert.match(await handOver(port, forged, { patience: PATIENCE }).catch(String), /451 4\.7\.1/);
    });
  });
});
