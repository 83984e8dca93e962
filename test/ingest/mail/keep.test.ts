import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultJudgeOptions, ingest, type MailOptions } from '../../../src/ingest/index.ts';
import { parseZone, zoneResolver } from '../../../src/mail/index.ts';
import { exportsFolder } from '../exports.ts';
import { MemoryStore } from '../memory-store.ts';

const letter = (n: number): string =>
  `Received: from client.example (client.example [203.0.113.7]) by mx.contoso.example; Sat, 18 Jul 2026 14:08:56 +0000
From: Ada <ada@bank.example>
To: ben@contoso.example
Subject: Letter ${n}
Message-ID: <${n}@bank.example>

Body ${n} \u00e9
`.replaceAll('\n', '\r\n');

const reported = `From: ben@contoso.example
To: soc@contoso.example
Subject: reported
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: message/rfc822

${letter(1000)}
--b--
`.replaceAll(/\r?\n/g, '\r\n');

const mbox = (count: number): string =>
  Array.from({ length: count }, (_, n) => `From a@b Sat Jul 18 13:59:00 2026\r\n${letter(n)}\r\n`).join('');

/** A store and a message box; `order` tells which ids came first into which. */
class Kept extends MemoryStore {
  readonly held = new Map<string, Buffer>();
  keepsLeft = Number.POSITIVE_INFINITY;

  readonly keep: NonNullable<MailOptions['keep']> = async (messages) => {
    if (this.keepsLeft-- <= 0) throw new Error('killed');
    for (const { id, bytes } of messages) this.held.set(id, Buffer.from(bytes));
  };

  /** No row is stored before its message. */
  override async append(batch: Parameters<MemoryStore['append']>[0]): Promise<{ sequence: number }> {
    const place = batch.columns.indexOf('NetworkMessageId');
    for (const row of batch.rows) assert.equal(this.held.has(JSON.parse(row)[place]) || !this.keeping, true);
    return super.append(batch);
  }

  keeping = true;
}

async function take(path: string, store: Kept, batchRows = 16_384) {
  const mail: MailOptions = {
    judge: { ...defaultJudgeOptions, acceptedDomains: ['contoso.example'], now: Date.parse('2026-07-18T15:00:00Z') },
    rows: { withHeaderForm: true },
    resolver: zoneResolver(parseZone('$ORIGIN .\n', 'test.zone')),
    threads: 0,
    nested: true,
    ...(store.keeping && { keep: store.keep }),
  };
  return ingest([path], { store, mail, reject: () => {}, now: Date.now, batchRows });
}

const subjects = (store: Kept): Map<string, unknown> =>
  new Map(store.rows('EmailEvents').map((row) => [String(row.Subject), row.NetworkMessageId]));

test('each message is kept as it came, under the id of its rows, and so are those inside others', async (t) => {
  const folder = exportsFolder(t, { 'a.eml': letter(7), 'b.eml': reported });
  const store = new Kept();
  await take(folder, store);
  const ids = subjects(store);
  assert.deepEqual([...ids.keys()].sort(), ['Letter 1000', 'Letter 7', 'reported']);
  assert.equal(store.held.size, 3);
  assert.equal(store.held.get(String(ids.get('Letter 7')))!.toString(), letter(7));
  assert.equal(store.held.get(String(ids.get('reported')))!.toString(), reported);
  assert.equal(
    store.held
      .get(String(ids.get('Letter 1000')))!
      .toString()
      .trimEnd(),
    letter(1000).trimEnd(),
  );
});

test('a run that is killed and started again keeps every message, before its rows', async (t) => {
  const path = join(exportsFolder(t, { 'inbox.mbox': mbox(60) }), 'inbox.mbox');
  for (const dies of ['append', 'keep'] as const) {
    for (let after = 1; after < 8; after += 2) {
      const store = new Kept();
      if (dies === 'append') store.appendsLeft = after;
      else store.keepsLeft = after;
      await assert.rejects(take(path, store, 20));
      assert.equal(store.held.size < 60 || dies === 'append', true);
      store.appendsLeft = Number.POSITIVE_INFINITY;
      store.keepsLeft = Number.POSITIVE_INFINITY;
      await take(path, store, 20);
      const ids = subjects(store);
      assert.equal(store.rows('EmailEvents').length, 60);
      for (let n = 0; n < 60; n++)
        assert.equal(
          store.held
            .get(String(ids.get(`Letter ${n}`)))
            ?.toString()
            .trimEnd(),
          letter(n).trimEnd(),
        );
    }
  }
});

test('what came in without being kept is kept when it comes again', async (t) => {
  const path = join(exportsFolder(t, { 'inbox.mbox': mbox(5) }), 'inbox.mbox');
  const store = new Kept();
  store.keeping = false;
  await take(path, store);
  assert.equal(store.held.size, 0);
  assert.equal((await take(path, store)).messages.alreadyThere, 5);
  store.keeping = true;
  assert.equal((await take(path, store)).messages.taken, 5);
  assert.equal(store.held.size, 5);
  assert.equal((await take(path, store)).messages.alreadyThere, 5);
});
