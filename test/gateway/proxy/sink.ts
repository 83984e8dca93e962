import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A next hop that does as it is told: real sockets, and none of the code under test. */
export interface Sink {
  readonly port: number;
  /** Command lines, in the order in which they came, `EHLO`, `QUIT` and `RSET` left away. */
  readonly commands: string[];
  /** Every line. */
  readonly lines: string[];
  /** Messages with their stuffing, without the final dot. */
  readonly messages: string[];
  /** Connections that it has had, and those that are open. */
  connections: number;
  readonly open: Set<Socket>;
  close(): Promise<void>;
}

export interface SinkOptions {
  /** Keywords of EHLO. */
  readonly features?: readonly string[];
  /** The answer to lines that begin so; `DOT` is the message's end. `CLOSE` cuts the connection, `HANG` says nothing. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Asked before `answers`, with the verb or `DOT`. */
  readonly fault?: (verb: string) => string | undefined;
  readonly greeting?: string;
  /** Any free one unless told. */
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Said in the packet of STARTTLS's 220. */
  readonly injected?: string;
}

export const everything = ['PIPELINING', 'SIZE 10000000', '8BITMIME', 'SMTPUTF8', 'DSN', 'ENHANCEDSTATUSCODES'];

const usual: Readonly<Record<string, string>> = {
  HELO: '250 sink',
  MAIL: '250 2.1.0 Sender ok',
  RCPT: '250 2.1.5 Recipient ok',
  DATA: '354 Go on',
  DOT: '250 2.0.0 Ok: queued as 1234',
  RSET: '250 2.0.0 Reset',
  QUIT: '221 2.0.0 Bye',
  XFORWARD: '250 2.0.0 Ok',
  XCLIENT: '220 sink',
};

export async function startSink(options: SinkOptions = {}): Promise<Sink> {
  const server = createServer((socket) => serve(socket));
  const sink: Sink = {
    port: 0,
    commands: [],
    lines: [],
    messages: [],
    connections: 0,
    open: new Set(),
    close: () => {
      for (const socket of sink.open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  function serve(socket: Socket): void {
    sink.connections++;
    sink.open.add(socket);
    socket.on('error', () => {}).on('close', () => sink.open.delete(socket));
    if (options.greeting !== 'HANG') socket.write(`${options.greeting ?? '220 sink ESMTP'}\r\n`);
    converse(socket, sink, options);
  }
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return Object.assign(sink, { port: (server.address() as { port: number }).port });
}

function converse(socket: Socket, sink: Sink, options: SinkOptions, isSecure = false): void {
  let text = '';
  let isData = false;
  const reply = (verb: string, line: string): boolean => {
    const fault = options.fault?.(verb);
    const said =
      fault ?? Object.entries(options.answers ?? {}).find(([start]) => line.startsWith(start))?.[1] ?? usual[verb];
    if (said === 'CLOSE') socket.destroy();
    else if (said !== 'HANG') socket.write(`${said ?? '500 5.5.1 What?'}\r\n`);
    if (verb === 'QUIT') socket.end();
    return said?.startsWith('354') === true;
  };
  const onLine = (line: string): void => {
    const verb = line.slice(0, 8).split(/[ :]/)[0]!;
    sink.lines.push(line);
    if (!/^(?:EHLO|QUIT|RSET)/.test(line)) sink.commands.push(line);
    if (verb === 'EHLO' && options.answers?.EHLO === undefined) hello();
    else if (verb === 'STARTTLS' && options.tls && options.answers?.STARTTLS === undefined) secure();
    else isData = reply(verb, line) && verb === 'DATA';
  };
  const hello = (): void => {
    const keywords = [...(options.features ?? everything), ...(options.tls && !isSecure ? ['STARTTLS'] : [])];
    const all = ['sink', ...keywords];
    socket.write(all.map((word, at) => `250${at === all.length - 1 ? ' ' : '-'}${word}\r\n`).join(''));
  };
  const secure = (): void => {
    socket.write(`220 2.0.0 Go ahead\r\n${options.injected ?? ''}`);
    socket.removeAllListeners('data');
    const secured = new TLSSocket(socket, { isServer: true, ...options.tls! });
    secured.on('error', () => {});
    converse(secured, sink, options, true);
  };
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (;;) {
      const end = isData && !text.startsWith('.\r\n') ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
      if (end < 0) return;
      if (isData) {
        sink.messages.push(text.startsWith('.\r\n') ? '' : text.slice(0, end + 2));
        text = text.startsWith('.\r\n') ? text.slice(3) : text.slice(end + 5);
        isData = false;
        reply('DOT', 'DOT');
      } else {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        onLine(line);
      }
    }
  });
}
