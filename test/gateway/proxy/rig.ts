import type { Gate, Offered, Ruling } from '../../../src/gateway/gate.ts';
import { type ProxyOptions, type SmtpProxy, startProxy } from '../../../src/gateway/proxy/index.ts';
import { hopTimeouts, type Notice, smtpLimits, smtpTimeouts } from '../../../src/gateway/smtp/index.ts';
import { addressSet } from '../../../src/mail/index.ts';
import type { Reply } from '../../../src/policy/index.ts';
import { Client } from './client.ts';
import { type Sink, type SinkOptions, startSink } from './sink.ts';

/** 2026-07-18T12:00:00Z. */
export const NOW = Date.UTC(2026, 6, 18, 12);

/** A gate that does as it is told. */
export interface MadeUpGate extends Gate {
  readonly offered: Offered[];
  readonly recorded: Reply[];
}

const decision = { action: { kind: 'Deliver' }, changes: [], rule: undefined, trace: [] } as const;
export const noEdits = { remove: [], insert: [], body: undefined } as const;

export function madeUpGate(
  rules: (offered: Offered, signal: AbortSignal) => Partial<Ruling> | Promise<Partial<Ruling>> = () => ({}),
): MadeUpGate {
  const gate: MadeUpGate = {
    offered: [],
    recorded: [],
    rule: async (offered, signal) => {
      gate.offered.push(offered);
      const record = async (answer: Reply) => void gate.recorded.push(answer);
      const ruling = await rules(offered, signal);
      return { decision, course: 'handOn', reply: undefined, edits: noEdits, record, ...ruling };
    },
    recipientClass: (address) => (address.startsWith('vip') ? 'vip' : 'others'),
  };
  return gate;
}

export interface Rig {
  readonly proxy: SmtpProxy;
  readonly sink: Sink;
  readonly gate: MadeUpGate;
  readonly notices: Notice[];
  /** Connected and greeted. */
  client(localAddress?: string): Promise<Client>;
  stop(): Promise<void>;
}

export interface RigOptions {
  readonly gate?: MadeUpGate;
  readonly sink?: SinkOptions;
  readonly proxy?: Partial<ProxyOptions>;
  readonly limits?: Partial<ProxyOptions['limits']>;
  readonly timeouts?: Partial<ProxyOptions['timeouts']>;
  readonly hopTimeouts?: Partial<ProxyOptions['hopTimeouts']>;
  readonly target?: Partial<ProxyOptions['target']>;
  readonly networks?: { readonly [K in keyof ProxyOptions['networks']]?: readonly string[] };
}

/** A proxy that takes mail for example.com from anybody, before a sink. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const sink = await startSink(options.sink);
  const gate = options.gate ?? madeUpGate();
  const notices: Notice[] = [];
  const networks = options.networks ?? {};
  const proxy = await startProxy({
    listen: { host: '127.0.0.1', port: 0 },
    hostname: 'gate.example.com',
    gate,
    acceptedDomains: ['example.com'],
    now: () => NOW,
    report: (notice) => notices.push(notice),
    limits: { ...smtpLimits, ...options.limits },
    timeouts: { ...smtpTimeouts, farewell: 200, ...options.timeouts },
    hopTimeouts: { ...hopTimeouts, ...options.hopTimeouts },
    target: { address: { host: '127.0.0.1', port: sink.port }, tls: 'none', tells: 'none', ...options.target },
    networks: {
      balancers: addressSet(networks.balancers ?? []),
      attributes: addressSet(networks.attributes ?? []),
      relay: addressSet(networks.relay ?? []),
      own: addressSet(networks.own ?? []),
      normalise: addressSet(networks.normalise ?? []),
    },
    ...options.proxy,
  }).catch(async (error: unknown) => {
    await sink.close();
    throw error;
  });
  const clients: Client[] = [];
  return {
    proxy,
    sink,
    gate,
    notices,
    client: async (localAddress) => {
      const client = await Client.to(proxy.port, localAddress);
      clients.push(client);
      await client.answer();
      return client;
    },
    stop: async () => {
      for (const client of clients) client.close();
      await proxy.stop(1_000);
      await sink.close();
    },
  };
}
