import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parseZone, zoneResolver } from '../../src/mail/index.ts';
import { labDns } from '../gateway/lab-dns.ts';
import { selfSigned } from '../gateway/proxy/certificates.ts';
import { startSink } from '../gateway/proxy/sink.ts';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-check-'));
after(() => rmSync(folder, { recursive: true }));

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [sealing, other] = [pair(), pair()];
const publicText = sealing.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const pem = (key: ReturnType<typeof pair>['privateKey']): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** What `--check` says of a setup; the name server knows the key of the seal. */
async function checked(
  setup: (hop: number) => string,
  { domains = 'contoso.com', server }: { readonly domains?: string; readonly server?: string } = {},
) {
  const zone = parseZone(
    `gate._domainkey.contoso.com. 60 IN TXT "v=DKIM1; k=rsa; p=${publicText.slice(0, 200)}" "${publicText.slice(200)}"\n`,
    'test',
  );
  await using dns = await labDns(() => zoneResolver(zone));
  const sink = await startSink();
  try {
    const file = join(folder, 'gateway.yaml');
    writeFileSync(file, setup(sink.port));
    writeFileSync(
      join(folder, 'mailhunt.yaml'),
      `dns_servers: ["${server ?? dns.address}"]\naccepted_domains: [${domains}]\n`,
    );
    const args = [
      'gateway',
      file,
      '--check',
      '--store',
      join(folder, 'store'),
      '--config',
      join(folder, 'mailhunt.yaml'),
    ];
    const { code, out, err } = await ran(args);
    const lines = out.split('\n').map((line) => line.replace(/ +/g, ' '));
    return { code, err, lines, found: (about: string) => lines.filter((line) => line.split(' ')[1] === about) };
  } finally {
    await sink.close();
  }
}

const certificate = await selfSigned('mx.contoso.com');
writeFileSync(join(folder, 'seal.pem'), pem(sealing.privateKey));
writeFileSync(join(folder, 'other.pem'), pem(other.privateKey));
const smtp = (hop: number, more = '') =>
  `smtp:\n  listen: 127.0.0.1:0\n  next_hop: { address: "127.0.0.1:${hop}", tls: none${more} }\n`;

describe('mailhunt gateway --check', () => {
  it('says of each part that it is well', async () => {
    const { cert, key } = certificate.paths;
    const { code, lines, found } = await checked(
      (hop) =>
        `hostname: mx.contoso.com\nseal: { domain: contoso.com, selector: gate, key: seal.pem }\n${smtp(hop)}  certificate: { cert: "${cert}", key: "${key}" }\n`,
    );
    assert.equal(code, 0, lines.join('\n'));
    for (const about of ['policy', 'accepted_domains', 'folder', 'dns_servers', 'seal', 'smtp.next_hop'])
      assert.match(found(about)[0]!, /^ok /, about);
    assert.match(found('quarantine')[0]!, /^ok quarantine at most 4 GB, 100000 messages$/);
    assert.match(found('smtp.certificate')[0]!, /is valid until/);
    assert.match(found('smtp.next_hop')[0]!, /answers: SIZE 10000000, 8BITMIME, SMTPUTF8$/);
  });

  it('says what is wrong with each part, where, and ends with 1', async () => {
    writeFileSync(join(folder, 'policy.yaml'), 'name: x\nmode: Perhaps\n');
    const { cert } = certificate.paths;
    const { code, found } = await checked(
      () =>
        `hostname: mx.fabrikam.com\npolicy: policy.yaml\nseal: { domain: contoso.com, selector: gate, key: other.pem }\n${smtp(1)}  certificate: { cert: "${cert}", key: other.pem }\n`,
      { domains: '' },
    );
    assert.equal(code, 1);
    assert.match(found('policy')[0]!, /^error .*policy\.yaml, line 2, column 7/);
    assert.match(found('accepted_domains')[0]!, /^error .*454/);
    assert.match(found('seal')[0]!, /^error .*DNS has another key$/);
    assert.match(found('smtp.certificate')[0]!, /^error .*cannot be used/);
    assert.match(found('smtp.next_hop')[0]!, /^error .*ECONNREFUSED/);
  });

  it('of keys that are not in DNS, authorities that are none, certificates of others', async () => {
    const { cert, key } = certificate.paths;
    const { code, found } = await checked(
      (hop) =>
        `hostname: mx.fabrikam.com\nseal: { domain: contoso.com, selector: none, key: seal.pem }\n${smtp(hop, ', tls_authorities: seal.pem')}  certificate: { cert: "${cert}", key: "${key}" }\n`,
    );
    assert.equal(code, 1);
    assert.match(found('seal')[0]!, /^error .*there is no key in DNS$/);
    assert.match(found('smtp.next_hop')[0]!, /^error .*seal\.pem cannot be used/);
    assert.ok(found('smtp.certificate').some((line) => /^warning .* is not of mx\.fabrikam\.com$/.test(line)));
  });

  it('where DNS is dead it says so; a milter needs no domains, certificate or next hop', async () => {
    const { code, found } = await checked(() => 'hostname: mx.contoso.com\nmilter: inet:8892@127.0.0.1\n', {
      domains: '',
      server: '127.0.0.1:1',
    });
    assert.equal(code, 1);
    assert.match(found('dns_servers')[0]!, /^error .*127\.0\.0\.1:1: DNS does not answer$/);
    assert.match(found('accepted_domains')[0]!, /^warning /);
    assert.deepEqual([...found('smtp.certificate'), ...found('smtp.next_hop')], []);
  });

  it('asks where released messages go, where that is not the next hop', async () => {
    const to = (port: number) =>
      `hostname: mx.contoso.com\nmilter: inet:8892@127.0.0.1\nrelease: { address: "127.0.0.1:${port}", tls: none }\n`;
    const there = await checked(to);
    assert.match(there.found('release')[0]!, /^ok .* answers: SIZE 10000000/);
    assert.equal(there.code, 0);
    const away = await checked(() => to(1));
    assert.match(away.found('release')[0]!, /^error .*ECONNREFUSED/);
    assert.equal(away.code, 1);
    const { found } = await checked((hop) => `hostname: mx.contoso.com\n${smtp(hop)}`);
    assert.deepEqual(found('release'), []);
  });

  it('a mistake of form has its place, and ends with 2', async () => {
    const { code, err } = await checked(
      (hop) => `hostname: mx.contoso.com\n${smtp(hop)}  timeouts: { command: soon }\n`,
    );
    assert.equal(code, 2);
    assert.match(err, /GATE0001: .*line 5, column 24: smtp\.timeouts\.command: is a time such as 250ms, 30s, 5m or 2h/);
  });

  it('--schema prints one', async () => {
    const { code, out } = await ran(['gateway', '--schema']);
    assert.equal(code, 0);
    assert.equal(JSON.parse(out).properties.smtp.properties.limits.properties.message.type, 'string');
  });
});
