import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultJudgeOptions, type IngestStore, ingest } from '../../src/ingest/index.ts';
import { keyringOf } from '../../src/lab/kernel/keys.ts';
import { parseZone, type Resolver, readMessage, signDkim, zoneResolver } from '../../src/mail/index.ts';
import { openStore } from '../../src/store/index.ts';
import { collectGarbage } from '../mail/measured.ts';
import { diceOf } from '../mail/mutation/random.ts';

/** Bytes of the mbox whose rows go nowhere; 5 GB unless told. Caches and workers are warm after half a gigabyte. */
const BYTES = Number(process.env.MAILHUNT_SOAK_GB ?? 5) * 1e9;
/** Bytes of the one that goes into a store. */
const STORED = BYTES / 25;

const { privateKey, published } = keyringOf(1).pair('bank.example', 'rsa-2048');

/** Every domain has the same records, so that caches see ever new names. */
const resolver: Resolver = zoneResolver(
  parseZone(
    `$ORIGIN .
*.bank.example TXT "v=spf1 ip4:192.0.2.10 -all"
_dmarc.bank.example TXT "v=DMARC1; p=reject; adkim=r"
s._domainkey.bank.example TXT "v=DKIM1; p=${published.slice(0, 200)}" "${published.slice(200)}"`,
    'soak.zone',
  ),
);

const filler = 'All work and no play makes a dull message, says https://bank.example/ and quotes it.\r\n'.repeat(230);

/** Messages of 20 KB, no two alike: other authors, domains and bodies; each twentieth is signed. */
function* mbox(bytes: number): Generator<Buffer> {
  const dice = diceOf(1);
  for (let sent = 0, number = 0; sent < bytes; number++) {
    const host = `h${number}.bank.example`;
    const text = `From: A${number} <a${number}@${host}>\r\nTo: ben@contoso.example\r\nSubject: Number ${number}\r\nDate: Sat, 18 Jul 2026 14:08:00 +0000\r\nMessage-ID: <${number}@${host}>\r\n\r\n${dice.below(1e9)} https://u${number}.example/\r\n${filler}`;
    const signing = { domain: 'bank.example', selector: 's', key: privateKey };
    const field = number % 20 === 0 ? signDkim(readMessage(Buffer.from(text)), signing) : '';
    const message = Buffer.from(
      `From a@${host} Sat Jul 18 14:08:56 2026\r\nReturn-Path: <a@${host}>\r\nReceived: from ${host} ([192.0.2.10]) by mx.contoso.example; Sat, 18 Jul 2026 14:08:56 +0000\r\n${field}${text}\r\n`,
    );
    sent += message.length;
    yield message;
  }
}

/** A store that forgets. */
class Nowhere implements IngestStore {
  rows = 0;

  async append({ rows }: { rows: readonly string[] }): Promise<{ sequence: number }> {
    this.rows += rows.length;
    return { sequence: this.rows };
  }

  async flush(): Promise<void> {}

  async position(): Promise<number> {
    return 0;
  }
}

/** Megabytes of the process after each percent of the bytes, garbage collected. */
async function memoryOver(
  bytes: number,
  store: IngestStore,
): Promise<{ rss: number[]; rows: number; seconds: number }> {
  const rss: number[] = [];
  const started = performance.now();
  const report = await ingest(['-'], {
    store,
    format: 'mbox',
    stdin: (async function* () {
      yield* mbox(bytes);
    })(),
    mail: {
      judge: { ...defaultJudgeOptions, acceptedDomains: ['contoso.example'], now: Date.parse('2026-07-18T15:00:00Z') },
      rows: { withHeaderForm: true },
      resolver,
    },
    reject: ({ reason }) => assert.fail(reason),
    now: Date.now,
    onProgress: ({ bytes: read }) => {
      if (read < (rss.length / 100) * bytes) return;
      collectGarbage();
      rss.push(process.memoryUsage().rss / 2 ** 20);
    },
  });
  assert.deepEqual(report.failures, []);
  return { rss, rows: report.rows, seconds: (performance.now() - started) / 1000 };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[numbers.length >> 1]!;

/** Megabytes between the first tenth and the last. */
const growth = (rss: readonly number[]): number => median(rss.slice(90)) - median(rss.slice(5, 15));

test(`an mbox of ${BYTES / 1e9} GB from standard input: memory stays flat`, { timeout: 3_600_000 }, async (t) => {
  const { rss, rows, seconds } = await memoryOver(BYTES, new Nowhere());
  const figures = [10, 25, 50, 75, 99].map((percent) => `${percent} %: ${rss[percent]?.toFixed(0)}`).join(', ');
  t.diagnostic(`${rows} rows in ${seconds.toFixed(0)} s, ${(BYTES / 1e6 / seconds).toFixed(1)} MB/s; MB at ${figures}`);
  assert.ok(rss.length > 95, String(rss.length));
  assert.ok(growth(rss) < 150, `${growth(rss)} MB more: ${figures}`);
});

test(`an mbox of ${STORED / 1e9} GB into a store: memory stays flat`, { timeout: 3_600_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-soak-'));
  try {
    await using store = await openStore(join(folder, 'store'));
    const { rss, rows, seconds } = await memoryOver(STORED, store);
    const figures = [10, 25, 50, 75, 99].map((percent) => `${percent} %: ${rss[percent]?.toFixed(0)}`).join(', ');
    t.diagnostic(`${rows} rows in ${seconds.toFixed(0)} s; MB at ${figures}`);
    // DuckDB keeps what it has room for.
    assert.ok(growth(rss) < 500, `${growth(rss)} MB more: ${figures}`);
    const counted = (await store.summary()).find(({ name }) => name === 'EmailHeaders');
    assert.ok(counted !== undefined && counted.rows > STORED / 22_000, String(counted?.rows));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
