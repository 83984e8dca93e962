import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Letter } from './letters.ts';

/** A client's connection that is kept for many messages; it does no more than it must. */
export class Connection {
  readonly #socket: Socket;
  #text = '';
  /** Who waits for an answer, in order. */
  readonly #waiting: { readonly done: (answer: string) => void; readonly fail: (error: Error) => void }[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#end(error)).on('close', () => this.#end(new Error('the connection is closed')));
  }

  /** Greeted; the server takes it for a client with that address. */
  static async to(port: number, ip: string): Promise<Connection> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    const connection = new Connection(socket);
    const greeting = connection.#answer();
    await once(socket, 'connect');
    await greeting;
    await connection.#say('EHLO bench.example');
    await connection.#say(`XCLIENT NAME=[UNAVAILABLE] ADDR=${ip}`);
    await connection.#say('EHLO mail.sender.example');
    return connection;
  }

  /**
   * Sends a message, as Postfix's client does in two writes.
   *
   * @returns milliseconds from the final dot to its answer
   */
  async deliver({ from, data }: Letter, to: string): Promise<number> {
    this.#socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`);
    await Promise.all([this.#answer(), this.#answer(), this.#answer()]);
    const start = performance.now();
    this.#socket.write(data);
    await this.#answer();
    return performance.now() - start;
  }

  async close(): Promise<void> {
    await this.#say('QUIT');
    this.#socket.destroy();
  }

  #say(line: string): Promise<string> {
    this.#socket.write(`${line}\r\n`);
    return this.#answer();
  }

  #answer(): Promise<string> {
    return new Promise((done, fail) => this.#waiting.push({ done, fail }));
  }

  #read(chunk: Buffer): void {
    this.#text += chunk.toString('latin1');
    for (let end = this.#text.indexOf('\r\n'); end >= 0; end = this.#text.indexOf('\r\n')) {
      const line = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      if (line[3] === '-') continue;
      const { done, fail } = this.#waiting.shift()!;
      if (line < '4') done(line);
      else fail(new Error(line));
    }
  }

  #end(error: Error): void {
    for (const { fail } of this.#waiting.splice(0)) fail(error);
  }
}
