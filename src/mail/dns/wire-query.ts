import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { DnsAnswer, DnsFailure, RecordType } from './resolver.ts';
import { decodeAnswer, encodeQuestion, type WireQuestion } from './wire-message.ts';

export interface WireOptions {
  /** As `dns.getServers()` gives them. */
  readonly servers: readonly string[];
  readonly timeoutMs: number;
  readonly tries: number;
  readonly signal?: AbortSignal | undefined;
}

interface Server {
  readonly host: string;
  readonly port: number;
}

type Said = ReturnType<typeof decodeAnswer>;

/** Tells how one exchange ended; only the first word counts. */
type End = (said: NonNullable<Said>) => void;

/**
 * Asks one question without c-ares: over UDP, over TCP where the answer was cut. Each server is tried in turn, `tries`
 * times, until one answers; a try waits `timeoutMs`.
 */
export async function wireQuery(name: string, type: RecordType, options: WireOptions): Promise<DnsAnswer<RecordType>> {
  let last: DnsAnswer<never> = failed('unreachable');
  for (let left = options.tries; left > 0; left--) {
    for (const server of options.servers.map(serverOf)) {
      const question: WireQuestion = { id: randomInt(0x10000), name, type };
      const overUdp = await exchange(question, server, options, askUdp);
      const said = overUdp === 'truncated' ? await exchange(question, server, options, askTcp) : overUdp;
      if (said === 'truncated') return failed('malformed');
      if (said.status !== 'failed' || options.signal?.aborted) return said;
      last = said;
      if (said.failure !== 'timeout' && said.failure !== 'unreachable') return said;
    }
  }
  return last;
}

const failed = (failure: DnsFailure): DnsAnswer<never> => ({ status: 'failed', failure });

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53` or `[2001:db8::53]:5353`. */
function serverOf(address: string): Server {
  const { host, port } = /^\[?(?<host>[^\]]*?)\]?(?::(?<port>\d+))?$/.exec(address)?.groups ?? {};
  return isIPv6(address) ? { host: address, port: 53 } : { host: host ?? address, port: Number(port ?? 53) };
}

/** Runs one exchange until it ends, the time is over or the signal comes; then closes what it opened. */
function exchange(
  question: WireQuestion,
  server: Server,
  { timeoutMs, signal }: WireOptions,
  ask: (question: WireQuestion, server: Server, end: End) => () => void,
): Promise<NonNullable<Said>> {
  return new Promise((done) => {
    const end: End = (said) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      close();
      done(said);
    };
    const stop = (): void => end(failed('timeout'));
    const timer = setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop);
    const close = ask(question, server, end);
  });
}

function askUdp(question: WireQuestion, { host, port }: Server, end: End): () => void {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  let open = true;
  socket.on('error', () => open && end(failed('unreachable')));
  socket.on('message', (bytes) => {
    const said = decodeAnswer(bytes, question);
    if (said && open) end(said);
  });
  // Connected, it takes datagrams of that server only, and hears that nobody listens there.
  socket.connect(port, host, (error?: Error) => {
    if (!open) return;
    if (error) end(failed('unreachable'));
    else socket.send(encodeQuestion(question));
  });
  return () => {
    open = false;
    socket.close();
  };
}

function askTcp(question: WireQuestion, { host, port }: Server, end: End): () => void {
  const socket = connect(port, host);
  const received: Buffer[] = [];
  let [size, wanted, open] = [0, 0, true];
  socket.on('error', () => open && end(failed('unreachable')));
  socket.on('end', () => open && end(failed('malformed')));
  socket.on('data', (bytes) => {
    received.push(bytes);
    size += bytes.length;
    // Each message stands behind its length in two bytes (RFC 1035 section 4.2.2).
    if (wanted === 0 && size >= 2) wanted = 2 + Buffer.concat(received).readUInt16BE(0);
    if (wanted === 0 || size < wanted || !open) return;
    end(decodeAnswer(Buffer.concat(received).subarray(2, wanted), question) ?? failed('malformed'));
  });
  const bytes = encodeQuestion(question);
  socket.write(Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]));
  return () => {
    open = false;
    socket.destroy();
  };
}
