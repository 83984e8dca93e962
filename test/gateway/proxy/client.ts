import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/** A client that sends bytes as they are given and reads answers; none of the code under test. */
export class Client {
  #socket: Socket;
  #text = '';
  #ended = false;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
  }

  /** Connected; the greeting is still to be read. */
  static async to(port: number, localAddress = '127.0.0.1'): Promise<Client> {
    return Client.#over(connect({ port, host: '127.0.0.1', localAddress }));
  }

  /** The same over a socket file. */
  static async toFile(path: string): Promise<Client> {
    return Client.#over(connect(path));
  }

  static async #over(socket: Socket): Promise<Client> {
    socket.setNoDelay(true);
    const client = new Client(socket);
    await once(socket, 'connect');
    return client;
  }

  get socket(): Socket {
    return this.#socket;
  }

  send(bytes: string | Buffer): void {
    this.#socket.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  }

  /** The next answer, its lines joined with `|`; `closed` where the connection ended. */
  async answer(timeout = 5_000): Promise<string> {
    const lines: string[] = [];
    for (;;) {
      const line = await this.#line(timeout);
      if (line === undefined) return lines.length > 0 ? `${lines.join('|')}|closed` : 'closed';
      lines.push(line);
      if (line[3] !== '-') return lines.join('|');
    }
  }

  /** Sends a line and reads the answer. */
  say(line: string): Promise<string> {
    this.send(`${line}\r\n`);
    return this.answer();
  }

  /** What is said to each of some lines. */
  async talk(...lines: string[]): Promise<string[]> {
    const said: string[] = [];
    for (const line of lines) said.push(await this.say(line));
    return said;
  }

  /** STARTTLS, once its 220 was read. */
  async secure(options: ConnectionOptions = {}): Promise<void> {
    this.#socket.removeAllListeners('data');
    this.#socket = connectTls({ socket: this.#socket, rejectUnauthorized: false, ...options });
    this.#listen();
    await once(this.#socket, 'secureConnect');
  }

  close(): void {
    this.#socket.destroy();
  }

  #listen(): void {
    const ended = () => {
      this.#ended = true;
      this.#wake?.();
    };
    this.#socket.on('error', ended).on('close', ended).on('end', ended);
    this.#socket.on('data', (chunk) => {
      this.#text += chunk.toString('latin1');
      this.#wake?.();
    });
  }

  async #line(timeout: number): Promise<string | undefined> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const end = this.#text.indexOf('\r\n');
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return line;
      }
      if (this.#ended) return undefined;
      await new Promise<void>((resolve, reject) => {
        const late = () => reject(new Error(`no answer; so far: ${JSON.stringify(this.#text)}`));
        const timer = setTimeout(late, deadline - performance.now());
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
