import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mock, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { givenMessageFacts } from '../../../../../src/evidence/index.ts';
import { defaultJudgeOptions } from '../../../../../src/ingest/index.ts';
import { recordingResolver } from '../../../../../src/mail/index.ts';
import type { Visit } from '../../../../../src/server/http/route.ts';
import { MessageReader, withinTime } from '../../../../../src/server/workbench/messages/reading/index.ts';
import { least, slowness } from '../../../../in-time.ts';
import { NOW, send } from '../../../rig.ts';
import { messagesRig, spoof, zone } from '../rig.ts';
import type { Errand, Errands, Visited } from './visitor.ts';

const options = { ...defaultJudgeOptions, trusted: ['mx.fabrikam.com'], verdicts: 'verify' as const, now: NOW };
const forever = new AbortController().signal;
/** More than what is taken apart where requests are answered. */
const LARGE = 'x'.repeat(70_000);

/** A GIF of one dot: pictures are looked into for QR codes, by functions that cannot travel. */
const dot = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const parts = (filling: string): string =>
  spoof(
    'Parts',
    [
      '--b\r\nContent-Type: text/html\r\n\r\n<p>Pay <a href="https://pay.example/">here</a> <img src="cid:dot"></p>',
      `--b\r\nContent-Type: image/gif\r\nContent-ID: <dot>\r\nContent-Transfer-Encoding: base64\r\n\r\n${dot}`,
      `--b\r\nContent-Type: application/zip; name=a.zip\r\n\r\n${filling}`,
      `--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inside\r\n\r\nhello`,
      '--b--',
    ].join('\r\n'),
    'multipart/mixed; boundary=b',
  );

test('a large message is judged in a thread as a small one is here, and asks the same DNS', async () => {
  const reader = new MessageReader(zone);
  const [small, large] = await Promise.all(
    ['x', LARGE].map(async (filling) => {
      const bytes = Buffer.from(parts(filling));
      const judged = await reader.open(Buffer.from(bytes), options, forever);
      assert.ok(Buffer.isBuffer(judged.message.bytes) && judged.message.bytes.equals(bytes));
      return { ...givenMessageFacts(judged), networkMessageId: '', attachments: [], fingerprint: '' };
    }),
  );
  assert.equal(large?.words.spf, 'pass');
  assert.equal(large?.words.dmarc, 'fail');
  assert.deepEqual(large?.urls, small?.urls);
  assert.deepEqual(large?.checks, small?.checks);
  await reader.close();
});

test('a large message is shown as a small one is; its bytes stay', async () => {
  const reader = new MessageReader(zone);
  const bytes = [Buffer.from(parts('x')), Buffer.from(parts(LARGE))] as const;
  const pages = await Promise.all(bytes.map((one) => reader.show('body', { bytes: one, form: 'auto' }, forever)));
  const [small, large] = pages.map(({ page }) => Buffer.from(page).toString());
  assert.match(large ?? '', /Pay .*data:image\/gif;base64,/s);
  assert.equal(large, small);
  const { files } = await reader.show('files', { bytes: bytes[1] }, forever);
  assert.equal(files.find(({ fileName }) => fileName === 'a.zip')?.encodedSize, LARGE.length);
  const number = files.findIndex(({ fileName }) => fileName === 'a.zip');
  const file = await reader.show('file', { bytes: bytes[1], number }, forever);
  assert.deepEqual([file.fileName, Buffer.from(file.bytes).toString()], ['a.zip', LARGE]);
  await assert.rejects(reader.show('file', { bytes: bytes[1], number: 99 }, forever), { code: 'MSG0005' });
  assert.equal(bytes[1].toString(), parts(LARGE));
  await reader.close();
});

test('a large file that is no message is refused by name, in the thread too', async () => {
  const reader = new MessageReader(zone);
  const two = `From a Fri Jul 17 10:00:00 2026\n${spoof('a', LARGE)}\n\nFrom a Fri Jul 17 10:00:00 2026\n${spoof('b')}`;
  await assert.rejects(reader.open(Buffer.from(two), options, forever), { code: 'MSG0004' });
  await reader.close();
});

test('who goes while DNS does not answer waits no longer, and the next is judged', async () => {
  let isSilent = true;
  const answering = recordingResolver(zone);
  const resolver: typeof zone = {
    query: (name, type) => (isSilent ? new Promise(() => {}) : answering.query(name, type)),
  };
  const reader = new MessageReader(resolver);
  for (const filling of ['x', LARGE]) {
    isSilent = true;
    const leaving = new AbortController();
    const opening = reader.open(Buffer.from(parts(filling)), options, leaving.signal);
    assert.equal(await Promise.race([opening, sleep(300, 'it waits')]), 'it waits');
    leaving.abort(new Error('gone'));
    await assert.rejects(opening, /gone/);
    isSilent = false;
    const judged = await reader.open(Buffer.from(parts(filling)), options, forever);
    assert.equal(judged.verdict.words.dmarc, 'fail');
  }
  await reader.close();
});

test('what takes too long is said by name', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const visit = { site: { closing: forever }, response: new EventEmitter() } as unknown as Visit;
    const waiting = withinTime(
      visit,
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    mock.timers.tick(60_000);
    await assert.rejects(waiting, { code: 'MSG0006', facts: { seconds: 60 } });
  } finally {
    mock.timers.reset();
  }
});

/** 50 MB of text with links, and 1 MB of HTML whose elements lie deep in each other. */
const long = spoof('Long', 'see https://pay.example/ and pay what is due today\r\n'.repeat(1 << 20), 'text/plain');
const deep = spoof('Deep', `${'<b>'.repeat(1900)}x${'</b>'.repeat(1900)}`.repeat(75));

test('this thread stands still for a small part of the time that a large message takes', async () => {
  const reader = new MessageReader(zone);
  await reader.open(Buffer.from(parts(LARGE)), options, forever);
  await reader.show('body', { bytes: Buffer.from(parts(LARGE)), form: 'auto' }, forever);
  await assertMoving(() => reader.open(Buffer.from(long), options, forever));
  await assertMoving(() => reader.show('body', { bytes: Buffer.from(deep), form: 'auto' }, forever));
  await reader.close();
});

async function assertMoving(work: () => Promise<unknown>): Promise<void> {
  const share = await least(0.5, async () => {
    const began = performance.now();
    let isDone = false;
    let longest = 0;
    const done = work().finally(() => {
      isDone = true;
    });
    for (let last = performance.now(); !isDone; last = performance.now()) {
      await sleep(2);
      longest = Math.max(longest, performance.now() - last);
    }
    await done;
    return longest / (performance.now() - began);
  });
  assert.ok(share < 0.5, `${share} of the time`);
}

test('while 50 MB are opened and looked at, others are answered', { timeout: 120_000 }, async () => {
  await using here = await messagesRig();
  const { csrf } = (await here.get('/api/v1/me')).json;
  const visited: Visited = { address: here.server.address, csrf };
  const visitor = new Worker(new URL('./visitor.ts', import.meta.url), { workerData: visited });
  visitor.unref();
  // The first one begins the threads; what they take then is no measure.
  const { json } = await here.open(parts(LARGE));
  await here.get(`/api/v1/messages/${json.id}/body`);
  for (const source of [long, deep]) {
    const body = new Uint8Array(Buffer.from(source));
    const opened = await undisturbed(here.server.address, visitor, { path: '/api/v1/messages/open', body });
    const { id } = JSON.parse(opened.text) as { id: string };
    await undisturbed(here.server.address, visitor, { path: `/api/v1/messages/${id}/body` });
  }
  await visitor.terminate();
});

/** Asks for health while a visitor's errand is done. */
async function undisturbed(address: string, visitor: Worker, errand: Errand): Promise<Errands> {
  let given!: Errands;
  const share = await least(1, async () => {
    let answer: Errands | undefined;
    let longest = 0;
    visitor.once('message', (said: Errands) => {
      answer = said;
    });
    const body = errand.body?.slice();
    const began = performance.now();
    visitor.postMessage(body ? { ...errand, body } : errand, body ? [body.buffer] : []);
    for (let last = began; answer === undefined; ) {
      await sleep(5);
      assert.equal((await send(address, '/api/health')).status, 200);
      // From answer to answer: who asks while nothing moves waits as long as that.
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    const took = performance.now() - began;
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    given = answer;
    // On a busy machine everything takes longer; where one thread did it all, it would stand still for nearly all of that.
    return longest / Math.max(250 * slowness(), took * 0.6);
  });
  assert.ok(share < 1, `${share} of what it may stand still`);
  return given;
}
