import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { MailhuntError } from '../../errors/index.ts';
import type { Gate } from '../gate.ts';
import { Memory } from '../memory.ts';
import { listenOnFile } from '../socket-file.ts';
import { type MilterAddress, printAddress } from './address.ts';
import { type Connection, serveConnection } from './connection.ts';
import { defaultMilterLimits, type MilterLimits } from './limits.ts';
import type { MilterLog } from './log.ts';

/** What a milter is started with. */
export interface MilterOptions {
  readonly gate: Gate;
  readonly address: MilterAddress;
  /** Of the socket file. @default 0o660: the owner and the group, which is that of a folder with the setgid bit */
  readonly mode?: number;
  /** @default {@link defaultMilterLimits} */
  readonly limits?: Partial<MilterLimits>;
  /** A message larger than the limits: refused with 552, or passed on without a look at it. @default 'refuse' */
  readonly oversize?: 'refuse' | 'accept';
  /** Whose mail is the administrator's own, as that of clients that logged in. @default loopback */
  readonly isOwn?: (ip: string) => boolean;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  readonly log: MilterLog;
}

/** A milter that listens. */
export interface Milter extends AsyncDisposable {
  /** With the port that was taken where 0 was asked for. */
  readonly address: MilterAddress;
  /** That MTAs have open. */
  readonly connections: number;
  /** Takes no new message, lets those under way come to their end, then cuts what is left; removes the socket file. */
  stop(): Promise<void>;
}

const isLoopback = (ip: string): boolean => ip.startsWith('127.') || ip === '::1';

/**
 * Starts a milter: MTAs bring their messages to it, and it asks the gate what to say.
 *
 * @throws MailhuntError GATE0021 where it cannot listen
 * @example
 * const milter = await startMilter({ gate, log, address: readMilterAddress('inet:8892@127.0.0.1') });
 * // in Postfix: smtpd_milters = inet:127.0.0.1:8892
 */
export async function startMilter(options: MilterOptions): Promise<Milter> {
  const { gate, log, oversize = 'refuse', isOwn = isLoopback, now = Date.now } = options;
  const limits = { ...defaultMilterLimits, ...options.limits };
  const means = { gate, log, oversize, isOwn, now, limits, memory: new Memory(limits.heldBytes) };
  const connections = new Set<Connection>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = serveConnection(socket, means);
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  server.maxConnections = limits.connections;
  server.on('drop', () => {
    log(`a connection is refused: ${limits.connections} are open`, { level: 'warning', event: 'milter-full' });
  });
  const address = await listen(server, options.address, options.mode ?? 0o660);
  server.on('error', (error) => log(`the milter: ${error.message}`, { level: 'error', event: 'milter-defect' }));
  const stop = (): Promise<void> => drain(server, connections, limits.grace);
  return {
    address,
    get connections() {
      return connections.size;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function listen(server: Server, address: MilterAddress, mode: number): Promise<MilterAddress> {
  try {
    if (address.kind === 'unix') await listenOnFile(server, address.path, mode);
    else await once(server.listen(address.port, address.host), 'listening');
  } catch (error) {
    const { message: text } = error as Error;
    server.close();
    throw new MailhuntError('GATE0021', { address: printAddress(address), text }, { cause: error });
  }
  return address.kind === 'unix' ? address : { ...address, port: (server.address() as AddressInfo).port };
}

async function drain(server: Server, connections: ReadonlySet<Connection>, grace: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  for (const connection of connections) connection.stop();
  const cut = setTimeout(() => {
    for (const connection of connections) connection.cut();
  }, grace);
  await closed;
  clearTimeout(cut);
}
