/** The MTA's end of the protocol, for tests: packets out, replies in. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { MilterAddress } from '../../../src/gateway/milter/index.ts';
import { PacketReader, packet, uint32 } from '../../../src/gateway/milter/packet.ts';

const ALL_ACTIONS = 0x1ff;
const ALL_STEPS = 0x1fffff;

/** Texts that each end in NUL. */
const texts = (...all: readonly string[]): string => all.map((text) => `${text}\0`).join('');

/** Packets as an MTA sends them. */
export const say = {
  offer: (version = 6, actions = ALL_ACTIONS, steps = ALL_STEPS) =>
    packet('O', uint32(version), uint32(actions), uint32(steps)),
  macros: (of: string, ...pairs: readonly string[]) => packet('D', of, texts(...pairs)),
  connect: (address = '192.0.2.1', { host = 'mx.example.org', family = '4' } = {}) =>
    packet('C', texts(host), family, Buffer.from([0x30, 0x39]), texts(address)),
  connectUnknown: (host: string) => packet('C', texts(host), 'U'),
  helo: (host: string) => packet('H', texts(host)),
  mail: (...args: readonly string[]) => packet('M', texts(...args)),
  rcpt: (...args: readonly string[]) => packet('R', texts(...args)),
  data: () => packet('T'),
  header: (name: string, value: string) => packet('L', texts(name, value)),
  endOfHeader: () => packet('N'),
  body: (bytes: Buffer | string) => packet('B', bytes),
  endOfBody: (bytes: Buffer | string = '') => packet('E', bytes),
  abort: () => packet('A'),
  quit: () => packet('Q'),
  quitNewConnection: () => packet('K'),
  unknown: (command: string) => packet('U', texts(command)),
} as const;

/** A greeting, up to the first MAIL; answered with the negotiation alone. */
export const greeting = (): Buffer[] => [say.offer(), say.connect(), say.helo('client.example.org')];

/** A short message from MAIL to its end; answered three times: sender, recipient, end. */
export const letter = (...recipients: readonly string[]): Buffer[] => [
  say.mail('<sender@example.org>', 'SIZE=120'),
  ...(recipients.length === 0 ? ['<receiver@example.com>'] : recipients).map((one) => say.rcpt(one)),
  say.header('From', ' sender@example.org'),
  say.header('Subject', ' one\n\ttwo'),
  say.endOfHeader(),
  say.body('Hello\r\n'),
  say.endOfBody(),
];

/** What {@link letter} is in bytes. */
export const LETTER = 'From: sender@example.org\r\nSubject: one\r\n\ttwo\r\n\r\nHello\r\n';

/** A reply: its letter, then its data as latin1 text, NUL as `|`. */
export type Said = string;

/** An MTA that is connected to a milter. */
export interface Mta extends AsyncDisposable {
  readonly socket: Socket;
  send(...packets: readonly Buffer[]): void;
  /** The next replies; fewer where the connection ends before. */
  hear(count: number): Promise<Said[]>;
  /** All that came until the milter closed the connection. */
  untilClosed(): Promise<Said[]>;
}

export async function mtaOf(address: MilterAddress): Promise<Mta> {
  const socket = address.kind === 'unix' ? connect(address.path) : connect(address.port, address.host);
  const reader = new PacketReader(1 << 20);
  const said: Said[] = [];
  let isClosed = false;
  let changed = (): void => {};
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      changed = resolve;
    });
  socket.on('data', (chunk) => {
    for (const { letter, data } of reader.read(chunk))
      said.push(letter + data.toString('latin1').replaceAll('\0', '|'));
    changed();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
    changed();
  });
  await once(socket, 'connect');
  const hear = async (count: number): Promise<Said[]> => {
    while (said.length < count && !isClosed) await wait();
    return said.splice(0, count);
  };
  return {
    socket,
    send: (...packets) => void socket.write(Buffer.concat(packets)),
    hear,
    untilClosed: () => hear(Number.POSITIVE_INFINITY),
    [Symbol.asyncDispose]: async () => {
      if (isClosed) return;
      socket.destroy();
      await once(socket, 'close');
    },
  };
}
