import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { type Rig, rig } from '../rig.ts';

const program = fileURLToPath(new URL('./ask-client.mjs', import.meta.url));

/** Microsoft's client refuses plain http: it asks over TLS, in a process that trusts our certificate. */
describe('Microsoft’s Log Analytics client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'la-client-'));
  const certificate = join(folder, 'cert.pem');
  let here: Rig;
  before(async () => {
    const names = { name: 'subjectAltName', altNames: [{ type: 2 as const, value: 'localhost' }] };
    const pair = await generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      extensions: [{ ...names } as never],
    });
    writeFileSync(certificate, pair.cert);
    here = await rig({ tls: { key: pair.private, cert: pair.cert } });
  });
  after(async () => {
    await here[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  /** What the client says, as JSON. */
  const ask = (...words: readonly string[]): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const endpoint = here.server.address.replace('127.0.0.1', 'localhost');
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate, NODE_NO_WARNINGS: '1' };
      execFile(process.execPath, [program, endpoint, ...words], { env, timeout: 30_000 }, (error, out, err) =>
        error ? reject(new Error(`${error.message}\n${err}`)) : resolve(JSON.parse(out)),
      );
    });

  it('gets typed tables, statistics and the visualization', async () => {
    const answer = await ask(
      'workspace',
      'EmailEvents | project Subject, Timestamp, d=dynamic({"a":1}) | render table',
    );
    assert.equal(answer.status, 'Success');
    const [table] = answer.tables as { columnDescriptors: { name: string; type: string }[]; rows: unknown[][] }[];
    assert.deepEqual(
      table!.columnDescriptors.map(({ name, type }) => `${name} ${type}`),
      ['Subject string', 'Timestamp datetime', 'd dynamic'],
    );
    assert.deepEqual(table!.rows[0], ['a', '1970-01-01T00:00:00.000Z', { a: 1 }]);
    assert.ok(answer.statistics);
    assert.equal((answer.visualization as { visualization: string }).visualization, 'table');
  });

  it('is told what is wrong with a query', async () => {
    const answer = await ask('workspace', 'EmailEvents | where Nope == 1');
    assert.equal(answer.code, 'BadArgumentError');
    assert.match(String(answer.message), /Nope|invalid properties/);
  });

  it('asks in batches', async () => {
    const answer = (await ask('batch', 'EmailEvents | count', 'nope')) as unknown as { status: string }[];
    assert.deepEqual(
      answer.map(({ status }) => status),
      ['Success', 'PartialFailure'],
    );
  });
});
