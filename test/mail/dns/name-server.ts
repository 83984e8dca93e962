/** A name server on loopback, over UDP and TCP, that says what a test wants it to say, or something broken. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { type Answer, decode, encode, type Packet, type Question } from 'dns-packet';

const RECURSION_AVAILABLE = 1 << 7;
const TRUNCATED = 1 << 9;

/** What the server says to one question. `raw` is sent as it stands; `undefined` is silence. */
export interface Reply {
  readonly rcode?: number;
  readonly answers?: readonly Answer[];
  readonly truncated?: boolean;
  readonly wrongId?: boolean;
  readonly otherQuestion?: string;
  readonly raw?: Buffer;
}

export type Say = (question: Question, over: 'udp' | 'tcp') => Reply | undefined | Promise<Reply | undefined>;

export interface NameServer extends AsyncDisposable {
  /** `127.0.0.1:PORT`, as `setServers` takes it. */
  readonly address: string;
  /** What was asked, in order: `udp TXT example.com`. */
  readonly asked: readonly string[];
}

export const RCODE = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

/** Serves until it is disposed of. UDP and TCP share a port, any free one unless told. */
export async function nameServer(say: Say, at = 0): Promise<NameServer> {
  const asked: string[] = [];
  const answer = async (bytes: Buffer, over: 'udp' | 'tcp'): Promise<Buffer | undefined> => {
    const query = decode(bytes);
    const question = query.questions[0]!;
    asked.push(`${over} ${question.type} ${question.name}`);
    const reply = await say(question, over);
    return reply && printed(query, reply);
  };
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveStream(socket, answer);
  });
  const port = await listen(tcp, at);
  const udp = createSocket('udp4');
  udp.on('message', async (bytes, from) => {
    const reply = await answer(bytes, 'udp');
    if (reply) udp.send(reply, from.port, from.address);
  });
  await new Promise<void>((done) => udp.bind(port, '127.0.0.1', done));
  return {
    address: `127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () => close(tcp, udp, sockets),
  };
}

function printed(query: Packet, { rcode = 0, answers = [], truncated, wrongId, otherQuestion, raw }: Reply): Buffer {
  if (raw) return raw;
  return encode({
    type: 'response',
    id: wrongId ? query.id ^ 1 : query.id,
    flags: rcode | RECURSION_AVAILABLE | (truncated ? TRUNCATED : 0),
    questions: otherQuestion ? [{ ...query.questions[0]!, name: otherQuestion }] : query.questions,
    answers,
  });
}

/** TCP carries each message behind its length in two bytes (RFC 1035 section 4.2.2). */
function serveStream(socket: Socket, answer: (bytes: Buffer, over: 'tcp') => Promise<Buffer | undefined>): void {
  let held = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const end = 2 + held.readUInt16BE(0);
      const question = held.subarray(2, end);
      held = held.subarray(end);
      void answer(question, 'tcp').then((reply) => {
        if (reply === undefined) return;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      });
    }
  });
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done((server.address() as { port: number }).port));
  });

async function close(tcp: Server, udp: UdpSocket, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await Promise.all([new Promise((done) => tcp.close(done)), new Promise<void>((done) => udp.close(done))]);
}
