import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { caseNamed, type ReceivedLetter, receive, zoneFile } from '../../src/lab/index.ts';
import { parseZone, zoneResolver } from '../../src/mail/index.ts';
import { labDns } from '../gateway/lab-dns.ts';
import { Client } from '../gateway/proxy/client.ts';
import { startSink } from '../gateway/proxy/sink.ts';
import { ran } from './world.ts';

/** Milliseconds: the first message waits for threads, parser and store. */
const PATIENCE = 60_000;
const NOW = Date.parse('2026-07-18T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'cli-gateway-'));
after(() => rmSync(folder, { recursive: true }));

const start = fileURLToPath(new URL('../../src/cli/start.ts', import.meta.url));

/** The last letter of a case, without what its receiver wrote on top, and what DNS holds. */
async function letterOf(name: string) {
  const { letters, records, failing } = await receive(await caseNamed(name), { seed: 1, now: NOW });
  const letter = letters.at(-1)!;
  const text = letter.bytes.toString('latin1');
  const sent = text.replace(/^Return-Path: .*\r\nReceived: .*\r\n(?:[ \t].*\r\n)*/, '');
  return { letter, sent, zone: zoneResolver(parseZone(zoneFile(records, failing), name)) };
}

/** Sends a letter as its sender does, told who that is by XCLIENT; the answer to it. */
async function sent(port: number, { transaction }: ReceivedLetter, text: string): Promise<string> {
  const client = await Client.to(port);
  const say = (line: string) => {
    client.send(`${line}\r\n`);
    return client.answer(PATIENCE);
  };
  try {
    await client.answer(PATIENCE);
    const { ip, helo, mailFrom, recipients } = transaction;
    await say('EHLO mta.example');
    for (const line of [
      `XCLIENT ADDR=${ip} NAME=[UNAVAILABLE]`,
      `EHLO ${helo}`,
      `MAIL FROM:<${mailFrom}>`,
      ...recipients.map((recipient) => `RCPT TO:<${recipient}>`),
      'DATA',
    ]) {
      const answer = await say(line);
      assert.match(answer, /^[23]/, line);
    }
    return await say(`${text.replace(/\r\n\./g, '\r\n..')}\r\n.`);
  } finally {
    client.close();
  }
}

async function portSaid(child: ChildProcess): Promise<number> {
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part) => (said += part));
  for (;;) {
    const port = /SMTP at 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port !== undefined) return Number(port);
    if (child.exitCode !== null) throw new Error(said);
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
  }
}

describe('mailhunt gateway', () => {
  it('refuses a forgery in the SMTP conversation, hands honest mail on with its stamp, and tells the store', {
    timeout: 120_000,
  }, async () => {
    const [honest, forged] = await Promise.all([
      letterOf('exact-domain-p-reject'),
      letterOf('exact-domain-spoof-reject'),
    ]);
    await using dns = await labDns(() => honest.zone);
    const sink = await startSink();
    const store = join(folder, 'store');
    assert.equal((await ran(['policy', 'init', join(folder, 'policy.yaml')])).code, 0);
    const { out } = await ran(['policy', 'init', '-']);
    writeFileSync(join(folder, 'policy.yaml'), out.replace('mode: Audit', 'mode: Enforce'));
    writeFileSync(
      join(folder, 'mailhunt.yaml'),
      `dns_servers: ["${dns.address}"]\naccepted_domains: [receiver.example]\n`,
    );
    writeFileSync(
      join(folder, 'gateway.yaml'),
      `hostname: mx.receiver.example
policy: policy.yaml
smtp:
  listen: 127.0.0.1:0
  next_hop: { address: "127.0.0.1:${sink.port}", tls: none, tells: none }
  attributes: [127.0.0.0/8]
`,
    );
    const child = spawn(
      process.execPath,
      [
        start,
        'gateway',
        'gateway.yaml',
        '--store',
        store,
        '--config',
        'mailhunt.yaml',
        '--now',
        '2026-07-18T12:00:00Z',
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    try {
      const port = await portSaid(child);
      assert.match(await sent(port, forged.letter, forged.sent), /^550 5\.7\.26 /);
      assert.match(await sent(port, honest.letter, honest.sent), /^250 /);
    } finally {
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      await gone;
      await sink.close();
    }
    assert.equal(sink.messages.length, 1);
    assert.match(sink.messages[0]!, /^Authentication-Results: mx\.receiver\.example; spf=pass/m);
    assert.match(
      sink.messages[0]!,
      /\r\nReceived: from mail\.bank\.example \(unknown \[192\.0\.2\.13\]\)\r\n by mx\.receiver\.example with ESMTP id [\w-]+\r\n/,
    );
    const query =
      'EmailEvents | project DeliveryAction, Dmarc = tostring(parse_json(AuthenticationDetails).DMARC) | order by Dmarc asc';
    const rows = await ran(['query', '--store', store, '-e', query, '--format', 'csv']);
    assert.match(rows.out, /Blocked,fail\r?\n.*pass/);
  });

  it('names what is wrong with its file, and where', async () => {
    writeFileSync(join(folder, 'wrong.yaml'), 'hostname: mx.receiver.example\nsmpt: {}\n');
    const { code, err } = await ran(['gateway', join(folder, 'wrong.yaml')]);
    assert.equal(code, 2);
    assert.match(err, /GATE0001: .*line 2, column 1: there is no field "smpt"; did you mean smtp\?/);
  });
});
