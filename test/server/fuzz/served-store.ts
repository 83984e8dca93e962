import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compilerInThread, type Server, serve } from '../../../src/server/index.ts';
import { defaultSettings } from '../../../src/settings/index.ts';
import { openStore, type Store } from '../../../src/store/index.ts';
import { openSurroundings } from '../../../src/surroundings/index.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { NOW } from '../rig.ts';

/** A server over a real store in a folder of its own, with two messages in it. */
export interface ServedStore extends AsyncDisposable {
  readonly server: Server;
  readonly store: Store;
  readonly log: string[];
}

const source = `From: "Ada" <ada@contoso.com>\r\nTo: bob@fabrikam.com\r\nSubject: invoice\r\nMessage-ID: <1@contoso.com>\r
Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p onclick=x>hello</p>\r
--b\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nx\r\n--b--\r\n`;

export async function servedStore(): Promise<ServedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-fuzz-'));
  const lender = await openSurroundings(folder, defaultSettings);
  const store = await openStore(folder, { now: () => NOW, memory: '1GB' });
  const when = String(ticksFromUnixMs(NOW - 3_600_000));
  await store.append({
    table: 'EmailEvents',
    columns: ['Timestamp', 'NetworkMessageId', 'Subject', 'SenderFromAddress', 'RecipientEmailAddress'],
    rows: ['m-1', 'm-2'].map((id) => `[${when},"${id}","invoice","ada@contoso.com","bob@fabrikam.com"]`),
  });
  await store.messages.keep([{ id: 'm-1', bytes: Buffer.from(source) }]);
  await store.flush();
  const compiler = compilerInThread();
  const log: string[] = [];
  const server = await serve({
    store,
    host: '127.0.0.1',
    port: 0,
    now: () => NOW,
    log: (line) => log.push(line),
    lender,
    run: compiler.run,
    check: compiler.check,
    settings: { grace: 2_000 },
  });
  const dispose = async (): Promise<void> => {
    await server.close();
    await compiler[Symbol.asyncDispose]();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, store, log, [Symbol.asyncDispose]: dispose };
}
