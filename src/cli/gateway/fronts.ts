import { randomBytes } from 'node:crypto';
import {
  type CountedFront,
  type Gate,
  type GateNumbers,
  type GatewaySetup,
  type MilterSetup,
  printAddress,
  type SmtpSetup,
  startMilter,
  startProxy,
  traceIdOf,
} from '../../gateway/index.ts';
import { addressSet } from '../../mail/index.ts';
import type { Call } from '../command.ts';
import { judgeOptionsFor } from '../mail-settings.ts';
import type { Logbook } from './logbook.ts';
import { hopOf } from './secrets.ts';

/** What fronts need beside their setup. */
export interface FrontMeans {
  readonly gate: Gate;
  readonly logbook: Logbook;
  readonly numbers: GateNumbers | undefined;
}

/** Where mail comes in. */
export interface Fronts extends AsyncDisposable {
  /** Where, for a person. */
  readonly words: string;
  readonly counted: readonly CountedFront[];
  /** Reads certificates anew. */
  reload(): Promise<void>;
}

interface Front extends CountedFront {
  readonly words: string;
  readonly reload: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Opens the doors of a setup: all of them, or none. Disposed of, they let messages on their way come to their end. */
export async function openFronts(call: Call, setup: GatewaySetup, means: FrontMeans): Promise<Fronts> {
  const fronts: Front[] = [];
  let stopping: Promise<unknown> | undefined;
  const stop = async (): Promise<void> => {
    stopping ??= Promise.all(fronts.map((front) => front.stop()));
    await stopping;
  };
  try {
    if (setup.smtp !== undefined) fronts.push(await smtpFront(call, { ...setup, smtp: setup.smtp }, means));
    if (setup.milter !== undefined) fronts.push(await milterFront(call, { ...setup, milter: setup.milter }, means));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    words: fronts.map(({ words }) => words).join(', '),
    counted: fronts,
    reload: async () => {
      await Promise.all(fronts.map((front) => front.reload()));
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function smtpFront(
  call: Call,
  { hostname, grace, smtp }: GatewaySetup & { readonly smtp: SmtpSetup },
  { gate, logbook, numbers }: FrontMeans,
): Promise<Front> {
  const { listen, nextHop, certificate, networks, limits, timeouts } = smtp;
  const { target, timeouts: hopTimeouts } = await hopOf(nextHop);
  const proxy = await startProxy({
    gate,
    target,
    hopTimeouts,
    acceptedDomains: judgeOptionsFor(call, 'verify').acceptedDomains,
    now: call.now,
    traceId: () => traceIdOf(randomBytes(9).toString('base64url')),
    listen,
    hostname,
    limits,
    timeouts,
    networks: {
      balancers: addressSet(networks.balancers),
      attributes: addressSet(networks.attributes),
      relay: addressSet(networks.relay),
      own: addressSet(networks.own),
      normalise: addressSet(networks.normalise),
    },
    ...(certificate && { certificate }),
    report: (notice) => {
      numbers?.notice(notice);
      logbook.notice(notice);
    },
  });
  return {
    name: 'smtp',
    words: `SMTP at ${'path' in listen ? listen.path : `${listen.host}:${proxy.port}`}`,
    connections: () => proxy.connections,
    reload: () => proxy.reload(),
    stop: () => proxy.stop(grace),
  };
}

async function milterFront(
  call: Call,
  { grace, milter: { listen, mode, own, oversize, limits } }: GatewaySetup & { readonly milter: MilterSetup },
  { gate, logbook }: FrontMeans,
): Promise<Front> {
  const ownNetworks = addressSet(own);
  const milter = await startMilter({
    gate,
    address: listen,
    mode,
    isOwn: (ip) => ownNetworks.has(ip),
    oversize,
    limits: { ...limits, grace },
    now: call.now,
    log: (line, facts) => {
      // A message that the gate has seen has a line of its own.
      if (facts.event !== 'milter-message' || facts.level !== 'info') logbook.say(line, facts);
    },
  });
  return {
    name: 'milter',
    words: `milter at ${printAddress(milter.address)}`,
    connections: () => milter.connections,
    reload: async () => {},
    stop: () => milter.stop(),
  };
}
