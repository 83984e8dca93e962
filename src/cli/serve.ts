import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import type { Store } from '../store/index.ts';
import { TICKS_PER_DAY, ticksFromUnixMs } from '../values/index.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { fillDemo } from './demo.ts';
import { version } from './version.ts';

/** `mailhunt serve`: owns the store and answers over HTTP. */
export const serve: Command = {
  usage: 'serve [--port 8719] [--host 127.0.0.1] [--demo]',
  summary: "Serves the store over HTTP, with Kusto's protocol; other commands go through it while it runs.",
  help: `  --port N           the port (default 8719); 0 takes any free one
  --host ADDRESS     the address to listen on (default 127.0.0.1); another lets the network in
  --demo             fills an empty store with the demo tenant (its own folder unless --store names one)
`,
  example: 'serve --port 8719 --demo',
  options: { port: { type: 'string' }, host: { type: 'string' }, demo: { type: 'boolean' } },
  positionals: 0,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { settings, err, signal } = call;
  const port = portOf(call);
  const host = typeof call.values.host === 'string' ? call.values.host : settings.host;
  const demo = call.values.demo === true || settings.demo;
  // Made-up mail never lands among real mail by default.
  const path = call.values.demo === true && !call.storeGiven ? join(homedir(), '.mailhunt', 'demo') : call.store;
  const [{ openStore }, server, { openSurroundings }] = await Promise.all([
    import('../store/index.ts'),
    import('../server/index.ts'),
    import('../surroundings/index.ts'),
  ]);
  const lender = await openSurroundings(path, settings, undefined, call.now);
  const token = randomBytes(32).toString('base64url');
  await using store = await openStore(path, {
    now: call.now,
    memory: settings.memory,
    spill: settings.spill,
    token,
    ...(lender.placeOf && { placeOf: lender.placeOf }),
  });
  for (const notice of store.notices) await err.write(`${notice.message}\n`);
  await using compiler = server.compilerInThread();
  const log = (line: string): void => void err.write(`${line}\n`);
  const running = await server.serve({
    store,
    host,
    port,
    now: call.now,
    log,
    version: version(),
    token,
    lender,
    run: compiler.run,
  });
  try {
    await store.publish(running.address);
    await call.out.write(welcome(running.address, path, call.storeGiven || demo));
    const retention = keepRetention(store, settings.retention_days, call.now, log);
    const filling = demo ? fillDemo(store, call) : Promise.resolve();
    await Promise.all([filling, aborted(signal)]);
    clearInterval(retention);
  } finally {
    await running.close();
  }
  await err.write('Stopped.\n');
  return 0;
}

function portOf({ values, settings }: Call): number {
  if (values.port === undefined) return settings.port;
  const port = Number(values.port);
  if (/^\d+$/.test(String(values.port)) && port <= 65_535) return port;
  throw new MailhuntError('CLI0001', { text: `--port ${values.port} is no port`, command: 'serve' });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const welcome = (address: string, path: string, named: boolean): string => {
  const store = named ? ` --store ${path}` : '';
  return `mailhunt answers on ${address} (store ${path}; Ctrl-C stops it)

Three things to try, in another terminal:
  npx mailhunt tables${store}
  npx mailhunt query${store} -e 'EmailEvents | where AuthenticationDetails has "dmarc=fail" | summarize count() by SenderFromDomain | top 5 by count_'
  npx mailhunt query${store} -e 'EmailEvents | make-series Mails=count() on Timestamp from ago(30d) to now() step 1d | render timechart'

`;
};

/** Removes what is too old, now and once a day. */
function keepRetention(store: Store, days: number, now: () => number, log: (line: string) => void) {
  const clean = (): void => {
    if (days === 0) return;
    const limit = ticksFromUnixMs(now()) - BigInt(days) * TICKS_PER_DAY;
    store.retain(limit).then(
      (rows) => rows > 0 && log(`retention: ${rows} rows older than ${days} days removed`),
      (error: Error) => log(`retention failed: ${error.message}`),
    );
  };
  clean();
  return setInterval(clean, 24 * 60 * 60 * 1000);
}
