import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultJudgeOptions, judge, messageRows } from '../../../../src/ingest/index.ts';
import { parseZone, zoneResolver } from '../../../../src/mail/index.ts';
import { type ServeOptions, type Server, serve } from '../../../../src/server/index.ts';
import { openStore, type Store } from '../../../../src/store/index.ts';
import { ticksFromUnixMs } from '../../../../src/values/index.ts';
import { NOW, type Sent, send } from '../../rig.ts';

/** A server over a real store in a folder of its own. */
export interface MessagesRig extends AsyncDisposable {
  readonly server: Server;
  readonly store: Store;
  get(path: string): Promise<Sent>;
  /** Opens a file as the page does. */
  open(source: string | Buffer): Promise<Sent>;
  /** Takes mail in as ingest --keep does; the ids. */
  ingest(...sources: readonly string[]): Promise<readonly string[]>;
}

/** DNS of the tests: contoso.com asks for p=reject and sends from 192.0.2.10. */
export const zone = zoneResolver(
  parseZone(
    `contoso.com. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"
_dmarc.contoso.com. 300 IN TXT "v=DMARC1; p=reject"
evil.example. 300 IN TXT "v=spf1 ip4:203.0.113.9 -all"
`,
    'test.zone',
  ),
);

const judging = {
  resolver: zone,
  options: { ...defaultJudgeOptions, trusted: ['mx.fabrikam.com'], acceptedDomains: ['fabrikam.com'] },
};

export async function messagesRig(options: Partial<ServeOptions> = {}): Promise<MessagesRig> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-messages-'));
  const store = await openStore(folder, { now: () => NOW, memory: '1GB' });
  const server = await serve({
    store,
    host: '127.0.0.1',
    port: 0,
    now: () => NOW,
    log: () => {},
    judging,
    ...options,
  });
  const me = await send(server.address, '/api/v1/me');
  const post = (path: string, type: string, body: string | Buffer) =>
    send(server.address, path, {
      method: 'POST',
      headers: { 'Content-Type': type, 'X-CSRF-Token': me.json.csrf ?? '' },
      body,
    });
  return {
    server,
    store,
    get: (path) => send(server.address, path),
    open: (source) => post('/api/v1/messages/open', 'message/rfc822', source),
    ingest: async (...sources) => {
      const ids: string[] = [];
      for (const source of sources) {
        const bytes = Buffer.from(source);
        const judged = await judge({ bytes, place: 'test', position: 0 }, { ...judging.options, now: NOW }, zone);
        for (const batch of messageRows(judged, { withHeaderForm: true })) await store.append(batch);
        await store.messages.keep([{ id: judged.networkMessageId, bytes }]);
        ids.push(judged.networkMessageId);
      }
      await store.flush();
      return ids;
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rows of EmailEvents as arrays: minutes before now, id, recipient, and more columns by name. */
export async function events(
  store: Store,
  rows: readonly (readonly [minutes: number, id: string, recipient: string, more?: Readonly<Record<string, string>>])[],
): Promise<void> {
  const extra = [...new Set(rows.flatMap(([, , , more = {}]) => Object.keys(more)))];
  await store.append({
    table: 'EmailEvents',
    columns: ['Timestamp', 'NetworkMessageId', 'RecipientEmailAddress', ...extra],
    rows: rows.map(
      ([minutes, id, recipient, more = {}]) =>
        `[${ticksFromUnixMs(NOW - minutes * 60_000)},${[id, recipient, ...extra.map((name) => more[name] ?? '')].map((cell) => JSON.stringify(cell)).join(',')}]`,
    ),
  });
  await store.flush();
}

/** A message from evil.example in the name of contoso.com. */
export const spoof = (subject: string, body = '<p>Please pay</p>', type = 'text/html'): string =>
  [
    'Received: from mail.evil.example (mail.evil.example [203.0.113.9]) by mx.fabrikam.com with ESMTP (envelope-from <bounce@evil.example>); Fri, 17 Jul 2026 10:00:01 +0000',
    'Return-Path: <bounce@evil.example>',
    'From: "Anna Baker" <anna@contoso.com>',
    'To: bob@fabrikam.com',
    `Subject: ${subject}`,
    'Date: Fri, 17 Jul 2026 09:59:00 +0000',
    `Message-ID: <${Buffer.from(subject).toString('hex').slice(0, 20)}@evil.example>`,
    'MIME-Version: 1.0',
    `Content-Type: ${type}; charset=utf-8`,
    '',
    body,
    '',
  ].join('\r\n');
