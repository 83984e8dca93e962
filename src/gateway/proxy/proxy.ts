import type { Gate } from '../gate.ts';
import {
  type HopTarget,
  type HopTimeouts,
  NextHop,
  type Notice,
  type SmtpServerOptions,
  startSmtpServer,
} from '../smtp/index.ts';
import { Conversation } from './conversation.ts';
import { acceptedDomains } from './relay.ts';
import { SilentClients } from './silent-clients.ts';

export interface ProxyOptions extends Omit<SmtpServerOptions, 'open'> {
  readonly gate: Gate;
  readonly target: HopTarget;
  readonly hopTimeouts: HopTimeouts;
  /** Domains to which anybody may send; not those below them. */
  readonly acceptedDomains: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Names a message in its `Received`; left out, the gate leaves no trace: for a filter between two servers of one host. */
  readonly traceId?: () => string;
}

export interface SmtpProxy {
  readonly port: number;
  /** That clients have open. */
  readonly connections: number;
  /** Reads the certificate anew. */
  reload(): Promise<void>;
  /** Ends in good order; messages on their way have so many milliseconds. */
  stop(grace: number): Promise<void>;
}

/**
 * The gate as an SMTP server before another one. Throws GATE0030 for a certificate that is none, GATE0031 where it cannot
 * listen; a next hop that is away is no reason not to start.
 */
export async function startProxy(options: ProxyOptions): Promise<SmtpProxy> {
  const { gate, target, hostname, limits, timeouts, now, traceId } = options;
  const report = (notice: Notice) => options.report({ ...notice, text: printable(notice.text) });
  const nextHop = new NextHop({ target, timeouts: options.hopTimeouts, hostname });
  const accepted = acceptedDomains(options.acceptedDomains);
  const silentClients = new SilentClients({ silence: timeouts.silence, perClient: limits.silent });
  const open = () =>
    new Conversation({
      gate,
      nextHop,
      silentClients,
      accepted,
      timeouts,
      now,
      report,
      ...(traceId && { trace: { by: hostname, id: traceId } }),
    });
  const server = await startSmtpServer({ ...options, report, open });
  return {
    port: server.port,
    get connections() {
      return server.connections;
    },
    reload: () => server.reload(),
    stop: async (grace) => {
      await server.stop(grace);
      nextHop.close();
    },
  };
}

/** Next hops and clients have a part in what is told: nothing of theirs steers a terminal. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e\n]/g, '?');
