import { createPrivateKey, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { MailhuntError } from '../errors/index.ts';
import type { GateHouse, GatewaySetup } from '../gateway/index.ts';
import { ticksFromUnixMs } from '../values/index.ts';
import { aborted } from './aborted.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { judgeOptionsFor } from './mail-settings.ts';
import { openSession } from './store-session.ts';

const NAME = 'gateway';

/** `mailhunt gateway`: the gate before or beside an MTA. */
export const gateway: Command = {
  usage: 'gateway [FILE]',
  summary: 'Judges mail in the SMTP conversation, before an MTA or as its milter, and does what the policy says.',
  help: `  FILE               how it is set up (gateway.yaml); docs/gateway.md shows one for each MTA
`,
  example: 'gateway gateway.yaml',
  options: {},
  positionals: 1,
  run,
};

/** Milliseconds that messages on their way have when the gate stops. */
const GRACE = 30_000;
/** Milliseconds that the store has for the last decisions. */
const DRAIN = 20_000;
/** How far back the store tells who is known. */
const LOOK_BACK_DAYS = 90n;
const TICKS_PER_DAY = 864_000_000_000n;

type Door = typeof import('../gateway/index.ts');

async function run(call: Call): Promise<ExitCode> {
  const [file = 'gateway.yaml'] = call.positionals;
  const content = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new MailhuntError('CLI0001', { text: `${file} cannot be read: ${cause.message}`, command: NAME }, { cause });
  });
  const door = await import('../gateway/index.ts');
  const setup = door.readSetup(content, file, call.store);
  const say = (line: string): void => void call.err.write(`${line}\n`);
  using watch = await door.watchPolicy(setup.policy, {
    now: call.now,
    onChange: ({ name, mode }) => say(`The policy is now “${name}”, ${mode}.`),
    onTrouble: (error) => say(`The policy stays as it was: ${error.message}`),
  });
  const { policy } = watch.inForce();
  const turn = turnOf();
  await using house = await houseOf(call, setup, { inForce: watch.inForce, turn: turn.over, say }, door);
  await using fronts = await frontsOf(call, setup, house, say, door);
  await call.out.write(
    `The gate is open: ${fronts.words}. Policy “${policy.name}”, ${policy.mode}. Ctrl-C stops it.\n`,
  );
  learn(call, house, say).finally(turn.end);
  await aborted(call.signal);
  say('Stopping: messages on their way are brought to their end.');
  await fronts[Symbol.asyncDispose]();
  // What the store does not get now stays in the journal.
  await Promise.race([house.drained(), sleep(DRAIN, undefined, { ref: false })]);
  return 0;
}

/** Who has been seen is asked of the store before it is told of new mail: one process opens it once at a time. */
function turnOf(): { readonly over: Promise<void>; readonly end: () => void } {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}

async function houseOf(
  call: Call,
  setup: GatewaySetup,
  {
    inForce,
    turn,
    say,
  }: {
    readonly inForce: Parameters<Door['openGateHouse']>[0]['inForce'];
    readonly turn: Promise<void>;
    readonly say: (line: string) => void;
  },
  door: Door,
): Promise<GateHouse> {
  const mail = await import('../mail/index.ts');
  const { settings } = call;
  const servers = settings.dns_servers;
  const chosen = servers.length > 0;
  const upstream = mail.systemResolver({ ...(chosen ? { servers } : {}), signal: call.signal });
  const { acceptedDomains, dmarcMode, rsaSha1, composite } = judgeOptionsFor(call, 'verify');
  return door.openGateHouse({
    inForce,
    isDnsAlive: () => mail.isAlive(upstream, { chosen }),
    onTrouble: setup.onTrouble,
    notice: (error) => say(error.message),
    judge: { acceptedDomains, dmarcMode, rsaSha1, relays: settings.trusted_relays, ...(composite && { composite }) },
    stamping: { authservId: setup.hostname, alsoKnownAs: setup.alsoKnownAs, seal: await sealOf(setup) },
    rows: { withHeaderForm: settings.header_form },
    keepMessages: setup.keepMessages,
    resolver: mail.cachingResolver(upstream, { now: () => performance.now() }),
    threads: setup.threads,
    folder: setup.folder,
    run: randomUUID(),
    connect: () => turn.then(() => openSession(call)),
    now: call.now,
  });
}

async function sealOf({ seal }: GatewaySetup) {
  if (seal === undefined) return undefined;
  const { domain, selector, key } = seal;
  try {
    return { domain, selector, key: createPrivateKey(await readFile(key)) };
  } catch (cause) {
    const text = `the key ${key} of the seal cannot be used: ${(cause as Error).message}`;
    throw new MailhuntError('CLI0001', { text, command: NAME }, { cause });
  }
}

/** Where mail comes in. */
async function frontsOf(call: Call, setup: GatewaySetup, { gate }: GateHouse, say: (line: string) => void, door: Door) {
  const parts: { readonly words: string; readonly stop: () => Promise<void> }[] = [];
  let stopping: Promise<unknown> | undefined;
  const stop = async (): Promise<void> => {
    stopping ??= Promise.all(parts.map((part) => part.stop()));
    await stopping;
  };
  try {
    if (setup.smtp !== undefined) parts.push(await proxyOf(call, setup, setup.smtp, gate, say, door));
    if (setup.milter !== undefined) {
      const milter = await door.startMilter({ gate, address: setup.milter, now: call.now, log: (line) => say(line) });
      parts.push({ words: `milter at ${door.printAddress(milter.address)}`, stop: () => milter.stop() });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { words: parts.map(({ words }) => words).join(', '), [Symbol.asyncDispose]: stop };
}

async function proxyOf(
  call: Call,
  { hostname }: GatewaySetup,
  { listen, nextHop, certificate, networks }: NonNullable<GatewaySetup['smtp']>,
  gate: GateHouse['gate'],
  say: (line: string) => void,
  door: Door,
) {
  const { addressSet } = await import('../mail/index.ts');
  const proxy = await door.startProxy({
    gate,
    target: nextHop,
    hopTimeouts: door.hopTimeouts,
    acceptedDomains: judgeOptionsFor(call, 'verify').acceptedDomains,
    now: call.now,
    traceId: () => randomBytes(9).toString('base64url').replace(/\W/g, '-'),
    listen,
    hostname,
    limits: door.smtpLimits,
    timeouts: door.smtpTimeouts,
    networks: {
      balancers: addressSet(networks.balancers),
      attributes: addressSet(networks.attributes),
      relay: addressSet(networks.relay),
      normalise: addressSet(networks.normalise),
    },
    ...(certificate && { certificate }),
    report: ({ about, ip, text }) => say(`${about}${ip === '' ? '' : ` (${ip})`}: ${text}`),
  });
  const at = 'path' in listen ? listen.path : `${listen.host}:${proxy.port}`;
  return { words: `SMTP at ${at}`, stop: () => proxy.stop(GRACE) };
}

/** Who has been seen comes out of the store; the gate works meanwhile, and without it. */
function learn(call: Call, house: GateHouse, say: (line: string) => void): Promise<void> {
  const now = ticksFromUnixMs(call.now());
  const seed = async (): Promise<void> => {
    await using store = await openSession(call);
    await house.seed({ store, now, from: now - LOOK_BACK_DAYS * TICKS_PER_DAY, signal: call.signal });
  };
  return seed().then(
    () => say('Who has been seen is known from the store.'),
    (error: Error) => {
      if (!call.signal.aborted) say(`Who has been seen is not known: ${error.message}`);
    },
  );
}
