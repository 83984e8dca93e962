/**
 * Messages a second, each of 20 KB with one rsa-2048 signature, DNS answered from memory: our `authenticate` beside
 * mailauth's in the same process, interleaved; then ours on all processors (medians of seven runs); then an ingest of an
 * mbox, from reading alone to the rows in a store, threads started and all. For HTML with links and for plain text.
 *
 *     node bench/mail.ts [messages] [messages in the mbox]
 */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { authenticate as mailauth } from 'mailauth';
import { defaultJudgeOptions, type IngestStore, ingest, type MailOptions } from '../src/ingest/index.ts';
import { authenticate, parseZone, readMessage, transactionOf, zoneResolver } from '../src/mail/index.ts';
import { openStore } from '../src/store/index.ts';
import { type Kind, kinds, LETTER_SIZE, newSigner, signedLetter } from './signed-letter.ts';

const RUNS = 7;
const count = Number(process.argv[2] ?? 400);
const MAILS = Number(process.argv[3] ?? 12_000);
const NOW = Date.parse('2026-07-18T14:00:00Z');

const signer = newSigner('sender.example');
/** A TXT record of a zone file; a text of more than 255 bytes is several strings. */
const txt = ([name, text]: readonly [string, string]): string =>
  `${name}. TXT ${text
    .match(/.{1,255}/g)!
    .map((part) => `"${part}"`)
    .join(' ')}\n`;
const zone = `$ORIGIN .\n${signer.records.map(txt).join('')}`;
const resolver = zoneResolver(parseZone(zone, 'bench.zone'));

/** A message with what its receiver wrote on top. */
const letter = (n: number, kind: Kind): Buffer =>
  Buffer.concat([
    Buffer.from(
      'Received: from mail.sender.example (mail.sender.example [192.0.2.10]) by mx.example.com with ESMTPS id 1; Sat, 18 Jul 2026 13:59:00 +0000\r\n' +
        'Return-Path: <news@sender.example>\r\n',
    ),
    signedLetter(n, kind, signer),
  ]);

async function ours(messages: readonly Buffer[]): Promise<void> {
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

async function theirs(messages: readonly Buffer[]): Promise<void> {
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

/** What a piece of work took of a message, in microseconds: on the clock, and of all processors together. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

async function costOf(work: () => Promise<void>, of = count): Promise<Cost> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wall: ((performance.now() - started) * 1000) / of, cpu: (user + system) / of };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const medianCost = (costs: readonly Cost[]): Cost => ({
  wall: median(costs.map(({ wall }) => wall)),
  cpu: median(costs.map(({ cpu }) => cpu)),
});

const rate = ({ wall }: Cost): number => 1e6 / wall;

function show(what: string, cost: Cost, note = ''): void {
  const shown = (value: number, width: number) => Math.round(value).toLocaleString('en').padStart(width);
  console.log(`  ${what.padEnd(26)}${shown(rate(cost), 8)}${shown(cost.wall, 8)}${shown(cost.cpu, 8)}   ${note}`);
}

const threads = availableParallelism();

async function bench(name: string, kind: Kind): Promise<void> {
  const messages = Array.from({ length: count }, (_, n) => letter(n, kind));
  console.log(
    `${name}, ${LETTER_SIZE} bytes each          a second  us each  cpu us   load ${loadavg()[0]!.toFixed(1)}`,
  );
  await ours(messages);
  await theirs(messages);
  const costs = { ours: [] as Cost[], theirs: [] as Cost[] };
  for (let run = 0; run < RUNS; run++) {
    costs.ours.push(await costOf(() => ours(messages)));
    costs.theirs.push(await costOf(() => theirs(messages)));
  }
  const [one, oracle] = [medianCost(costs.ours), medianCost(costs.theirs)];
  show('mailauth, one thread', oracle);
  show('ours, one thread', one, `${(rate(one) / rate(oracle)).toFixed(2)} times mailauth`);
  const all = await inThreads(messages);
  show(`ours, ${threads} threads`, all, `${(rate(all) / rate(one)).toFixed(2)} times one thread`);
  await ingests(messages, (what, cost) => {
    const [ofOne, ofAll] = [rate(cost) / rate(one), rate(cost) / rate(all)];
    show(what, cost, `${ofOne.toFixed(2)} of authentication in one thread, ${ofAll.toFixed(2)} in ${threads}`);
  });
}

/** The same work in so many threads at once, without the store. */
async function inThreads(messages: readonly Buffer[]): Promise<Cost> {
  const file = fileURLToPath(new URL('./mail-thread.ts', import.meta.url));
  const workers = Array.from({ length: threads }, () => new Worker(file, { workerData: { messages, zone, now: NOW } }));
  const told = (worker: Worker) => new Promise((resolve) => worker.once('message', resolve));
  await Promise.all(workers.map(told));
  const costs: Cost[] = [];
  for (let run = 0; run < RUNS; run++) {
    costs.push(
      await costOf(async () => {
        const done = workers.map(told);
        for (const worker of workers) worker.postMessage('go');
        await Promise.all(done);
      }, count * threads),
    );
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return medianCost(costs);
}

/** A store that forgets: what is left is reading and judging. */
const nowhere: IngestStore = {
  append: async () => ({ sequence: 1 }),
  flush: async () => {},
  position: async () => 0,
};
/** A store that has everything: what is left is reading. */
const full: IngestStore = { ...nowhere, position: async () => Number.MAX_SAFE_INTEGER };

/** Where the time of an ingest goes: each line does what the one before does, and more. */
async function ingests(messages: readonly Buffer[], told: (what: string, cost: Cost) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-bench-'));
  try {
    const mbox = join(folder, 'inbox.mbox');
    const total = writeMbox(mbox, messages);
    const judge = { ...defaultJudgeOptions, acceptedDomains: ['example.com'], now: NOW };
    const mail = { judge, rows: { withHeaderForm: true }, resolver };
    const run = (store: IngestStore, inThreads?: number, keep?: MailOptions['keep']) =>
      costOf(async () => {
        const options = { ...mail, ...(inThreads !== undefined && { threads: inThreads }), ...(keep && { keep }) };
        const report = await ingest([mbox], { store, mail: options, reject: () => {}, now: Date.now });
        const rows = report.tables.EmailEvents ?? 0;
        if (store !== full && rows !== total) throw new Error(JSON.stringify(report.tables));
      }, total);
    told('ingest: read', await run(full));
    told('+ judged in this thread', await run(nowhere, 0));
    told(`  or judged in ${threads} threads`, await run(nowhere));
    await using store = await openStore(join(folder, 'store'), { now: () => NOW, idle: 0, filling: true });
    told('+ stored', await run(store));
    await using keeping = await openStore(join(folder, 'keeping'), { now: () => NOW, idle: 0, filling: true });
    told('+ kept', await run(keeping, undefined, (some) => keeping.messages.keep(some)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each copy of a message differs in a field that is not signed, so that every one is a delivery of its own. */
function writeMbox(path: string, messages: readonly Buffer[]): number {
  const envelope = Buffer.from('From news@sender.example Sat Jul 18 13:59:00 2026\r\n');
  const copies = Math.max(1, Math.ceil(MAILS / count));
  writeFileSync(path, '');
  for (let copy = 0; copy < copies; copy++) {
    const parts = messages.flatMap((bytes) => {
      const at = bytes.indexOf('Return-Path: <news@');
      const sender = Buffer.from(`Return-Path: <news${copy}@`);
      return [envelope, bytes.subarray(0, at), sender, bytes.subarray(at + 19), Buffer.from('\r\n')];
    });
    appendFileSync(path, Buffer.concat(parts));
  }
  return copies * count;
}

for (const [name, kind] of Object.entries(kinds)) await bench(name, kind);
