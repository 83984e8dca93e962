import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Edits, Offered } from '../../../src/gateway/gate.ts';
import { startMilter } from '../../../src/gateway/milter/index.ts';
import { noPostfix, startPostfix } from '../postfix.ts';
import { noSwaks, ran } from '../programs.ts';
import { selfSigned } from '../proxy/certificates.ts';
import { Client } from '../proxy/client.ts';
import { madeUpGate, type Script } from './made-up-gate.ts';
import { type PostfixWithMilter, postfixWithMilter, sendMail } from './postfix-milter.ts';

const skip = noPostfix;

/** With all that Postfix would add to the mail of a client in its own network. */
const fields = (...more: readonly string[]): string =>
  [
    ...more,
    'From: a@example.org',
    'Subject: x',
    'Message-Id: <1@example.org>',
    'Date: Sun, 1 Feb 2026 10:00:00 +0000',
    '',
  ].join('\r\n');
const MESSAGE = `${fields()}\r\nHello\r\n`;

/** One Postfix for all tests that need no setting of their own; each says what the gate is to say. */
let shared: PostfixWithMilter;
let script: (offered: Offered) => Script = () => ({});
let classOf: (address: string) => string = () => '';
before(async () => {
  if (skip !== false) return;
  const gate = madeUpGate(
    (offered) => script(offered),
    (address) => classOf(address),
  );
  shared = await postfixWithMilter({ gate, milter: { limits: { messageBytes: 1_000_000 } } });
});
after(() => shared?.[Symbol.asyncDispose]());
beforeEach(() => {
  script = () => ({});
  classOf = () => '';
  shared?.gate.offered.splice(0);
});

/** What is said to a message by the subject that it has. */
const bySubject =
  (scripts: Readonly<Record<string, Script>>) =>
  ({ bytes }: Offered): Script =>
    scripts[/^Subject: (.*)\r$/m.exec(bytes.toString())?.[1] ?? ''] ?? {};

const about = (subject: string): string => MESSAGE.replace('Subject: x', `Subject: ${subject}`);

test('Postfix tells who its client is, here over a unix socket', { skip }, async () => {
  await using mta = await postfixWithMilter({ over: 'unix', main: { inet_protocols: 'all' } });
  const named = { ip: '192.0.2.7', name: 'mx.example.org', helo: 'me.example.org' };
  const said = [
    await sendMail(await mta.client(named), MESSAGE),
    await sendMail(await mta.client({ ip: '2001:db8::7' }), MESSAGE, { from: '' }),
    await sendMail(await mta.client({ ip: '192.0.2.8', login: 'grete' }), MESSAGE),
    await sendMail(await mta.client(), MESSAGE),
  ];
  assert.ok(
    said.every((one) => /^250 2\.0\.0 Ok: queued as/.test(one)),
    said.join('\n'),
  );
  const helo = 'client.example.org';
  assert.deepEqual(
    mta.gate.offered.map(({ client, mailFrom, protocol }) => ({ ...client, mailFrom, protocol })),
    [
      { ...named, isAuthenticated: false, mailFrom: 'sender@example.org', protocol: 'ESMTP' },
      { ip: '2001:db8::7', helo, name: undefined, isAuthenticated: false, mailFrom: '', protocol: 'ESMTP' },
      {
        ip: '192.0.2.8',
        helo,
        name: undefined,
        isAuthenticated: true,
        mailFrom: 'sender@example.org',
        protocol: 'ESMTPA',
      },
      {
        ip: '127.0.0.1',
        helo,
        name: undefined,
        isAuthenticated: false,
        mailFrom: 'sender@example.org',
        protocol: 'ESMTP',
      },
    ],
  );
  assert.deepEqual(
    mta.facts.map(({ queue_id }) => queue_id),
    said.map((one) => one.split(' ').at(-1)),
  );
});

const long = 'x'.repeat(5_000);
const shapes: readonly (readonly [string, string])[] = [
  [
    'folds, tabs, blanks at the ends of lines',
    `${fields('X-A:  b \r\n\tc \r\n   d', 'X-B:none', 'X-C:')}\r\nbody \r\n\r\n\r\n`,
  ],
  ['what is not ASCII', `${fields('X-A: Grüße \xff')}\r\nGrüße \xff\xfe\r\n`],
  ['long lines', `${fields(`X-A: ${long}\r\n ${long}`)}\r\n${long}${long}\r\n${long}\r\n`],
  ['more than one chunk of body', `${fields()}\r\n${'0123456789abcdef\r\n'.repeat(20_000)}`],
  ['a field many times', `${fields(...Array.from({ length: 500 }, (_, i) => `X-Many: ${i}`))}\r\nx\r\n`],
  ['dots', `${fields()}\r\n.\r\n..\r\n.x\r\n`],
];

test('the bytes are those that the client sent', { skip }, async (t) => {
  const client = await shared.client({ ip: '192.0.2.7' });
  for (const [what, text] of shapes) {
    await t.test(what, async () => {
      const message = Buffer.from(text, 'latin1');
      assert.match(await sendMail(client, message), /^250/);
      assert.deepEqual(shared.gate.offered.at(-1)!.bytes.toString('latin1'), message.toString('latin1'));
    });
  }
});

test('where Postfix itself mends a message, the bytes are those that it will deliver', { skip }, async () => {
  const client = await shared.client({ ip: '192.0.2.7' });
  assert.match(await sendMail(client, fields(), { to: ['mended@example.com'] }), /^250/);
  assert.match(await sendMail(client, `${fields('X-A : a\rb')}\r\na\rb\r\r\n`, { to: ['odd@example.com'] }), /^250/);
  const [none, odd] = shared.gate.offered.map(({ bytes }) => bytes.toString());
  assert.equal(none, `${fields()}\r\n`);
  const [text = ''] = await shared.delivered('odd@example.com');
  assert.ok(text.replaceAll('\n', '\r\n').endsWith(odd!.replace(/^X-A:/, '')), `${odd}\n${text}`);
});

const own = { name: 'Authentication-Results', value: 'mx.example.com;\r\n spf=fail' };
const edits: Partial<Edits> = {
  remove: [
    { name: 'authentication-results', occurrence: 1 },
    { name: 'Authentication-Results', occurrence: 3 },
    { name: 'Received', occurrence: 1 },
    { name: 'Subject', occurrence: 1 },
  ],
  insert: [own, { name: 'X-Mailhunt', value: '100% ok' }, { name: 'Subject', value: '[!] x' }],
  body: Buffer.from('Other\r\n\r\n.dot\r\n'),
};

test('edits are made, and what is put on top stands above the MTA’s own Received', { skip }, async () => {
  script = () => ({ edits });
  const results = (n: number): string => `Authentication-Results: mx${n}.example.com; spf=pass`;
  const message = `${fields(results(1), 'Received: by one', results(2), 'Received: by two', results(3), results(4))}\r\nHello\r\n`;
  assert.match(
    await sendMail(await shared.client({ ip: '192.0.2.7' }), message, { to: ['edits@example.com'] }),
    /^250/,
  );
  const [text] = await shared.delivered('edits@example.com');
  const [header, ...body] = text!.split('\n\n');
  const names = header!.split(/\n(?![ \t])/).map((line) => line.split(':')[0]);
  assert.deepEqual(names, [
    ...['Return-Path', 'X-Original-To', 'Delivered-To'],
    ...['Authentication-Results', 'X-Mailhunt', 'Subject', 'Received'],
    ...['Authentication-Results', 'Received', 'Authentication-Results', 'From', 'Message-Id', 'Date'],
  ]);
  assert.match(
    header!,
    /^Authentication-Results: mx\.example\.com;\n spf=fail\nX-Mailhunt: 100% ok\nSubject: \[!] x\nReceived: from/m,
  );
  assert.match(header!, /\nAuthentication-Results: mx2\..*\nReceived: by two\nAuthentication-Results: mx4\./);
  assert.equal(body.join('\n\n'), 'Other\n\n.dot\n');
});

test('a long body replaces another', { skip }, async () => {
  const body = Buffer.from('0123456789abcdef\r\n'.repeat(20_000));
  script = () => ({ edits: { body } });
  assert.match(await sendMail(await shared.client(), MESSAGE, { to: ['body@example.com'] }), /^250/);
  const [text] = await shared.delivered('body@example.com');
  assert.equal(text!.slice(text!.indexOf('\n\n') + 2), body.toString().replaceAll('\r\n', '\n'));
});

test('the client hears the gate’s own words, and what is refused or dropped is not delivered', { skip }, async () => {
  const scripts: Record<string, Script> = {
    refuse: { reply: { code: 550, enhanced: '5.7.26', text: '100% forged %s' } },
    lines: { reply: { code: 550, enhanced: '5.7.1', text: 'One\nTwo' } },
    defer: { reply: { code: 451, enhanced: '4.7.0', text: 'Later' } },
    drop: { reply: { code: 250, enhanced: '2.0.0', text: 'Ok' } },
    broken: { throws: new Error('broken') },
    unwritten: { recordThrows: new Error('full') },
  };
  script = bySubject(scripts);
  const client = await shared.client({ ip: '192.0.2.7' });
  const said: string[] = [];
  for (const subject of [...Object.keys(scripts), 'go'])
    said.push(await sendMail(client, about(subject), { to: ['words@example.com'] }));
  const failed = '451 4.3.0 Message could not be checked, try again later';
  assert.deepEqual(said.slice(0, 3), ['550 5.7.26 100% forged %s', '550-5.7.1 One|550 5.7.1 Two', '451 4.7.0 Later']);
  assert.match(said[3]!, /^250 2\.0\.0 Ok: queued/);
  assert.deepEqual(said.slice(4, 6), [failed, failed]);
  const [text, ...others] = await shared.delivered('words@example.com');
  assert.match(text!, /^Subject: go$/m);
  assert.equal(others.length, 0);
  assert.match(await shared.postfix.log(), /milter-discard/);
});

test('recipients that rules tell apart come in messages of their own', { skip }, async () => {
  classOf = (address) => address.split('@')[1]!;
  const client = await shared.client();
  const to = ['a@one.example', 'b@two.example', 'c@one.example'];
  const said = await client.talk('MAIL FROM:<>', ...to.map((one) => `RCPT TO:<${one}>`), 'DATA');
  assert.deepEqual(
    said.map((one) => one.slice(0, 9)),
    ['250 2.1.0', '250 2.1.5', '452 4.5.3', '250 2.1.5', '354 End d'],
  );
  client.send(`${MESSAGE}.\r\n`);
  assert.match(await client.answer(), /^250/);
  assert.deepEqual(shared.gate.offered[0]!.recipients, ['a@one.example', 'c@one.example']);
  assert.equal((await shared.delivered('c@one.example')).length, 1);
});

test('several messages, RSET, a second EHLO and commands in one piece come over one connection', { skip }, async () => {
  const client = await shared.client({ ip: '192.0.2.7' });
  await client.talk(
    'MAIL FROM:<one@example.org>',
    'RCPT TO:<a@example.com>',
    'RSET',
    'MAIL FROM:<two@example.org>',
    'EHLO again',
  );
  assert.match(await sendMail(client, MESSAGE, { from: 'three@example.org' }), /^250/);
  client.send('MAIL FROM:<four@example.org>\r\nRCPT TO:<b@example.com>\r\nFOO\r\nDATA\r\n');
  for (const code of ['250', '250', '500', '354']) assert.equal((await client.answer()).slice(0, 3), code);
  client.send(`${MESSAGE}.\r\nMAIL FROM:<five@example.org>\r\nRCPT TO:<c@example.com>\r\nQUIT\r\n`);
  assert.match(await client.answer(), /^250 2\.0\.0/);
  const found = shared.gate.offered.map(({ client: { helo }, mailFrom, recipients }) => [
    helo,
    mailFrom,
    recipients.join(),
  ]);
  assert.deepEqual(found, [
    ['again', 'three@example.org', 'receiver@example.com'],
    ['again', 'four@example.org', 'b@example.com'],
  ]);
});

test('many clients at once are each answered, and every message is judged once', { skip }, async () => {
  const [many, clients] = [200, 10];
  const args = ['-s', String(clients), '-m', String(many), '-l', '20480', `127.0.0.1:${shared.postfix.ports[0]}`];
  const { status, output } = await ran('smtp-source', args);
  assert.equal(status, 0, output);
  const ids = shared.facts.slice(-many).map(({ queue_id }) => queue_id);
  assert.deepEqual([shared.gate.offered.length, new Set(ids).size], [many, many]);
});

test('swaks sends encrypted, and the gate sees what it sent', { skip: skip || noSwaks }, async () => {
  const { paths } = await selfSigned('mta.example.com');
  const main = { smtpd_tls_security_level: 'may', smtpd_tls_cert_file: paths.cert, smtpd_tls_key_file: paths.key };
  const gate = madeUpGate(bySubject({ forged: { reply: { code: 550, enhanced: '5.7.26', text: 'Forged' } } }));
  await using mta = await postfixWithMilter({ gate, main });
  const server = `127.0.0.1:${mta.postfix.ports[0]}`;
  const send = (subject: string) => {
    const envelope = ['--from', 'a@example.org', '--to', 'swaks@example.com', '--helo', 'client.example.org'];
    const text = ['--header', `Subject: ${subject}`, '--body', '.a line that begins with a dot'];
    return ran('swaks', ['--server', server, '-tls', ...envelope, ...text]);
  };
  const [honest, forged] = [await send('honest'), await send('forged')];
  assert.equal(honest.status, 0, honest.output);
  assert.match(honest.output, /TLS started with cipher[\s\S]*<~ {2}250 2\.0\.0 Ok: queued as/);
  assert.match(forged.output, /<~\* 550 5\.7\.26 Forged/);
  const [offered] = gate.offered;
  assert.match(offered!.bytes.toString(), /^Subject: honest\r\n[\s\S]*\r\n\.a line that begins/m);
  assert.deepEqual([offered!.client.helo, offered!.protocol], ['client.example.org', 'ESMTPS']);
  const texts = await mta.delivered('swaks@example.com');
  assert.deepEqual(
    texts.map((text) => /^Subject: (.*)$/m.exec(text)?.[1]),
    ['honest'],
  );
});

test('a socket file below the queue folder is reached through its group, as the page says', { skip }, async () => {
  const postfix = await startPostfix({ servers: [{}], main: { smtpd_milters: 'unix:mailhunt/milter.sock' } });
  const folder = join(postfix.queue, 'mailhunt');
  // The page’s command; the gate is root here.
  spawnSync('install', ['-d', '-o', 'root', '-g', 'postfix', '-m', '2750', folder]);
  const gate = madeUpGate();
  const path = join(folder, 'milter.sock');
  const milter = await startMilter({ gate, address: { kind: 'unix', path }, isOwn: () => false, log: () => {} });
  try {
    assert.equal(statSync(path).mode & 0o777, 0o660);
    const client = await Client.to(postfix.ports[0]!);
    await client.answer();
    await client.say('EHLO client.example.org');
    assert.match(await sendMail(client, MESSAGE), /^250/);
    assert.equal(gate.offered.length, 1);
    client.close();
  } finally {
    await postfix.stop();
    await milter.stop();
  }
});

test('Postfix waits as long as it hears that the gate works, and no longer', { skip }, async () => {
  const gate = () => madeUpGate(() => ({ after: 3_000 }));
  const main = { milter_content_timeout: '1s' };
  await using alive = await postfixWithMilter({ gate: gate(), main, milter: { limits: { progress: 300 } } });
  assert.match(await sendMail(await alive.client(), MESSAGE), /^250/);
  await using silent = await postfixWithMilter({ gate: gate(), main, milter: { limits: { progress: 60_000 } } });
  assert.match(await sendMail(await silent.client(), MESSAGE), /^451 4\.7\.1 /);
  assert.deepEqual(silent.gate.recorded, []);
});

test('while the milter is away the client is asked to come again; what was under way at its stop is answered', {
  skip,
}, async () => {
  await using mta = await postfixWithMilter({ gate: madeUpGate(() => ({ after: 300 })) });
  const [busy, idle] = [await mta.client(), await mta.client()];
  const answered = sendMail(busy, MESSAGE);
  while (mta.gate.offered.length === 0) await new Promise(setImmediate);
  await mta.milter.stop();
  assert.match(await answered, /^250/);
  assert.match(await sendMail(idle, MESSAGE), /^451 4\.7\.1 /);
  assert.match(await sendMail(await mta.client(), MESSAGE), /^451 4\.7\.1 /);
  assert.equal((await mta.delivered('receiver@example.com')).length, 1);
});

test('a message over the milter’s limit is refused, and the next one is not', { skip }, async () => {
  const client = await shared.client();
  const large = `${MESSAGE}${'0123456789abcdef\r\n'.repeat(60_000)}`;
  assert.equal(await sendMail(client, large), '552 5.3.4 Message too large to be checked');
  assert.match(await sendMail(client, MESSAGE), /^250/);
});

test('a protocol too old to show header fields as they are is refused', { skip }, async () => {
  await using old = await postfixWithMilter({ main: { milter_protocol: '4' } });
  assert.match(await sendMail(await old.client(), MESSAGE), /^451 4\.7\.1 /);
  assert.ok(old.facts.some(({ event }) => event === 'milter-fault'));
});
