import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { caseNamed } from '../../src/lab/index.ts';
import { labDns } from '../gateway/lab-dns.ts';
import { type LabLetter, labLetters } from '../gateway/lab-letters.ts';
import { handOver } from '../gateway/lab-smtp.ts';
import { startSink } from '../gateway/proxy/sink.ts';
import { writeGateFolder } from './gateway-folder.ts';
import { startGateway } from './gateway-process.ts';
import { ran } from './world.ts';

/** Milliseconds: the first message waits for threads, parser and store. */
const PATIENCE = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'cli-gateway-'));
after(() => rmSync(folder, { recursive: true }));

describe('mailhunt gateway', () => {
  it('refuses a forgery in the SMTP conversation, hands honest mail on with its stamp, and tells the store', {
    timeout: 120_000,
  }, async () => {
    const names = ['exact-domain-p-reject', 'exact-domain-spoof-reject'];
    const all = await Promise.all(names.map(async (name) => labLetters(await caseNamed(name))));
    const [honest, forged] = all.map((letters) => letters.at(-1)!) as [LabLetter, LabLetter];
    await using dns = await labDns(() => honest.zone);
    const sink = await startSink();
    const store = join(folder, 'store');
    await writeGateFolder(folder, { dns: dns.address, hop: sink.port });
    {
      await using gate = await startGateway(folder, '2026-07-18T12:00:00Z');
      assert.match(await handOver(gate.port, forged, { patience: PATIENCE }), /^550 5\.7\.26 /);
      assert.match(await handOver(gate.port, honest, { patience: PATIENCE }), /^250 /);
    }
    await sink.close();
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
