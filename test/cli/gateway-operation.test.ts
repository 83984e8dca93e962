import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { parseZone, zoneResolver } from '../../src/mail/index.ts';
import { labDns } from '../gateway/lab-dns.ts';
import { greeting, letter, mtaOf } from '../gateway/milter/mta.ts';
import { selfSigned, writeCertificate } from '../gateway/proxy/certificates.ts';
import { Client } from '../gateway/proxy/client.ts';
import { type Sink, startSink } from '../gateway/proxy/sink.ts';
import { isWithin } from '../in-time.ts';
import { writeGateFolder } from './gateway-folder.ts';
import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { ran } from './world.ts';

const NOW = '2026-07-18T12:00:00Z';
const PATIENCE = { timeout: 300_000 };
const SLOW = 60_000;
const ZONE = `bank.example. 60 IN TXT "v=spf1 ip4:192.0.2.7 -all"
_dmarc.bank.example. 60 IN TXT "v=DMARC1; p=reject"
`;

const root = mkdtempSync(join(tmpdir(), 'gateway-operation-'));
after(() => rmSync(root, { recursive: true }));

/** A gate before a sink, with a name server of its own. */
interface Rig extends AsyncDisposable {
  readonly folder: string;
  readonly gate: GatewayProcess;
  readonly sink: Sink;
}

/** @param dns the name server; one that knows {@link ZONE} where absent */
async function rigOf(
  name: string,
  setup: string,
  {
    dns,
    smtp = '',
    options = [],
  }: { readonly dns?: string; readonly smtp?: string; readonly options?: readonly string[] } = {},
): Promise<Rig> {
  const folder = join(root, name);
  const server = await labDns(() => zoneResolver(parseZone(ZONE, 'test')));
  const sink = await startSink();
  await writeGateFolder(folder, { dns: dns ?? server.address, hop: sink.port, setup, smtp });
  const gate = await startGateway(folder, NOW, options).catch(async (error: unknown) => {
    await Promise.all([sink.close(), server[Symbol.asyncDispose]()]);
    throw error;
  });
  return {
    folder,
    gate,
    sink,
    [Symbol.asyncDispose]: async () => {
      await gate[Symbol.asyncDispose]();
      await sink.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const honest = 'From: jane@bank.example\r\nTo: anna@receiver.example\r\nSubject: Hi\r\n\r\nHello\r\n';

/** Another message: with a clock that stands still, the same one again would be the same delivery. */
const titled = (subject: string): string => honest.replace('Hi', subject);

/** The answer to a line, of a process that has only begun. */
function said(client: Client, line: string): Promise<string> {
  client.send(`${line}\r\n`);
  return client.answer(SLOW);
}

/** A client of some address that has said all up to DATA. */
async function begun(port: number, ip = '192.0.2.7', mailFrom = 'bounce@bank.example'): Promise<Client> {
  const client = await Client.to(port);
  await client.answer(SLOW);
  for (const line of [
    'EHLO mta.example',
    `XCLIENT ADDR=${ip} NAME=[UNAVAILABLE]`,
    'EHLO mail.bank.example',
    `MAIL FROM:<${mailFrom}>`,
    'RCPT TO:<anna@receiver.example>',
    'DATA',
  ])
    assert.match(await said(client, line), /^[23]/, line);
  return client;
}

/** The answer to a message. */
async function told(port: number, text: string, ip?: string): Promise<string> {
  const client = await begun(port, ip);
  client.send(`${text}.\r\n`);
  const answer = await client.answer(SLOW);
  client.close();
  return answer;
}

/** The rows of a store, as CSV. */
const rowsOf = async ({ folder }: Rig, query: string): Promise<string> =>
  (await ran(['query', '--store', join(folder, 'store'), '-e', query, '--format', 'csv'])).out;

describe('a gate in operation', PATIENCE, () => {
  it('says a line of JSON and counts for each message; what goes in a circle or holds a bare LF is refused and told to hunters', async () => {
    const rig = await rigOf('log', 'metrics: 127.0.0.1:0\nloops: { passes: 2 }', { options: ['--log', 'json'] });
    let metrics = '';
    {
      await using here = rig;
      const { port } = here.gate;
      const hop = (n: number) =>
        `Received: from a.example by b.example with ESMTP id ${n}; Sat, 18 Jul 2026 11:00:00 +0000\r\n`;
      const own = `Received: from a.example (unknown [192.0.2.9])\r\n by MX.receiver.example with ESMTP id mh-abc\r\n (envelope-from <a@b.example>); Sat, 18 Jul 2026 11:00:00 +0000\r\n`;
      assert.match(await told(port, honest), /^250 /);
      assert.match(await told(port, honest, '203.0.113.9'), /^550 5\.7\.26 /);
      assert.match(await told(port, `${honest}a\nb\r\n`), /^550 5\.6\.11 /);
      assert.match(await told(port, Array.from({ length: 100 }, (_, n) => hop(n)).join('') + honest), /^250 /);
      assert.match(
        await told(port, Array.from({ length: 101 }, (_, n) => hop(n)).join('') + titled('Far')),
        /^554 5\.4\.6 /,
      );
      assert.match(await told(port, own.repeat(2) + honest), /^250 /);
      assert.match(await told(port, own.repeat(3) + titled('Round')), /^554 5\.4\.6 /);
      const [, at] = await here.gate.until(/metrics at (127\.0\.0\.1:\d+)/);
      metrics = await (await fetch(`http://${at}/metrics`)).text();
    }
    const lines = rig.gate
      .said()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    const messages = lines.filter(({ event }) => event === 'message');
    assert.deepEqual(
      messages.map(({ client, from, to, action, answer, level }) => [
        client,
        from,
        to,
        action,
        answer.slice(0, 10).trim(),
        level,
      ]),
      [
        ['192.0.2.7', 'bounce@bank.example', 1, 'Deliver', '250 2.0.0', 'info'],
        ['203.0.113.9', 'bounce@bank.example', 1, 'Reject', '550 5.7.26', 'info'],
        ['192.0.2.7', 'bounce@bank.example', 1, 'Reject', '550 5.6.11', 'warning'],
        ['192.0.2.7', 'bounce@bank.example', 1, 'Deliver', '250 2.0.0', 'info'],
        ['192.0.2.7', 'bounce@bank.example', 1, 'Reject', '554 5.4.6', 'info'],
        ['192.0.2.7', 'bounce@bank.example', 1, 'Deliver', '250 2.0.0', 'info'],
        ['192.0.2.7', 'bounce@bank.example', 1, 'Reject', '554 5.4.6', 'info'],
      ],
    );
    const [, forged, bare] = messages;
    assert.match(forged.queue_id, /^mh-[\w-]{12}$/);
    assert.match(forged.id, /^[0-9a-f-]{36}$/);
    assert.match(forged.verdict, /spf=fail .*dmarc=fail/);
    assert.equal(forged.rule, 'Refuse what its owner wants refused');
    assert.equal(typeof forged.ms, 'number');
    assert.equal(bare.verdict, undefined);
    assert.match(rig.sink.messages[0]!, new RegExp(`id ${messages[0].queue_id}`));
    for (const line of [
      'mailhunt_gate_messages_total{answer="250",action="Deliver"} 3',
      'mailhunt_gate_messages_total{answer="550",action="Reject"} 2',
      'mailhunt_gate_messages_total{answer="554",action="Reject"} 2',
      'mailhunt_gate_ruling_duration_seconds_count 6',
      'mailhunt_gate_unjudged_total 1',
      'mailhunt_gate_refusals_total{stage="data",code="550"} 1',
      'mailhunt_gate_dns_questions_total{outcome="failed"} 0',
      'mailhunt_gate_store_away 0',
      'mailhunt_gate_quarantine_messages 0',
      'mailhunt_gate_quarantine_bytes 0',
      'mailhunt_gate_quarantine_full 0',
      'mailhunt_gate_enforcing 1',
    ])
      assert.ok(metrics.split('\n').includes(line), `${line}\n${metrics}`);
    const rows = await rowsOf(
      rig,
      'EmailEvents | project DeliveryAction, SenderFromAddress, SenderIPv4, Answer = tostring(parse_json(AdditionalFields).Gate.Answer), NetworkMessageId | sort by Answer asc',
    );
    assert.match(rows, new RegExp(`Blocked,jane@bank.example,192.0.2.7,550 5.6.11,${bare.id}`));
    assert.equal(rows.match(/554 5\.4\.6/g)?.length, 2, rows);
  });

  it('reads policy and certificate anew on SIGHUP, at once, and goes on', async () => {
    const [first, second] = [await selfSigned('mx.receiver.example'), await selfSigned('mx.receiver.example')];
    const paths = `  certificate: { cert: "${first.paths.cert}", key: "${first.paths.key}" }\n`;
    await using rig = await rigOf('reload', '', { smtp: paths });
    const shown = async (): Promise<string> => {
      const client = await Client.to(rig.gate.port);
      await client.answer(SLOW);
      for (const line of ['EHLO mta.example', 'STARTTLS']) await said(client, line);
      await client.secure();
      const { raw } = (client.socket as TLSSocket).getPeerCertificate();
      client.close();
      return `-----BEGIN CERTIFICATE-----\n${raw
        .toString('base64')
        .match(/.{1,64}/g)!
        .join('\n')}\n-----END CERTIFICATE-----`;
    };
    const plain = (pem: string): string => pem.trim().replaceAll('\r', '');
    await sleep(1_100);
    assert.equal(await shown(), plain(first.cert));
    await writeCertificate(first.paths, second);
    assert.equal(await shown(), plain(first.cert), 'files are looked at once a second');
    rig.gate.signal('SIGHUP');
    await rig.gate.until(/The policy is now “.*”, Enforce\./);
    assert.equal(await shown(), plain(second.cert));
    writeFileSync(join(rig.folder, 'policy.yaml'), 'name: x\nmode: Perhaps\n');
    rig.gate.signal('SIGHUP');
    await rig.gate.until(/The policy stays as it was: .*line 2/);
    assert.match(await told(rig.gate.port, honest, '203.0.113.9'), /^550 5\.7\.26 /);
  });

  it('on SIGTERM lets a message on its way come to its end, puts others off, and ends with 0', async () => {
    await using rig = await rigOf('stop', '');
    const busy = await begun(rig.gate.port);
    const idle = await Client.to(rig.gate.port);
    await idle.answer(SLOW);
    await said(idle, 'EHLO mta.example');
    rig.gate.signal('SIGTERM');
    assert.match(await idle.answer(SLOW), /^421 4\.3\.2/);
    assert.match(await said(busy, `${honest}.`), /^250 /);
    assert.match(await busy.answer(SLOW), /^421 4\.3\.2/);
    assert.equal(await rig.gate.ended, 0);
    assert.equal(rig.sink.messages.length, 1);
    assert.match(await rowsOf(rig, 'EmailEvents | project DeliveryAction'), /Delivered/);
  });

  it('ends at once on a second signal', async () => {
    await using rig = await rigOf('twice', 'grace: 1m');
    const busy = await begun(rig.gate.port);
    rig.gate.signal('SIGTERM');
    await rig.gate.until(/Stopping/);
    await sleep(1_200);
    const began = performance.now();
    rig.gate.signal('SIGTERM');
    assert.equal(await rig.gate.ended, 130);
    const took = performance.now() - began;
    assert.ok(isWithin(took, 30_000));
    busy.close();
  });
});

/** The milter's last word to a letter. */
async function milterWord(gate: GatewayProcess): Promise<string> {
  const [, port] = await gate.until(/milter at inet:127\.0\.0\.1:(\d+)/);
  await using mta = await mtaOf({ kind: 'inet', host: '127.0.0.1', port: Number(port) });
  mta.send(...greeting(), ...letter('<anna@receiver.example>'));
  for (;;) {
    const [said = ''] = await mta.hear(1);
    if (/^[ady]|^$/.test(said)) return said;
  }
}

describe('a gate in trouble, by its setting, at both fronts', PATIENCE, () => {
  const both = 'milter: inet:0@127.0.0.1\ndns_time: 2s\nruling_time: 10s\n';
  // Nobody answers at the port of tcpmux.
  const dead = '127.0.0.1:1';

  it('closed, DNS dead: the client is asked to come again', async () => {
    await using rig = await rigOf('dns-closed', `${both}on_trouble: closed`, { dns: dead });
    assert.match(await told(rig.gate.port, honest), /^451 4\.[37]\.\d/);
    assert.match(await milterWord(rig.gate), /^y451 4\.[37]\.\d/);
    assert.equal(rig.sink.messages.length, 0);
  });

  it('open, DNS dead: mail goes on, marked, and without forged stamps', async () => {
    await using rig = await rigOf('dns-open', `${both}on_trouble: open`, { dns: dead });
    const forged = `Authentication-Results: mx.receiver.example; dmarc=pass\r\n${honest}`;
    assert.match(await told(rig.gate.port, forged), /^250 /);
    assert.match(rig.sink.messages[0]!, /^X-Mailhunt-Policy: Undecided; because="DNS does not answer"/m);
    assert.match(rig.sink.messages[0]!, /^Authentication-Results: mx\.receiver\.example; none/m);
    assert.doesNotMatch(rig.sink.messages[0]!, /dmarc=pass/);
    assert.match(await milterWord(rig.gate), /^a/);
    await rig.gate.until(/DNS does not answer/);
  });

  for (const [setting, smtp, milter] of [
    ['closed', /^451 4\.3\.0/, /^y451 4\.3\.0/],
    ['open', /^250 /, /^a/],
  ] as const)
    it(`${setting}, the store away: mail goes on until the journal is full; then it ${setting === 'open' ? 'still does' : 'comes again'}`, async () => {
      const name = `store-${setting}`;
      mkdirSync(join(root, name), { recursive: true });
      // What is no folder can hold no store.
      writeFileSync(join(root, name, 'store'), '');
      const setup = `${both}on_trouble: ${setting}\nkeep_messages: true\njournal_limit: 1 MB\nfolder: gate`;
      await using rig = await rigOf(name, setup);
      const large = `${honest}${`${'x'.repeat(70)}\r\n`.repeat(5_000)}`;
      for (let n = 0; n < 3; n++) assert.match(await told(rig.gate.port, large), /^250 /);
      assert.match(await told(rig.gate.port, honest), smtp);
      assert.match(await milterWord(rig.gate), milter);
    });
});
