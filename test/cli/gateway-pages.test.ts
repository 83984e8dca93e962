/**
 * `mailhunt gateway` with the files of the pages for Exchange Online, Google Workspace and alone, before a server on loopback that
 * behaves as the service documents. Only names of hosts, ports and the authority of the made-up certificate are others.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseZone, zoneResolver } from '../../src/mail/index.ts';
import { defaultPolicyText } from '../../src/policy/index.ts';
import { docBlock, docPage, exchanged } from '../gateway/doc-page.ts';
import { labDns } from '../gateway/lab-dns.ts';
import { selfSigned } from '../gateway/proxy/certificates.ts';
import { Client } from '../gateway/proxy/client.ts';
import { type Sink, startSink } from '../gateway/proxy/sink.ts';
import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { ran } from './world.ts';

/** A page, and what it says of the server behind the gate. */
interface Service {
  readonly page: string;
  readonly gate: string;
  /** The next hop's name on the page, and what its certificate is of. */
  readonly hop: string;
  readonly certified: string;
  readonly domain: string;
  /** What it offers, and what the gate then offers. */
  readonly features: readonly string[];
  readonly offered: RegExp;
  readonly notOffered: RegExp;
  /** Its words when it is busy at the end of a message, and what the client hears. */
  readonly busy: string;
  readonly toldBusy?: string;
  /** Its words about recipients that do not exist, and that have too much. */
  readonly unknown: string;
  readonly full: string;
}

const services: readonly Service[] = [
  {
    page: 'gateway-exchange-online.md',
    gate: 'mx.contoso.com',
    hop: 'contoso-com.mail.protection.outlook.com',
    certified: '*.mail.protection.outlook.com',
    domain: 'contoso.com',
    features: ['SIZE 157286400', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES', '8BITMIME', 'CHUNKING', 'SMTPUTF8'],
    offered: /SIZE 5\d{7}\b.*8BITMIME.*SMTPUTF8/,
    notOffered: /CHUNKING|BINARYMIME/,
    busy: '451 4.7.500 Server busy. Please try again later from [192.0.2.25]. (AS77712)',
    unknown: '550 5.4.1 Recipient address rejected: Access denied.',
    full: '432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded',
  },
  {
    page: 'gateway-google-workspace.md',
    gate: 'mx.example.com',
    hop: 'smtp.google.com',
    certified: 'smtp.google.com',
    domain: 'example.com',
    features: ['SIZE 157286400', '8BITMIME', 'ENHANCEDSTATUSCODES', 'PIPELINING', 'CHUNKING', 'SMTPUTF8'],
    offered: /SIZE 5\d{7}\b.*8BITMIME.*SMTPUTF8/,
    notOffered: /CHUNKING|DSN/,
    busy: '421 4.7.28 Gmail has detected an unusual rate of mail. - gsmtp',
    toldBusy: '451 4.7.28 Gmail has detected an unusual rate of mail. - gsmtp',
    unknown: '550 5.1.1 The email account that you tried to reach does not exist. - gsmtp',
    full: '450 4.2.1 The user you are trying to contact is receiving mail too quickly. - gsmtp',
  },
  {
    page: 'gateway-alone.md',
    gate: 'mx.example.com',
    hop: 'mail.example.com',
    certified: 'mail.example.com',
    domain: 'example.com',
    features: ['PIPELINING', 'SIZE 10240000', '8BITMIME', 'DSN'],
    offered: /SIZE 10240000\b.*8BITMIME/,
    notOffered: /SMTPUTF8/,
    busy: '452 4.3.1 Insufficient system storage',
    unknown: '550 5.1.1 User unknown in local recipient table',
    full: '450 4.2.0 Greylisted',
  },
];

const NOW = '2026-07-18T12:00:00Z';
const SLOW = 30_000;
/** Loopback has more than one address: SPF names the first. */
const [HONEST, FORGER] = ['127.0.0.1', '127.0.0.2'];
const BOTTOM = 'Gr\u00fc\u00dfe\r\n..a line that begins with a dot\r\n';

/** Who answers on loopback as the service would, until it is told to answer otherwise. */
interface Rig extends Service {
  readonly folder: string;
  readonly running: GatewayProcess;
  readonly sink: Sink;
  readonly authority: string;
  readonly answers: Record<string, string>;
  /** What it shows from the next handshake on; and a certificate of the same authority, for another name. */
  readonly tls: { key: string; cert: string };
  readonly wrong: { readonly key: string; readonly cert: string };
}

/** A client of some address that has begun TLS, with the certificate that the page speaks of; and what it is offered. */
async function secured({ running, gate, authority }: Rig, from: string): Promise<{ client: Client; offered: string }> {
  const client = await Client.to(running.port, from);
  await client.answer(SLOW);
  for (const line of ['EHLO mta.example', 'STARTTLS']) assert.match(await said(client, line), /^2/);
  await client.secure({ ca: authority, servername: gate, rejectUnauthorized: true });
  return { client, offered: await said(client, 'EHLO mta.example') };
}

function said(client: Client, line: string): Promise<string> {
  client.send(`${line}\r\n`);
  return client.answer(SLOW);
}

const letter = (domain: string, subject: string): string =>
  `From: jane@bank.example\r\nTo: anna@${domain}\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${BOTTOM}`;

/** The answer to a message, or to the first command that is not accepted. */
async function told(
  rig: Rig,
  subject: string,
  { from = HONEST, to = 'anna', author = 'bank.example' } = {},
): Promise<string> {
  const { client } = await secured(rig, from);
  try {
    for (const line of [`MAIL FROM:<jane@${author}> BODY=8BITMIME`, `RCPT TO:<${to}@${rig.domain}>`, 'DATA']) {
      const answer = await said(client, line);
      if (!/^[23]/.test(answer)) return answer;
    }
    return await said(client, `${letter(rig.domain, subject).replace('bank.example', author)}.`);
  } finally {
    client.close();
  }
}

async function withService(service: Service, run: (rig: Rig) => Promise<void>): Promise<string> {
  const { page, gate, hop, certified, domain } = service;
  const folder = mkdtempSync(join(tmpdir(), 'gateway-pages-'));
  const [own, behind, wrong] = [
    await selfSigned(gate),
    await selfSigned(certified),
    await selfSigned(`not.${certified.replace('*', 'a.star')}`),
  ];
  const tls = { key: behind.key, cert: behind.cert };
  const answers: Record<string, string> = {
    [`RCPT TO:<nobody@${domain}`]: service.unknown,
    [`RCPT TO:<busy@${domain}`]: service.full,
  };
  const zone = parseZone(
    `bank.example. 60 IN TXT "v=spf1 ip4:${HONEST} -all"
_dmarc.bank.example. 60 IN TXT "v=DMARC1; p=reject"
shop.example. 60 IN TXT "v=spf1 -all"
_dmarc.shop.example. 60 IN TXT "v=DMARC1; p=quarantine"
${domain}. 60 IN TXT "v=spf1 -all"
_dmarc.${domain}. 60 IN TXT "v=DMARC1; p=reject"
`,
    'test',
  );
  await using dns = await labDns(() => zoneResolver(zone));
  const sink = await startSink({ tls, features: service.features, answers });
  try {
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    const setup = exchanged(docBlock(page, `hostname: ${gate}`), {
      '0.0.0.0:25': '127.0.0.1:0',
      '127.0.0.1:9182': '127.0.0.1:0',
      [`"${hop}:25"`]: `"127.0.0.1:${sink.port}", name: ${hop}`,
    });
    write(
      'gateway.yaml',
      setup.includes('tls_authorities: ca.pem')
        ? setup
        : exchanged(setup, { 'tls: required': 'tls: required, tls_authorities: ca.pem' }),
    );
    write('mailhunt.yaml', `${docBlock(page, 'accepted_domains:')}dns_servers: ["${dns.address}"]\n`);
    write('policy.yaml', policyOf(page));
    for (const [name, text] of [
      ['mx.pem', own.cert],
      ['mx.key', own.key],
      ['ca.pem', `${behind.cert.trim()}\n${wrong.cert}`],
    ] as const)
      write(name, text);
    await using running = await startGateway(folder, NOW);
    await run({ ...service, folder, running, sink, authority: own.cert, answers, tls, wrong });
  } finally {
    await sink.close();
  }
  const query =
    'EmailEvents | project Subject, DeliveryAction, Answer = tostring(parse_json(AdditionalFields).Gate.Answer) | sort by Subject asc';
  const { out } = await ran(['query', '--store', join(folder, 'store'), '-e', query, '--format', 'csv']);
  rmSync(folder, { recursive: true });
  return out;
}

/** The default policy, in Audit; with the mark in place of the quarantine where the page shows one. */
function policyOf(page: string): string {
  const policy = defaultPolicyText(Date.parse(NOW));
  const marks = /^ {4}do: \[.*SetHeader.*$/m.exec(docPage(page))?.[0];
  return marks === undefined ? policy : exchanged(policy, { '    do: [Quarantine]': marks });
}

/** Enforce by one word, as the pages say. */
async function enforce({ folder, page, running }: Rig): Promise<void> {
  writeFileSync(join(folder, 'policy.yaml'), exchanged(policyOf(page), { 'mode: Audit': 'mode: Enforce' }));
  await running.until(/The policy is now “.*”, Enforce/);
}

/** What the page's own lines of swaks hear at last from the gate; nothing where there is no swaks. */
async function swaksHeard({ page, gate, running }: Rig): Promise<readonly string[]> {
  const heard: string[] = [];
  for (const [, line] of docPage(page).matchAll(/^ {3}swaks (.*)$/gm)) {
    const words = exchanged(line!, { [`--server ${gate} `]: `--server 127.0.0.1:${running.port} ` }).split(' ');
    // The made-up certificate is nobody's whom swaks knows.
    const output = await swaks(words.filter((word) => word !== '--tls-verify'));
    if (output === undefined) return [];
    const answers = [...output.matchAll(/^<[-~*]{1,2} +(\d{3} .*)$/gm)].map(([, answer]) => answer!);
    heard.push(answers.filter((answer) => !answer.startsWith('221')).at(-1) ?? output);
  }
  return heard;
}

/** Its conversation, or undefined where it is not there. It ends with another code than 0 where the server says no. */
const swaks = (words: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile('swaks', [...words, '--helo', 'mta.example'], { timeout: SLOW }, (error, stdout) =>
      resolve(error?.code === 'ENOENT' ? undefined : stdout),
    );
  });

/** The next message needs a new connection, and so a handshake. */
function cut({ sink }: Rig): void {
  for (const socket of sink.open) socket.destroy();
}

for (const service of services)
  test(`as ${service.page} says`, { timeout: 120_000 }, async () => {
    const { domain, gate } = service;
    const rows = await withService(service, async (rig) => {
      const { sink, answers, tls } = rig;
      const { client, offered } = await secured(rig, HONEST);
      client.close();
      assert.match(offered, service.offered);
      assert.doesNotMatch(offered, service.notOffered);

      // Audit: everything goes on, byte for byte below what the gate puts on top.
      assert.match(await told(rig, 'A1'), /^250 /);
      assert.match(await told(rig, 'A2', { from: FORGER }), /^250 /);
      const [honest = '', forged = ''] = sink.messages;
      // The sink reads octets, and keeps the dots as they were stuffed.
      assert.ok(honest.endsWith(Buffer.from(letter(domain, 'A1')).toString('latin1')), honest);
      assert.ok(honest.startsWith(`Authentication-Results: ${gate}; spf=pass`), honest);
      assert.match(honest, /^X-Mailhunt-Policy: Deliver;/m);
      assert.doesNotMatch(honest, /Reject/);
      assert.match(forged.replaceAll('\r\n ', ' '), /^X-Mailhunt-Policy: Deliver;.*would-be="Reject 550 5\.7\.26"/m);
      assert.ok(sink.commands.some((line) => /^MAIL FROM:<jane@bank\.example>.* BODY=8BITMIME/.test(line)));
      assert.match(await told(rig, 'A3', { author: 'shop.example' }), /^250 /);
      assert.doesNotMatch(sink.messages.at(-1)!, /^X-Gate:/m);
      const audited = await swaksHeard(rig);
      if (audited.length > 0)
        assert.deepEqual(
          audited.map((answer) => answer.slice(0, 3)),
          ['250', '250', '550'],
          `${audited}`,
        );

      await enforce(rig);
      assert.match(await told(rig, 'E1'), /^250 /);
      assert.match(await told(rig, 'E2', { from: FORGER }), /^550 5\.7\.26 /);
      if (/SetHeader/.test(docPage(service.page))) {
        assert.match(await told(rig, 'E3', { author: 'shop.example' }), /^250 /);
        assert.match(sink.messages.at(-1)!, /^X-Gate: dmarc-fail/m);
      }
      const enforced = await swaksHeard(rig);
      if (enforced.length > 0) assert.match(enforced[1]!, /^550 5\.7\.26 /);

      // Its words are the client's.
      assert.equal(await told(rig, 'R1', { to: 'nobody' }), service.unknown);
      assert.equal(await told(rig, 'R2', { to: 'busy' }), service.full);
      answers.DOT = service.busy;
      assert.equal(await told(rig, 'F1'), service.toldBusy ?? service.busy);
      delete answers.DOT;

      // Nothing goes to whoever cannot prove the name of the page, or encrypts nothing.
      const count = sink.messages.length;
      answers.STARTTLS = '454 4.7.0 TLS not available';
      cut(rig);
      assert.match(await told(rig, 'F2'), /^451 4\.7\.5 /);
      delete answers.STARTTLS;
      Object.assign(tls, { key: rig.wrong.key, cert: rig.wrong.cert });
      cut(rig);
      assert.match(await told(rig, 'F3'), /^451 4\.7\.5 /);
      assert.equal(sink.messages.length, count);
    });
    const row = (subject: string): string => rows.split(/\r?\n/).find((line) => line.startsWith(`${subject},`)) ?? '';
    assert.match(row('A1'), /^A1,Delivered,250 /);
    assert.match(row('A2'), /^A2,Delivered,250 /);
    assert.match(row('E1'), /^E1,Delivered,250 /);
    assert.match(row('E2'), /^E2,Blocked,550 5\.7\.26/);
    assert.match(row('F1'), /^F1,Blocked,45\d 4\.[37]\./);
    assert.equal(row('R1'), '');
  });
