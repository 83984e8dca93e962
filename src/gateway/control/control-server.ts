import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MailhuntError, toWire } from '../../errors/index.ts';
import { listenOnFile } from '../socket-file.ts';
import type { Control } from './control.ts';
import { type Asked, routeFor } from './control-routes.ts';

/** Owner only: who may connect may release. */
const MODE = 0o600;
const CONNECTIONS = 64;
/** Bytes of a body, and of all headers. */
const BODY = 64 * 1024;
const HEADERS = 8192;
/** Milliseconds for a request to come. */
const REQUEST = 10_000;
/** Milliseconds between two looks for requests that take too long. */
const LOOK = 2_000;
/** Milliseconds that a command which holds the folder for a moment has to end, and between two looks. */
const WAIT = { all: 15_000, step: 200 } as const;

const DEFECT = 'something went wrong, and the log of the gate says what';

/** How a control socket is opened. */
export interface ControlServerOptions {
  /** What is told of a defect: who asks hears only that there was one. */
  readonly report: (error: unknown) => void;
  /** Milliseconds for another process to let go of the folder. @default 15 000 */
  readonly patience?: number | undefined;
}

/** The control socket of a gate: who has it, owns the gate's folder. */
export class ControlServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #report: ControlServerOptions['report'];
  readonly #control: Promise<Control>;
  #begin: ((control: Control) => void) | undefined;
  #giveUp: ((reason: Error) => void) | undefined;
  readonly #answering = new Set<Promise<void>>();
  #isStopping = false;

  private constructor(report: ControlServerOptions['report']) {
    this.#report = report;
    this.#control = new Promise((resolve, reject) => {
      this.#begin = resolve;
      this.#giveUp = reject;
    });
    this.#server = createServer(
      {
        requestTimeout: REQUEST,
        headersTimeout: REQUEST,
        keepAliveTimeout: REQUEST,
        maxHeaderSize: HEADERS,
        connectionsCheckingInterval: LOOK,
      },
      (request, response) => {
        const turn = this.#visit(request, response).catch(() => void response.destroy());
        this.#answering.add(turn);
        void turn.finally(() => this.#answering.delete(turn));
      },
    );
    this.#server.maxConnections = CONNECTIONS;
    // Nobody may ask any more, and what was not asked has not failed.
    this.#control.catch(() => {});
  }

  /**
   * Listens; requests wait until {@link answer} is called. A socket that a killed gate left behind makes way, and a command
   * that holds the folder is waited for.
   *
   * @param path of the socket; its folder is made where there is none
   * @throws MailhuntError GATE0015 where another process has the folder, or the socket cannot be made
   */
  static async open(path: string, { report, patience = WAIT.all }: ControlServerOptions): Promise<ControlServer> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const opened = new ControlServer(report);
    for (const began = performance.now(); ; await sleep(WAIT.step)) {
      try {
        await listenOnFile(opened.#server, path, MODE);
        opened.#server.on('error', () => {});
        return opened;
      } catch (error) {
        const { code, message: text } = error as NodeJS.ErrnoException;
        if (code === 'EADDRINUSE' && performance.now() - began < patience) continue;
        throw new MailhuntError('GATE0015', { path, text }, { cause: error });
      }
    }
  }

  /** From now on requests are answered. */
  answer(control: Control): void {
    this.#begin?.(control);
  }

  /** Refuses what is asked from now on, and resolves when what was asked before has its answer. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#giveUp?.(stopping());
    await Promise.all(this.#answering);
  }

  /** Lets go of the folder: to be called when nothing in it is written any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #visit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      send(response, 200, await this.#answerTo(request));
    } catch (error) {
      if (!(error instanceof MailhuntError)) this.#report(error);
      const told = error instanceof MailhuntError ? error : new MailhuntError('GATE0014', { text: DEFECT });
      send(response, 400, toWire(told));
    }
  }

  async #answerTo(request: IncomingMessage): Promise<unknown> {
    const url = URL.parse(request.url ?? '/', 'http://gate');
    const found = url === null ? undefined : routeFor(request.method, url.pathname);
    if (url === null || found === undefined) throw new MailhuntError('GATE0014', { text: 'there is no such address' });
    const body = request.method === 'GET' ? undefined : await bodyOf(request);
    if (this.#isStopping) throw stopping();
    const asked: Asked = { id: found.id, search: url.searchParams, body };
    return found.route.answer(await this.#control, asked);
  }
}

const stopping = (): MailhuntError => new MailhuntError('GATE0014', { text: 'the gate is stopping' });

function send(response: ServerResponse, status: number, value: unknown): void {
  const isBytes = Buffer.isBuffer(value);
  const body = isBytes ? value : Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'Content-Type': isBytes ? 'application/octet-stream' : 'application/json; charset=utf-8',
    'Content-Length': body.length,
    Connection: 'close',
  });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > BODY) throw new MailhuntError('GATE0014', { text: `the body is larger than ${BODY} bytes` });
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    throw new MailhuntError('GATE0014', { text: 'the body is no JSON' }, { cause: error });
  }
}
