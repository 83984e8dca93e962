import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { MailhuntError } from '../../errors/index.ts';
import { ipAddressOf } from '../../mail/index.ts';
import { Memory } from '../memory.ts';
import { listenOnFile } from '../socket-file.ts';
import { answers, wireOf } from './answer.ts';
import { Certificate, type CertificatePaths } from './certificate.ts';
import type { MailHandler } from './handler.ts';
import type { SmtpLimits, SmtpTimeouts } from './limits.ts';
import type { ListenAddress, Notice, ServerState, SmtpNetworks } from './server-state.ts';
import { Session } from './session.ts';
import { Visitors } from './visitors.ts';

export interface SmtpServerOptions {
  readonly listen: ListenAddress;
  /** What it calls itself. */
  readonly hostname: string;
  readonly limits: SmtpLimits;
  readonly timeouts: SmtpTimeouts;
  readonly networks: SmtpNetworks;
  /** STARTTLS is offered where there is one. */
  readonly certificate?: CertificatePaths;
  /** For one connection. */
  readonly open: () => MailHandler;
  readonly report: (notice: Notice) => void;
}

export interface SmtpServer {
  /** 0 for a socket file. */
  readonly port: number;
  /** That are open. */
  readonly connections: number;
  /** Reads the certificate anew, whether its files changed or not; one that cannot be used is told, and the old one stays. */
  reload(): Promise<void>;
  /**
   * Ends in good order: no new connections, no new messages; those on their way have so many milliseconds, then their
   * connections are cut.
   */
  stop(grace: number): Promise<void>;
}

/** Starts a server. Throws GATE0031 where it cannot listen, GATE0030 where its certificate is none. */
export async function startSmtpServer(options: SmtpServerOptions): Promise<SmtpServer> {
  const { limits, report } = options;
  const certificate =
    options.certificate &&
    (await Certificate.read(options.certificate, (error) =>
      report({ about: 'certificate', ip: '', text: error.message }),
    ));
  const sessions = new Map<Session, Promise<void>>();
  const state: ServerState & { isStopping: boolean } = {
    ...options,
    certificate,
    memory: new Memory(limits.memory),
    visitors: new Visitors(),
    isStopping: false,
    isStressed: () => sessions.size > limits.connections * limits.stress,
  };
  const accept = (socket: Socket) => {
    if (sessions.size >= limits.connections) return turnAway(socket, report);
    const session = new Session(socket, state);
    sessions.set(
      session,
      session.run().finally(() => sessions.delete(session)),
    );
  };
  const server = createServer({ allowHalfOpen: true }, accept);
  await listen(server, options.listen);
  // A connection that cannot be taken (no file descriptor, no memory) is no reason to end.
  server.on('error', ({ message: text }) => report({ about: 'defect', ip: '', text }));
  return {
    port: portOf(server),
    get connections() {
      return sessions.size;
    },
    reload: async () => certificate?.reload(),
    stop: (grace) => stop(server, state, sessions, grace),
  };
}

/** There is no room: told in one line, without waiting. */
function turnAway(socket: Socket, report: (notice: Notice) => void): void {
  const ip = ipAddressOf(socket.remoteAddress ?? '') ?? '';
  report({ about: 'refusal', ip, text: 'too many connections', stage: 'connection', code: answers.tooMany.code });
  socket.on('error', () => {}).end(wireOf(answers.tooMany), () => socket.destroy());
}

/** Of a socket file: the owner and the group, as a milter's. */
const MODE = 0o660;

async function listen(server: Server, address: ListenAddress): Promise<void> {
  try {
    if ('path' in address) await listenOnFile(server, address.path, MODE);
    else await once(server.listen(address), 'listening');
  } catch (cause) {
    const where = 'path' in address ? address.path : `${address.host}:${address.port}`;
    throw new MailhuntError('GATE0031', { address: where, text: (cause as Error).message }, { cause });
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
}

async function stop(
  server: Server,
  state: { isStopping: boolean },
  sessions: ReadonlyMap<Session, Promise<void>>,
  grace: number,
): Promise<void> {
  state.isStopping = true;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const session of sessions.keys()) session.stop();
  const cut = setTimeout(() => {
    for (const session of sessions.keys()) session.destroy();
  }, grace);
  await Promise.all(sessions.values());
  clearTimeout(cut);
  await closed;
}
