import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { textZone } from '../../gateway/gate-rig.ts';
import { labDns } from '../../gateway/lab-dns.ts';
import { Client } from '../../gateway/proxy/client.ts';
import { startSink } from '../../gateway/proxy/sink.ts';
import { inFolder } from '../../store/rig.ts';
import { ran } from '../world.ts';

const start = fileURLToPath(new URL('../../../src/cli/start.ts', import.meta.url));
/** Milliseconds: the first message waits for threads and parser. */
const PATIENCE = 60_000;

async function portOf(child: ChildProcess): Promise<number> {
  let said = '';
  for await (const part of child.stdout!) {
    said += part;
    const port = /SMTP at 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(said);
}

async function sent(port: number, lines: readonly string[]): Promise<string> {
  const client = await Client.to(port);
  try {
    let answer = await client.answer(PATIENCE);
    for (const line of lines) {
      client.send(`${line}\r\n`);
      answer = await client.answer(PATIENCE);
      assert.match(answer, /^[23]/, line);
    }
    return answer;
  } finally {
    client.close();
  }
}

test(
  'mailhunt gateway keeps a message, and mailhunt quarantine releases it from another process',
  { timeout: 120_000 },
  () =>
    inFolder(async (folder) => {
      await using dns = await labDns(() => textZone({}));
      const sink = await startSink();
      const store = join(folder, 'store');
      await writeFile(
        join(folder, 'policy.yaml'),
        'name: Test\nmode: Enforce\nrules:\n  - name: Keep\n    do: [Quarantine]\n',
      );
      await writeFile(
        join(folder, 'mailhunt.yaml'),
        `dns_servers: ["${dns.address}"]\naccepted_domains: [contoso.com]\n`,
      );
      await writeFile(
        join(folder, 'gateway.yaml'),
        `hostname: mx.contoso.com
policy: policy.yaml
smtp:
  listen: 127.0.0.1:0
  next_hop: { address: "127.0.0.1:${sink.port}", tls: none, tells: none }
`,
      );
      const child = spawn(
        process.execPath,
        [start, 'gateway', 'gateway.yaml', '--store', store, '--config', 'mailhunt.yaml'],
        { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      try {
        const letter = 'From: x@bank.example\r\nSubject: one\r\n\r\nHi\r\n.';
        const envelope = ['EHLO a.example', 'MAIL FROM:<x@bank.example>', 'RCPT TO:<anna@contoso.com>', 'DATA', letter];
        assert.match(await sent(await portOf(child), envelope), /^250 /);
        assert.equal(sink.messages.length, 0);
        const { out } = await ran(['quarantine', 'list', '--format', 'json', '--store', store]);
        const [{ id, subject }] = JSON.parse(out);
        assert.equal(subject, 'one');
        const released = await ran(['quarantine', 'release', id, '--store', store]);
        assert.deepEqual(
          [released.code, released.out],
          [0, `${id} is released to anna@contoso.com: 250 2.0.0 Ok: queued as 1234\n`],
        );
        assert.match(sink.messages[0]!, /^X-Mailhunt-Policy: Released; policy="Test"; rule="Keep"/m);
      } finally {
        const gone = once(child, 'exit');
        child.kill('SIGINT');
        await gone;
        await sink.close();
      }
      const rows = await ran([
        'query',
        '--store',
        store,
        '-e',
        'EmailEvents | project DeliveryLocation, LatestDeliveryLocation',
        '--format',
        'csv',
      ]);
      assert.equal(rows.out, 'DeliveryLocation,LatestDeliveryLocation\r\nQuarantine,Inbox/folder\r\n');
    }),
);
