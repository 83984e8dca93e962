import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultJudgeOptions } from '../../../../src/ingest/index.ts';
import type { MessageList } from '../../../../src/server/workbench/messages/list.ts';
import { isWithin } from '../../../in-time.ts';
import { events, messagesRig, spoof } from './rig.ts';

const auth = (dmarc: string) => ({
  AuthenticationDetails: JSON.stringify({ SPF: 'none', DKIM: 'none', DMARC: dmarc, CompAuth: dmarc }),
});

test('the list is paged without overlap or gap, whatever the times of its rows', async () => {
  await using here = await messagesRig();
  const rows = Array.from({ length: 40 }, (_, n) => {
    // Four messages a minute; every fifth has a second recipient, who got it later or much earlier.
    const id = `m${String(n).padStart(2, '0')}`;
    const first = [Math.floor(n / 4), id, 'a@fabrikam.com', { Subject: `number ${n}` }] as const;
    return n % 5 === 0 ? [first, [Math.floor(n / 4) + (n % 2 ? 3 : 7), id, 'b@fabrikam.com', {}] as const] : [first];
  }).flat();
  await events(here.store, rows);
  const seen: string[] = [];
  let before = '';
  for (let pages = 0; pages < 40; pages++) {
    const { json } = await here.get(`/api/v1/messages?limit=3${before && `&before=${encodeURIComponent(before)}`}`);
    const { messages, next } = json as MessageList;
    seen.push(...messages.map(({ networkMessageId }) => networkMessageId));
    if (next === null) break;
    before = next;
  }
  assert.equal(seen.length, 40);
  assert.equal(new Set(seen).size, 40);
  const { json } = await here.get('/api/v1/messages?limit=200');
  assert.deepEqual(new Set((json as MessageList).messages.map((one) => one.networkMessageId)), new Set(seen));
  assert.deepEqual((await here.get('/api/v1/messages/count')).json, { messages: 40 });
});

test('what a search says is what is found', async () => {
  await using here = await messagesRig();
  await events(here.store, [
    [
      1,
      'fail-both',
      'anna@fabrikam.com',
      { ...auth('fail'), DeliveryAction: 'Delivered', Subject: 'Invoice "4711" \\ x', SenderIPv4: '192.0.2.7' },
    ],
    [
      1,
      'fail-both',
      'bob@fabrikam.com',
      { ...auth('fail'), DeliveryAction: 'Blocked', Subject: 'Invoice "4711" \\ x', SenderIPv4: '192.0.2.7' },
    ],
    [
      2,
      'fail-one',
      'bob@fabrikam.com',
      { ...auth('fail'), DeliveryAction: 'Blocked', Subject: 'Hello', SenderFromDomain: 'mail.contoso.com' },
    ],
    [
      3,
      'pass',
      'carol@fabrikam.com',
      { ...auth('pass'), DeliveryAction: 'Delivered', Subject: 'Hello', SenderFromDomain: 'notcontoso.com' },
    ],
  ]);
  const found = async (q: string): Promise<string[]> => {
    const { json, status } = await here.get(`/api/v1/messages?q=${encodeURIComponent(q)}`);
    assert.equal(status, 200, q);
    return (json as MessageList).messages.map(({ networkMessageId }) => networkMessageId);
  };
  const searches: readonly (readonly [string, readonly string[]])[] = [
    ['', ['fail-both', 'fail-one', 'pass']],
    ['auth:dmarc=fail', ['fail-both', 'fail-one']],
    ['-auth:dmarc=fail', ['pass']],
    ['delivered:yes', ['fail-both', 'pass']],
    ['-delivered:yes', ['fail-one']],
    ['to:bob delivered:yes', []],
    ['to:bob to:anna', ['fail-both']],
    ['-to:bob', ['pass']],
    ['action:blocked', ['fail-both', 'fail-one']],
    ['domain:contoso.com', ['fail-one']],
    ['ip:192.0.2.0/24', ['fail-both']],
    ['subject:"\\ x"', ['fail-both']],
    ['hello carol', ['pass']],
    ['hello -carol', ['fail-one']],
    ['id:PASS', ['pass']],
    ['clicked:no', ['fail-both', 'fail-one', 'pass']],
    ['after:2m', ['fail-both', 'fail-one']],
  ];
  for (const [q, ids] of searches) assert.deepEqual(await found(q), ids, q);
  const { json } = await here.get('/api/v1/messages?q=to:anna');
  const [first] = (json as MessageList).messages;
  assert.deepEqual([first?.recipientCount, first?.deliveries, first?.dmarc], [2, { Delivered: 1, Blocked: 1 }, 'fail']);
});

test('results are found in the form of an export and in the words of the header alike, as the list shows them', async () => {
  await using here = await messagesRig();
  const words = (AuthenticationDetails: string) => ({ AuthenticationDetails });
  await events(here.store, [
    [1, 'json', 'a@fabrikam.com', auth('fail')],
    [
      2,
      'header',
      'a@fabrikam.com',
      words(
        'spf=pass smtp.mailfrom=b.example; dkim=none; dmarc=fail action=oreject header.from=c.example; compauth=fail reason=000',
      ),
    ],
    [3, 'softfail', 'a@fabrikam.com', words('spf=softfail; dmarc=pass')],
  ]);
  const { json } = await here.get('/api/v1/messages?q=auth:dmarc%3Dfail');
  assert.deepEqual(
    (json as MessageList).messages.map(({ networkMessageId, dmarc }) => [networkMessageId, dmarc]),
    [
      ['json', 'fail'],
      ['header', 'fail'],
    ],
  );
  assert.deepEqual((await here.get('/api/v1/messages/count?q=auth:spf%3Dfail')).json, { messages: 0 });
});

test('a search that cannot be read is refused with its place', async () => {
  await using here = await messagesRig();
  for (const path of ['/api/v1/messages', '/api/v1/messages/count']) {
    const { status, json } = await here.get(`${path}?q=${encodeURIComponent('anna form:x')}`);
    assert.equal(status, 400);
    assert.equal(json.error['@mailhunt'].code, 'MSG0001');
    assert.deepEqual(json.error['@mailhunt'].span, { start: 5, length: 6 });
  }
  const bent = await here.get('/api/v1/messages?before=x');
  assert.equal(bent.status, 400);
});

test('a message of the store: facts, header, body, source, files', async () => {
  await using here = await messagesRig();
  const [id = ''] = await here.ingest(
    spoof('=?utf-8?Q?Pay_=E2=80=AE_now?=', '<p onclick="alert(1)">Grüße</p><script>alert(1)</script>'),
  );
  const base = `/api/v1/messages/${id}`;
  const facts = await here.get(base);
  assert.equal(facts.status, 200);
  assert.equal(facts.json.message.words.dmarc, 'fail');
  assert.equal(facts.json.hasSource, true);
  const { json: head } = await here.get(`${base}/headers`);
  const subject = head.fields.find(({ name }: { name: string }) => name === 'Subject');
  assert.deepEqual(subject.anomalies, ['holds control characters or turns the reading direction']);
  const from = head.fields.find(({ name }: { name: string }) => name === 'From');
  assert.deepEqual(from.anomalies, []);
  const body = await here.get(`${base}/body`);
  assert.match(body.text, /<p>Grüße<\/p>/);
  assert.doesNotMatch(body.text, /<script|onclick/);
  const policy = String(body.headers['content-security-policy']);
  for (const part of ["default-src 'none'", 'img-src data: blob:', 'sandbox']) assert.ok(policy.includes(part), policy);
  assert.doesNotMatch(policy, /allow-|script-src|https?:/);
  const source = await here.get(`${base}/source`);
  assert.equal(source.headers['content-type'], 'application/octet-stream');
  assert.match(String(source.headers['content-disposition']), /^attachment; /);
  const text = await here.get(`${base}/source.txt`);
  assert.match(text.json.text, /^Received: from mail\.evil\.example/);
  assert.equal((await here.get(`${base}/files`)).json.files.length, 0);
  assert.equal((await here.get(`${base}/attachments/0`)).status, 404);
  assert.equal((await here.get('/api/v1/messages/none')).json.error['@mailhunt'].code, 'MSG0002');
  assert.equal((await here.get('/api/v1/messages/none/body')).json.error['@mailhunt'].code, 'MSG0003');
});

test('a message is investigated, and its report runs nothing', async () => {
  await using here = await messagesRig();
  const [id = ''] = await here.ingest(spoof('<img src=x onerror=alert(1)>'));
  const { status, json } = await here.get(`/api/v1/messages/${id}/investigation`);
  assert.equal(status, 200);
  assert.equal(json.evidence.message.networkMessageId, id);
  assert.ok(json.verdict.reasons.length > 0);
  const html = await here.get(`/api/v1/messages/${id}/report.html`);
  assert.match(String(html.headers['content-type']), /^text\/html/);
  assert.doesNotMatch(html.text, /<img src=x/);
  assert.match(String(html.headers['content-security-policy']), /sandbox/);
  assert.equal((await here.get('/api/v1/messages/none/investigation')).status, 404);
});

test('an opened file is judged, looked at under its id, and nobody else’s', async () => {
  await using here = await messagesRig();
  const { status, json } = await here.open(spoof('Opened'));
  assert.equal(status, 200, JSON.stringify(json).slice(0, 300));
  assert.match(json.id, /^opened-[\w-]{24}$/);
  assert.deepEqual(
    [json.message.words.dmarc, json.message.words.spf, json.message.senderIp, json.isOpened],
    ['fail', 'pass', '203.0.113.9', true],
  );
  const base = `/api/v1/messages/${json.id}`;
  assert.match((await here.get(`${base}/body`)).text, /Please pay/);
  assert.equal((await here.get(`${base}/headers`)).status, 200);
  const { json: found } = await here.get(`${base}/investigation`);
  assert.equal(found.evidence?.message.subject, 'Opened', JSON.stringify(found).slice(0, 400));
  assert.deepEqual((await here.get('/api/v1/messages/count')).json, { messages: 0 });
  assert.equal((await here.get('/api/v1/messages/opened-AAAAAAAAAAAAAAAAAAAAAAAA')).status, 404);
});

test('a file that is no message, or several, is refused by name', async () => {
  await using here = await messagesRig();
  const code = async (source: string | Buffer) => (await here.open(source)).json.error?.['@mailhunt']?.code;
  assert.equal(await code(''), 'MSG0004');
  assert.equal(await code(Buffer.from('PK\x03\x04 and so on')), 'MSG0004');
  assert.equal(
    await code(`From a Fri Jul 17 10:00:00 2026\n${spoof('a')}\n\nFrom a Fri Jul 17 10:00:00 2026\n${spoof('b')}`),
    'MSG0004',
  );
  assert.equal(await code(spoof('one')), undefined);
});

test('without DNS a file is shown and no verdict is made up', async () => {
  await using here = await messagesRig({ judging: { options: { ...defaultJudgeOptions } } });
  const { json } = await here.open(spoof('No DNS'));
  assert.match(json.notes.join(' '), /asks no DNS/);
  assert.deepEqual([json.message.words.dmarc, json.message.checks], ['', []]);
  const timeout = async () => ({ status: 'failed', failure: 'timeout' }) as const;
  const options = { ...defaultJudgeOptions, verdicts: 'verify' as const };
  await using silent = await messagesRig({ judging: { resolver: { query: timeout }, options } });
  assert.equal((await silent.open(spoof('Dead DNS'))).json.message.words.dmarc, 'temperror');
});

test('who opens a file while the server stops is told so', async () => {
  const silent = { query: () => new Promise<never>(() => {}) };
  const options = { ...defaultJudgeOptions, verdicts: 'verify' as const };
  for (const body of ['Small', 'x'.repeat(70_000)]) {
    await using here = await messagesRig({ judging: { resolver: silent, options }, settings: { grace: 200 } });
    const opening = here.open(spoof('Never judged', body));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await here.server.close();
    const { status, text } = await opening;
    assert.equal(status, 504);
    assert.match(text, /the server is stopping/);
  }
});

test('a file is saved under a name that can do nothing, and never shown', async () => {
  await using here = await messagesRig();
  const name = '..\\..\\évil\u202e"; x=y.html';
  const source = [
    'From: a@contoso.com',
    'To: b@fabrikam.com',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'text',
    '--b',
    'Content-Type: text/html',
    `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    '',
    '<script>alert(1)</script>',
    '--b--',
  ].join('\r\n');
  const { json } = await here.open(source);
  const { headers, text } = await here.get(`/api/v1/messages/${json.id}/attachments/0`);
  assert.equal(text, '<script>alert(1)</script>');
  assert.equal(headers['content-type'], 'application/octet-stream');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  const disposition = String(headers['content-disposition']);
  assert.match(disposition, /^attachment; filename="[\w.() -]+"; filename\*=UTF-8''[\w.%!~-]+$/);
  assert.doesNotMatch(disposition, /\.\.[\\/]|%2F|%5C|%E2%80%AE/i);
});

test('a file of 50 MB opens: what is not asked for is not decoded', async () => {
  await using here = await messagesRig();
  const line = `${'QUJD'.repeat(19)}\r\n`;
  const files = line.repeat(Math.floor((50 * 1024 * 1024) / line.length));
  const source = Buffer.from(
    `From: a@contoso.com\r\nTo: b@fabrikam.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--b\r\nContent-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${files}--b--\r\n`,
  );
  const { status, json } = await here.open(source);
  assert.equal(status, 200);
  const base = `/api/v1/messages/${json.id}`;
  const started = performance.now();
  assert.match((await here.get(`${base}/body`)).text, /<p>Hello<\/p>/);
  assert.equal((await here.get(`${base}/files`)).json.files[0].fileName, 'big.zip');
  const part = await here.get(`${base}/source.txt`);
  assert.ok(part.json.text.length < 300_000);
  assert.equal(part.json.size, source.length);
  const took = performance.now() - started;
  assert.ok(isWithin(took, 10_000));
  const tooLarge = await here.open(Buffer.alloc((64 << 20) + 1, 65)).catch((error: Error) => error);
  assert.ok(tooLarge instanceof Error || tooLarge.status === 413);
});
