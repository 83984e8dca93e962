/**
 * Messages a second, each of 20 KB with one rsa-2048 signature, DNS answered from memory: our `authenticate` beside
 * mailauth's in the same process, interleaved; then ours on all processors, and a whole ingest of an mbox into a store.
 * Medians of seven runs.
 *
 *     node bench/mail.ts [messages]
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { authenticate as mailauth } from 'mailauth';
import { defaultJudgeOptions, ingest } from '../src/ingest/index.ts';
import { authenticate, parseZone, readMessage, signDkim, transactionOf, zoneResolver } from '../src/mail/index.ts';
import { openStore } from '../src/store/index.ts';

const RUNS = 7;
const count = Number(process.argv[2] ?? 400);
const SIZE = 20_000;
const NOW = Date.parse('2026-07-18T14:00:00Z');

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const zone = `$ORIGIN .
sender.example. TXT "v=spf1 ip4:192.0.2.0/24 -all"
s1._domainkey.sender.example. TXT "v=DKIM1; k=rsa; p=${key.slice(0, 200)}" "${key.slice(200)}"
_dmarc.sender.example. TXT "v=DMARC1; p=reject"
`;
const resolver = zoneResolver(parseZone(zone, 'bench.zone'));

/** A letter as companies send them: some text, then HTML, quoted-printable, with a dozen links. */
function letter(n: number): Buffer {
  const line = (at: number) =>
    `<p class=3D"a">Line ${at} of message ${n}: the quarterly figures are attached, =E2=80=94 see below.</p>=\r\n`;
  const link = (at: number) => `<a href=3D"https://www.sender.example/r/${n}/${at % 12}">more</a>\r\n`;
  const header = [
    'Received: from mail.sender.example (mail.sender.example [192.0.2.10]) by mx.example.com with ESMTPS id 1; Sat, 18 Jul 2026 13:59:00 +0000',
    'Return-Path: <news@sender.example>',
    `From: "Sender News" <news@sender.example>`,
    `To: reader${n % 50}@example.com`,
    `Subject: =?UTF-8?Q?Your_figures_=E2=80=93_${n}?=`,
    `Message-ID: <${n}@sender.example>`,
    'Date: Sat, 18 Jul 2026 13:58:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<html><body>',
  ].join('\r\n');
  let body = '';
  for (let at = 0; header.length + body.length < SIZE - 900; at++) body += at % 14 === 0 ? link(at) : line(at);
  const unsigned = Buffer.from(`${header}${body}</body></html>\r\n`);
  const [received, path, ...rest] = unsigned.toString('latin1').split('\r\n');
  const inner = Buffer.from(rest.join('\r\n'), 'latin1');
  const signature = signDkim(readMessage(inner), { domain: 'sender.example', selector: 's1', key: privateKey });
  return Buffer.concat([Buffer.from(`${received}\r\n${path}\r\n${signature}`, 'latin1'), inner]);
}

const messages = Array.from({ length: count }, (_, n) => letter(n));

async function ours(): Promise<void> {
  for (const bytes of messages) {
    const message = readMessage(bytes);
    const transaction = transactionOf(message, { trusted: [], acceptedDomains: [] });
    const { words } = await authenticate(message, { resolver, now: NOW, transaction });
    if (words.dmarc !== 'pass') throw new Error(JSON.stringify(words));
  }
}

const nodeResolver = async (name: string, type: string): Promise<unknown> => {
  const answer = await resolver.query(name, type as 'TXT');
  if (answer.status !== 'found') throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
  return answer.records.map((record) => [record]);
};

async function theirs(): Promise<void> {
  for (const bytes of messages) {
    const { dmarc } = await mailauth(bytes, {
      ip: '192.0.2.10',
      helo: 'mail.sender.example',
      sender: 'news@sender.example',
      mta: 'mx.example.com',
      resolver: nodeResolver,
      strict: true,
      disableBimi: true,
    } as never);
    if (dmarc === false || dmarc?.status.result !== 'pass') throw new Error(JSON.stringify(dmarc));
  }
}

async function rateOf(work: () => Promise<void>, of = count): Promise<number> {
  const started = performance.now();
  await work();
  return (of / (performance.now() - started)) * 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const shown = (rate: number): string => Math.round(rate).toLocaleString('en').padStart(8);

async function main(): Promise<void> {
  await ours();
  await theirs();
  const rates = { ours: [] as number[], theirs: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    rates.ours.push(await rateOf(ours));
    rates.theirs.push(await rateOf(theirs));
  }
  const [one, oracle] = [median(rates.ours), median(rates.theirs)];
  console.log(`mailauth, one thread      ${shown(oracle)} messages/s`);
  console.log(`ours, one thread          ${shown(one)} messages/s   ${(one / oracle).toFixed(2)} times mailauth`);
  const threads = availableParallelism();
  const all = await inThreads(threads);
  console.log(
    `ours, ${threads} threads           ${shown(all)} messages/s   ${(all / one).toFixed(2)} times one thread`,
  );
  const taken = await ingestRate();
  console.log(
    `ingest of an mbox         ${shown(taken)} messages/s   ${(taken / all).toFixed(2)} of ${threads} threads' authentication`,
  );
}

/** The same work in so many threads at once, without the store. */
async function inThreads(threads: number): Promise<number> {
  const file = fileURLToPath(new URL('./mail-thread.ts', import.meta.url));
  const workers = Array.from({ length: threads }, () => new Worker(file, { workerData: { messages, zone, now: NOW } }));
  const told = (worker: Worker) => new Promise((resolve) => worker.once('message', resolve));
  await Promise.all(workers.map(told));
  const rates: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    rates.push(
      await rateOf(async () => {
        const done = workers.map(told);
        for (const worker of workers) worker.postMessage('go');
        await Promise.all(done);
      }, count * threads),
    );
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return median(rates);
}

async function ingestRate(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-bench-'));
  try {
    const copies = Math.max(1, Math.ceil(4000 / count));
    const mbox = join(folder, 'inbox.mbox');
    const envelope = Buffer.from('From news@sender.example Sat Jul 18 13:59:00 2026\r\n');
    // Each copy differs in a field that is not signed, so that every message is a delivery of its own.
    const parts = Array.from({ length: copies }, (_, copy) =>
      messages.flatMap((bytes) => {
        const at = bytes.indexOf('Return-Path: <news@');
        const path = Buffer.from(`Return-Path: <news${copy}@`);
        return [envelope, bytes.subarray(0, at), path, bytes.subarray(at + 19), Buffer.from('\r\n')];
      }),
    ).flat();
    writeFileSync(mbox, Buffer.concat(parts));
    await using store = await openStore(join(folder, 'store'), { now: () => NOW, idle: 0 });
    const mail = {
      judge: { ...defaultJudgeOptions, acceptedDomains: ['example.com'], now: NOW },
      rows: { withHeaderForm: true },
      resolver,
    };
    return await rateOf(async () => {
      const report = await ingest([mbox], { store, mail, reject: () => {}, now: Date.now });
      if (report.tables.EmailEvents !== copies * count) throw new Error(JSON.stringify(report.tables));
    }, copies * count);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
