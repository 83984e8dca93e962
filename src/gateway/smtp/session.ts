import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ipAddressOf } from '../../mail/index.ts';
import { type Answer, answer, answers, wireOf } from './answer.ts';
import { readCommand } from './command.ts';
import { Dialogue, type Outcome } from './dialogue.ts';
import type { MailHandler } from './handler.ts';
import { Incoming } from './incoming.ts';
import { readLine } from './line.ts';
import { readProxyHeader } from './proxy-header.ts';
import type { RefusalStage, ServerState } from './server-state.ts';
import { takeMessage } from './take-message.ts';

/** Octets of answers that a client may leave unread. */
const UNREAD = 256 * 1024;

/** Commands whose answer the client must await before it goes on (RFC 2920 section 3.1): the rest could be meant otherwise. */
const mustBeLast = new Set(['EHLO', 'HELO', 'DATA', 'STARTTLS', 'XCLIENT']);
/** Commands that bring no message forward. */
const idle = new Set(['EHLO', 'HELO', 'NOOP', 'RSET', 'VRFY', 'HELP', 'XFORWARD', 'XCLIENT']);
/** What browsers and other programs say that were led to this port: no mail comes of it. */
const foreign = /^(?:GET|POST|PUT|HEAD|OPTIONS|CONNECT|DELETE|PATCH|TRACE)$/;

/** One client's connection from its first byte to its last. */
export class Session {
  readonly #state: ServerState;
  #socket: Socket;
  #incoming: Incoming;
  #handler: MailHandler | undefined;
  #dialogue: Dialogue | undefined;
  #leave: (() => void) | undefined;
  #normalise = false;
  #ip = '';
  #isOver = false;
  #errors = 0;
  #idleCommands = 0;
  readonly #start = performance.now();

  constructor(socket: Socket, state: ServerState) {
    this.#state = state;
    this.#socket = socket;
    this.#incoming = new Incoming(socket);
    // Incoming hears of the end; an error without a listener would end the process.
    socket.setNoDelay(true).on('error', () => {});
    socket.once('close', () => this.#handler?.gone());
  }

  /** Ends when the connection has. */
  async run(): Promise<void> {
    try {
      const client = await this.#client();
      if (client !== undefined && (await this.#enter(client))) while (!this.#isOver) await this.#turn();
    } catch (error) {
      this.#state.report({
        about: 'defect',
        ip: this.#ip,
        text: error instanceof Error ? (error.stack ?? '') : `${error}`,
      });
      this.#say(answers.defect, true);
    } finally {
      this.#dialogue?.reset();
      this.#handler?.gone();
      this.#leave?.();
      await this.#farewell();
    }
  }

  /** The service stops: a client that is between two messages is told now, others after theirs. */
  stop(): void {
    if (this.#dialogue?.isOpen !== true) this.#incoming.interrupt();
  }

  /** Cuts the connection. */
  destroy(): void {
    this.#isOver = true;
    this.#socket.destroy();
  }

  /** The other end, or whom a balancer names. */
  async #client(): Promise<{ readonly ip: string; readonly port: number } | undefined> {
    const { remoteAddress = '', remotePort = 0 } = this.#socket;
    // At a socket file there is no address: who can open it is a program of this machine.
    const ip = 'path' in this.#state.listen ? '127.0.0.1' : ipAddressOf(remoteAddress);
    // It is gone again.
    if (ip === undefined) return undefined;
    const peer = { ip, port: remotePort };
    this.#ip = peer.ip;
    if (!this.#state.networks.balancers.has(peer.ip)) return peer;
    const deadline = performance.now() + this.#state.timeouts.proxyHeader;
    for (;;) {
      const bytes = this.#incoming.take();
      const header = readProxyHeader(bytes);
      if (header?.kind === 'header') {
        this.#incoming.unread(bytes.subarray(header.length));
        return header.ip === undefined ? peer : { ip: header.ip, port: header.port };
      }
      this.#incoming.unread(bytes);
      if (header === undefined && (await this.#incoming.more(deadline - performance.now())) === 'bytes') continue;
      this.#refused({ text: 'a connection of a balancer without a PROXY header', stage: 'connection' });
      return undefined;
    }
  }

  async #enter(client: { readonly ip: string; readonly port: number }): Promise<boolean> {
    const { networks, limits, hostname, memory, certificate } = this.#state;
    this.#ip = client.ip;
    const mayTell = networks.attributes.has(client.ip);
    this.#leave = mayTell ? () => {} : this.#state.visitors.enter(client.ip, limits, performance.now());
    if (this.#leave === undefined) return this.#say(answers.tooMany, true, 'connection');
    this.#normalise = networks.normalise.has(client.ip);
    this.#handler = this.#state.open();
    this.#dialogue = new Dialogue({
      hostname,
      limits,
      memory,
      hasTls: certificate !== undefined,
      client,
      mayTell,
      isTrusted: (ip) => networks.relay.has(ip),
      isOwn: (ip) => networks.own.has(ip),
      handler: this.#handler,
    });
    return this.#greet();
  }

  /** Who speaks before the greeting speaks no SMTP, or is in a hurry that mail servers are not. */
  async #greet(): Promise<boolean> {
    const { greetingPause } = this.#state.timeouts;
    if (greetingPause > 0 && this.#incoming.length === 0) await this.#incoming.more(greetingPause);
    if (this.#incoming.length > 0)
      return this.#say(answer(554, '5.5.0', 'You spoke before the greeting'), true, 'connection');
    return this.#say(this.#greeting());
  }

  #greeting(): Answer {
    return answer(220, '', `${this.#state.hostname} ESMTP`);
  }

  /** One command, and what follows from it. */
  async #turn(): Promise<void> {
    const dialogue = this.#dialogue!;
    const { limits, timeouts } = this.#state;
    if (this.#state.isStopping && !dialogue.isOpen) return void this.#say(answers.stopping, true);
    const left = timeouts.session - (performance.now() - this.#start);
    const patience = this.#state.isStressed() ? timeouts.stressed : timeouts.command;
    const rules = { limit: limits.commandLine, normalise: this.#normalise };
    const line = await readLine(this.#incoming, rules, Math.min(left, patience));
    if (line.kind === 'end') return this.#end();
    if (line.kind === 'late') return this.#late(dialogue);
    if (line.kind !== 'line')
      return void this.#say(line.kind === 'bare' ? answers.bareLineEnd : answers.longLine, true);
    await this.#obey(dialogue, line.bytes);
  }

  #late({ isOpen }: Dialogue): void {
    if (this.#state.isStopping && !isOpen) this.#say(answers.stopping, true);
    else this.#say(answers.idle, true);
  }

  #end(): void {
    this.#isOver = true;
  }

  async #obey(dialogue: Dialogue, line: Buffer): Promise<void> {
    const command = readCommand(line);
    if (command === undefined)
      return this.#wrong(answer(500, '5.5.2', 'Control characters, or neither ASCII nor UTF-8'));
    const { verb, is8bit } = command;
    if (foreign.test(verb)) return void this.#say(answer(500, '5.5.1', 'This is a mail server'), true);
    if (is8bit && verb !== 'MAIL' && verb !== 'RCPT') return this.#wrong(answer(500, '5.5.2', 'Not ASCII'));
    if (mustBeLast.has(verb) && this.#incoming.length > 0) return void this.#say(answers.ahead, true);
    if (idle.has(verb) && ++this.#idleCommands > this.#state.limits.idleCommands) {
      return void this.#say(answers.tooManyErrors, true);
    }
    const outcome = await dialogue.command(command);
    if (outcome === undefined) return this.#wrong(answer(502, '5.5.1', 'Command not implemented'));
    await this.#proceed(dialogue, outcome);
  }

  async #proceed(dialogue: Dialogue, { answer: said, next }: Outcome): Promise<void> {
    if (said.code >= 500) return this.#wrong(said);
    if (next === 'greeting') return void this.#say(this.#greeting());
    if (next === 'tls') return this.#secure(dialogue, said);
    this.#say(said, next === 'close' || said.code === 421);
    if (next === 'data') await this.#message(dialogue);
  }

  #wrong(said: Answer): void {
    this.#errors++;
    this.#say(said);
    if (this.#errors >= this.#state.limits.errors) this.#say(answers.tooManyErrors, true);
  }

  async #message(dialogue: Dialogue): Promise<void> {
    const { limits, timeouts } = this.#state;
    const hold = dialogue.memory();
    try {
      const taken = await takeMessage(this.#incoming, {
        limits,
        timeouts,
        memory: hold,
        normalise: this.#normalise,
      });
      if (taken.kind === 'gone') return this.#end();
      if (taken.kind === 'refused') {
        dialogue.refused(taken.head, taken.answer);
        return void this.#say(taken.answer, taken.isOver, 'data');
      }
      const said = await dialogue.message(taken.bytes, hold);
      if (said.code < 300) [this.#errors, this.#idleCommands] = [0, 0];
      this.#say(said, said.code === 421, 'message');
    } finally {
      hold.release();
    }
  }

  /** Begins TLS. What came before the handshake was never read, and becomes part of it: it fails (STARTTLS injection). */
  async #secure(dialogue: Dialogue, said: Answer): Promise<void> {
    const secureContext = await this.#state.certificate!.context();
    if (this.#incoming.length > 0) return void this.#say(answers.ahead, true);
    // From the answer on every byte is of TLS: no waiting in between.
    this.#say(said);
    this.#incoming.release();
    const plain = this.#socket;
    const socket = new TLSSocket(plain, { isServer: true, secureContext });
    socket.on('error', (error) => this.#refused({ text: `TLS: ${error.message}`, stage: 'connection' }));
    plain.once('close', () => socket.destroy());
    this.#socket = socket;
    this.#incoming = new Incoming(socket);
    if (await isSecured(socket, this.#state.timeouts.handshake)) return dialogue.secured();
    this.destroy();
  }

  /** @returns false where it was the last */
  #say(said: Answer, isLast = false, stage: RefusalStage = 'command'): boolean {
    const { code, enhanced, lines } = said;
    if (code >= 400) this.#refused({ text: `${code} ${enhanced} ${lines.join(' ')}`, stage, code });
    if (this.#socket.writable) this.#socket.write(wireOf(said));
    if (this.#socket.writableLength > UNREAD) this.destroy();
    this.#isOver ||= isLast;
    return !isLast;
  }

  #refused(what: { readonly text: string; readonly stage: RefusalStage; readonly code?: number }): void {
    this.#state.report({ about: 'refusal', ip: this.#ip, ...what });
  }

  /** Lets the last answer arrive: a connection that is closed with bytes unread is reset, and the answer may be lost. */
  async #farewell(): Promise<void> {
    if (this.#socket.destroyed) return;
    this.#socket.end();
    const deadline = performance.now() + this.#state.timeouts.farewell;
    while (!this.#incoming.hasEnded && performance.now() < deadline) {
      this.#incoming.take();
      await this.#incoming.more(deadline - performance.now());
    }
    this.#socket.destroy();
  }
}

/** Waits for a handshake, at most so many milliseconds. */
const isSecured = (socket: TLSSocket, timeout: number): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (is: boolean) => {
      clearTimeout(timer);
      resolve(is);
    };
    const timer = setTimeout(() => settle(false), timeout);
    socket.once('secure', () => settle(true)).once('close', () => settle(false));
  });
