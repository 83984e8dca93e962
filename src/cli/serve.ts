import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { gateFolder } from '../settings/index.ts';
import type { Store } from '../store/index.ts';
import type { Log } from '../telemetry/index.ts';
import { TICKS_PER_DAY, ticksFromUnixMs } from '../values/index.ts';
import { aborted } from './aborted.ts';
import { choiceIn } from './account.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { fillDemo } from './demo.ts';
import { judgeOptionsFor, resolverFor } from './mail-settings.ts';
import { keepRenewing, tlsPairFor } from './serve-tls.ts';
import { version } from './version.ts';

/** `mailhunt serve`: owns the store and answers over HTTP. */
export const serve: Command = {
  usage: 'serve [--port 8719] [--host 127.0.0.1] [--tls] [--demo]',
  summary: "Serves the store over HTTP, with Kusto's protocol; other commands go through it while it runs.",
  help: `  --port N           the port (default 8719); 0 takes any free one
  --host ADDRESS     the address to listen on (default 127.0.0.1); another lets the network in, which needs users
                     (mailhunt users add) and --tls or --behind-proxy; docs/access.md says more
  --tls              speaks HTTPS, with a certificate that is made and kept in the store's folder
  --tls-cert FILE    speaks HTTPS with this certificate (PEM, with those between it and its root) …
  --tls-key FILE     … and its key
  --behind-proxy URL a proxy stands before the server and encrypts; people call it by this address
  --proxy-address A  where the proxy connects from (default: this machine)
  --log FORM         plain (default), or json: lines of JSON, one for each request, too
  --demo             fills an empty store with the demo tenant (its own folder unless --store names one)
`,
  example: 'serve --port 8719 --demo',
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    demo: { type: 'boolean' },
    tls: { type: 'boolean' },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    'behind-proxy': { type: 'string' },
    'proxy-address': { type: 'string' },
    log: { type: 'string' },
  },
  positionals: 0,
  run,
};

/** Milliseconds: a gate that fills the store while no server runs lets go of it every few seconds. */
const PATIENCE = 30_000;

async function run(call: Call): Promise<ExitCode> {
  const { settings, err, signal } = call;
  const port = portOf(call);
  const host = typeof call.values.host === 'string' ? call.values.host : settings.host;
  const proxy = proxyOf(call);
  const logForm = choiceIn(call, { option: 'log', choices: ['plain', 'json'], command: 'serve' });
  const demo = call.values.demo === true || settings.demo;
  // Made-up mail never lands among real mail by default.
  const path = call.values.demo === true && !call.storeGiven ? join(homedir(), '.mailhunt', 'demo') : call.store;
  const [{ openStore }, server, { openSurroundings }, { judgedBy }, { jsonLog }] = await Promise.all([
    import('../store/index.ts'),
    import('../server/index.ts'),
    import('../surroundings/index.ts'),
    import('../investigate/index.ts'),
    import('../telemetry/index.ts'),
  ]);
  const lender = await openSurroundings(path, settings, undefined, call.now);
  const token = randomBytes(32).toString('base64url');
  await using store = await openStore(path, {
    now: call.now,
    memory: settings.memory,
    spill: settings.spill,
    token,
    patience: PATIENCE,
    ...(lender.placeOf && { placeOf: lender.placeOf }),
  });
  for (const notice of store.notices) await err.write(`${notice.message}\n`);
  await using compiler = server.compilerInThread();
  const print = (line: string): void => void err.write(`${line}\n`);
  const log: Log = logForm === 'json' ? jsonLog(print, Date.now) : (line) => print(line);
  const findTls = () => tlsPairFor(call, path, host);
  const tls = await findTls();
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
    check: compiler.check,
    format: compiler.format,
    logRequests: logForm === 'json',
    gateFolder: gateFolder(path, settings),
    ...(tls && { tls }),
    ...(proxy && { proxy }),
    judging: {
      resolver: await resolverFor(call, 'serve'),
      options: judgeOptionsFor(call, 'auto'),
      weighing: judgedBy(settings),
    },
  });
  try {
    using _ = tls && keepRenewing(running, findTls);
    await store.publish(running.address);
    // Microsoft's parser takes a second or two to be ready: the first visitor need not wait for it.
    compiler
      .check('print 1', { catalog: store.catalog(), now: ticksFromUnixMs(call.now()), engine: store.engine })
      .catch((error: Error) => signal.aborted || log(`the compiler could not be made ready: ${error.message}`));
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

/** The proxy that `--behind-proxy` names. */
function proxyOf({ values }: Call): { readonly origin: string; readonly address?: string } | undefined {
  const { 'behind-proxy': said, 'proxy-address': address } = values;
  if (said === undefined) return undefined;
  const url = URL.parse(String(said));
  const isOrigin = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
  if (url && isOrigin) return { origin: url.origin, ...(address !== undefined && { address: String(address) }) };
  const text = `--behind-proxy ${said} is no address such as https://hunt.example.com`;
  throw new MailhuntError('CLI0001', { text, command: 'serve' });
}

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
