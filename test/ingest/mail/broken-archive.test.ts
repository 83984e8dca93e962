import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pack } from 'tar-stream';
import { defaultJudgeOptions, ingest } from '../../../src/ingest/index.ts';
import { parseZone, zoneResolver } from '../../../src/mail/index.ts';
import { exportsFolder } from '../exports.ts';
import { MemoryStore } from '../memory-store.ts';

const NOW = Date.parse('2026-07-18T15:00:00Z');
/** Several packs, of which the last are still judged in threads when the archive breaks. */
const MESSAGES = 2500;
const WHOLE = 2400;

const letter = (n: number): string =>
  `From: ada@bank.example\r\nTo: ben@contoso.example\r\nSubject: ${n}\r\n\r\n${'words '.repeat(300)}\r\n`;

/** An archive, and where in it each message begins. */
async function tarOf(messages: number): Promise<{ bytes: Buffer; begins: (n: number) => number }> {
  const tar = pack();
  for (let n = 0; n < messages; n++) tar.entry({ name: `${n}.eml` }, letter(n));
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  return { bytes, begins: (n) => bytes.indexOf(Buffer.from(`\0${n}.eml\0`).subarray(1)) };
}

async function take(path: string, store: MemoryStore) {
  const judge = { ...defaultJudgeOptions, acceptedDomains: ['contoso.example'], now: NOW };
  const resolver = zoneResolver(parseZone('bank.example. TXT "v=spf1 -all"\n', 'test.zone'));
  const mail = { judge, rows: { withHeaderForm: false }, resolver, threads: 2 };
  return ingest([path], { store, mail, reject: () => {}, now: () => NOW });
}

test('an archive that breaks in the middle: every message before that comes in, in order, and once', async (t) => {
  const { bytes, begins } = await tarOf(MESSAGES);
  const folder = exportsFolder(t, { 'broken.tar': bytes.subarray(0, begins(WHOLE) + 700), 'mended.tar': bytes });
  const store = new MemoryStore();
  const subjects = () => store.rows('EmailEvents').map(({ Subject }) => Number(Subject));
  const broken = await take(join(folder, 'broken.tar'), store);
  assert.deepEqual(
    broken.failures.map(({ error }) => error.code),
    ['INGEST0006'],
  );
  assert.deepEqual(
    subjects(),
    Array.from({ length: WHOLE }, (_, n) => n),
  );
  const mended = await take(join(folder, 'mended.tar'), store);
  assert.deepEqual(mended.failures, []);
  assert.equal(new Set(subjects()).size, MESSAGES);
});
