import { once } from 'node:events';
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { type Answer, answerLine } from '../answer.ts';
import { type Attributes, writeAttributes } from '../attributes.ts';
import { stuffed } from '../dots.ts';
import { Incoming } from '../incoming.ts';
import { readLine } from '../line.ts';
import { impurityOf } from '../line-ends.ts';
import { HopFailure } from './hop-failure.ts';
import { featuresOf, type HopFeatures, type HopTarget, type HopTimeouts } from './hop-options.ts';

/** Octets of a line of an answer, more than RFC 5321 section 4.5.3.1.5 has; and lines of one answer. */
const LINE = 2_048;
const LINES = 200;
/** Octets that are written at once, each with a time of its own. */
const PIECE = 256 * 1024;

export interface HopOptions {
  readonly target: HopTarget;
  readonly timeouts: HopTimeouts;
  /** What we call ourselves. */
  readonly hostname: string;
}

/** The client's side of SMTP: one connection with the next hop, greeted and, as far as it must be, encrypted. */
export class HopConnection {
  readonly #options: HopOptions;
  #socket: Socket;
  #incoming: Incoming;
  #features: HopFeatures = featuresOf({ code: 250, enhanced: '', lines: [''] });
  /** Transactions that it has had. */
  uses = 0;

  private constructor(options: HopOptions, socket: Socket) {
    this.#options = options;
    this.#socket = socket;
    this.#incoming = new Incoming(socket);
    socket.setNoDelay(true).on('error', () => {});
  }

  /** Connects, says EHLO, begins TLS. Throws HopFailure; `deadline` as `performance.now()` has it. */
  static async open(options: HopOptions, deadline: number): Promise<HopConnection> {
    const { tls } = options.target;
    try {
      return await HopConnection.#open(options, deadline, tls !== 'none');
    } catch (error) {
      // RFC 7435 section 3: what cannot be encrypted is better sent plainly than not at all.
      if (tls === 'opportunistic' && error instanceof TlsFailure) return HopConnection.#open(options, deadline, false);
      throw error;
    }
  }

  static async #open(options: HopOptions, deadline: number, withTls: boolean): Promise<HopConnection> {
    const socket = await connected(options, deadline);
    const hop = new HopConnection(options, socket);
    try {
      await hop.#begin(deadline, withTls);
      return hop;
    } catch (error) {
      hop.destroy();
      throw error;
    }
  }

  get features(): HopFeatures {
    return this.#features;
  }

  /** Whether a command can be sent: it is there, and has said nothing that nobody asked for. */
  get isUsable(): boolean {
    return this.#socket.writable && !this.#incoming.hasEnded && this.#incoming.length === 0;
  }

  /** Sends a line and reads the answer. Throws HopFailure where there is none. */
  async command(line: string, timeout: number): Promise<Answer> {
    if (!this.isUsable) throw this.#lost('it is gone, or spoke out of turn');
    this.#socket.write(`${line}\r\n`);
    return this.#answer(timeout);
  }

  /**
   * Sends a message behind its 354 and reads the answer. Throws HopFailure where there is none, and nothing is known of the
   * message then.
   */
  async message(bytes: Buffer, deadline: number): Promise<Answer> {
    // Whoever reads other line ends as such would find commands in it (SMTP smuggling): nothing of that leaves us.
    if (impurityOf(bytes) !== undefined) {
      this.destroy();
      throw new Error('a message with line ends that are none was to be sent on');
    }
    const { dataBlock, dataTermination } = this.#options.timeouts;
    this.#socket.cork();
    for (const piece of stuffed(bytes)) {
      for (let from = 0; from < piece.length; from += PIECE) {
        // An answer before the end is none to the message.
        if (!this.isUsable) throw this.#lost('it spoke, or left, in the midst of a message');
        if (this.#socket.write(piece.subarray(from, from + PIECE))) continue;
        this.#socket.uncork();
        await this.#drained(Math.min(dataBlock, deadline - performance.now()));
        this.#socket.cork();
      }
    }
    this.#socket.uncork();
    return this.#answer(Math.min(dataTermination, deadline - performance.now()));
  }

  /**
   * Tells of the client, as far as it wants to hear; before each transaction, since it forgets. Throws HopFailure where it
   * refuses XCLIENT after all: it would take the client for us.
   *
   * @returns true where it takes us for the client from now on
   */
  async introduce(attributes: Attributes, deadline: number): Promise<boolean> {
    const { tells } = this.#options.target;
    const timeout = () => Math.min(this.#options.timeouts.command, deadline - performance.now());
    if (tells === 'none') return false;
    const { xclient, xforward } = this.#features;
    const names = tells === 'XCLIENT' ? xclient : xforward;
    for (const line of writeAttributes(tells, names, attributes)) {
      const { code } = await this.command(line, timeout());
      if (code >= 400 && tells === 'XCLIENT') throw this.#lost(`XCLIENT: ${code}`);
    }
    if (tells !== 'XCLIENT' || names.size === 0) return false;
    await this.#hello(timeout(), attributes.get('HELO'));
    return true;
  }

  /** Ends it politely, without waiting. */
  close(): void {
    if (this.isUsable) this.#socket.end('QUIT\r\n');
    const socket = this.#socket;
    setTimeout(() => socket.destroy(), 1_000).unref();
    socket.once('end', () => socket.destroy()).resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #begin(deadline: number, withTls: boolean): Promise<void> {
    const { timeouts, target } = this.#options;
    const within = (timeout: number) => Math.min(timeout, deadline - performance.now());
    const greeting = await this.#answer(within(timeouts.greeting));
    if (greeting.code !== 220) throw this.#lost(`it greets with ${greeting.code} ${greeting.lines.join(' ')}`);
    await this.#hello(within(timeouts.command));
    if (withTls && this.#features.startTls) {
      await this.#startTls(within(timeouts.greeting));
      await this.#hello(within(timeouts.command));
    } else if (target.tls === 'required') throw new TlsFailure('it does not offer STARTTLS, which is required');
  }

  async #hello(timeout: number, name = this.#options.hostname): Promise<void> {
    const said = await this.command(`EHLO ${name}`, timeout);
    const fallen = said.code >= 500 ? await this.command(`HELO ${name}`, timeout) : said;
    if (fallen.code !== 250) throw this.#lost(`EHLO: ${fallen.code} ${fallen.lines.join(' ')}`);
    this.#features = featuresOf(fallen === said ? said : { ...said, lines: [''] });
  }

  async #startTls(timeout: number): Promise<void> {
    const { code } = await this.command('STARTTLS', timeout);
    // What came before the handshake, anybody on the way may have said (response injection).
    if (code !== 220 || this.#incoming.length > 0) throw new TlsFailure(`STARTTLS: ${code}`);
    const { target } = this.#options;
    this.#incoming.release();
    const plain = this.#socket;
    const name = target.tlsName ?? ('host' in target.address ? target.address.host : '');
    const socket = connectTls({
      socket: plain,
      rejectUnauthorized: target.tls === 'required',
      ...(isIP(name) === 0 && name !== '' ? { servername: name } : { host: name }),
      ...(target.tlsAuthorities === undefined ? {} : { ca: target.tlsAuthorities }),
    });
    plain.once('close', () => socket.destroy());
    this.#socket = socket;
    await secured(socket, timeout);
    this.#incoming = new Incoming(socket);
    socket.on('error', () => {});
  }

  async #answer(timeout: number): Promise<Answer> {
    const lines: string[] = [];
    let code: number | undefined;
    const deadline = performance.now() + timeout;
    for (;;) {
      const line = await readLine(this.#incoming, { limit: LINE, normalise: false }, deadline - performance.now());
      if (line.kind === 'late') throw this.#lost('it does not answer in time');
      if (line.kind !== 'line') throw this.#lost(line.kind === 'end' ? 'it closed the connection' : 'it sends no SMTP');
      const read = answerLine(line.bytes.toString('latin1'));
      code ??= read?.answer.code;
      // RFC 5321 section 4.2.1: all lines of an answer have one code.
      if (read === undefined || read.answer.code !== code || lines.length >= LINES)
        throw this.#lost('it sends no SMTP');
      lines.push(...read.answer.lines);
      if (read.isLast) return { ...read.answer, lines };
    }
  }

  async #drained(timeout: number): Promise<void> {
    const socket = this.#socket;
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        socket.off('drain', settle).off('close', settle);
        resolve();
      };
      const timer = setTimeout(settle, Math.max(0, timeout));
      socket.once('drain', settle).once('close', settle);
    });
    if (socket.writableNeedDrain || socket.destroyed) throw this.#lost('it takes no more of the message');
  }

  #lost(text: string): HopFailure {
    this.destroy();
    return new HopFailure('4.4.2', text);
  }
}

/** TLS did not come about. */
class TlsFailure extends HopFailure {
  constructor(text: string, options?: ErrorOptions) {
    super('4.7.5', text, options);
  }
}

async function connected({ target, timeouts }: HopOptions, deadline: number): Promise<Socket> {
  const socket = connectSocket(target.address);
  const timeout = Math.min(timeouts.connect, deadline - performance.now());
  const timer = setTimeout(() => socket.destroy(new Error('it does not answer in time')), Math.max(0, timeout));
  try {
    await once(socket, 'connect');
    return socket;
  } catch (cause) {
    throw new HopFailure('4.4.1', cause instanceof Error ? cause.message : `${cause}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function secured(socket: TLSSocket, timeout: number): Promise<void> {
  const late = setTimeout(() => socket.destroy(new Error('no handshake in time')), Math.max(0, timeout));
  const closed = once(socket, 'close').then(() => Promise.reject(new Error('it closed the connection')));
  try {
    await Promise.race([once(socket, 'secureConnect'), closed]);
  } catch (cause) {
    socket.destroy();
    throw new TlsFailure(`TLS: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    clearTimeout(late);
    closed.catch(() => {});
  }
}
