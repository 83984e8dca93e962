import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PartOptions {
  readonly name: string;
  /** What Node runs. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** What it prints once it works. */
  readonly ready: RegExp;
}

/** Milliseconds before a part that ended by itself is started again, as systemd does (`Restart=always`). */
const PAUSE = 250;
/** Characters of what a part printed that are kept. */
const TAIL = 4_000;

/** A process that is killed and started again, in several lives. */
export class Part implements AsyncDisposable {
  readonly name: string;
  /** How often it was killed. */
  kills = 0;
  /** What its lives printed last that ended without being killed. */
  readonly falls: string[] = [];
  readonly #options: PartOptions;
  readonly #events = new EventEmitter();
  #child: ChildProcess | undefined;
  #isWanted = false;
  #isReady = false;
  #said = '';

  constructor(options: PartOptions) {
    this.name = options.name;
    this.#options = options;
    this.#events.setMaxListeners(0);
  }

  /** Lets it run from now on; where it ends by itself it is started again. */
  start(): void {
    this.#isWanted = true;
    if (this.#child === undefined) this.#spawn();
  }

  /** Resolves when it works; rejects with what it printed where it does not by the time of the signal. */
  async ready(signal: AbortSignal): Promise<void> {
    while (!this.#isReady) {
      await once(this.#events, 'ready', { signal }).catch((cause: Error) => {
        throw new Error(`${this.name} does not come up: ${this.#said}`, { cause });
      });
    }
  }

  /** kill -9, whatever it is about. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    if (this.#child === undefined) return;
    this.kills++;
    await this.#end('SIGKILL');
  }

  /** Ends it in good order; what it printed last, where that is no good end. */
  async stop(): Promise<string | undefined> {
    this.#isWanted = false;
    const child = this.#child;
    if (child === undefined) return `${this.name} does not run`;
    await this.#end('SIGINT');
    return child.exitCode === 0 ? undefined : `${this.name} ended with ${child.exitCode}: ${this.#said}`;
  }

  /** What it printed last. */
  get said(): string {
    return this.#said;
  }

  #spawn(): void {
    const { args, cwd, ready } = this.#options;
    this.#said = '';
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        this.#said = (this.#said + data).slice(-TAIL);
        if (this.#isReady || !ready.test(this.#said)) return;
        this.#isReady = true;
        this.#events.emit('ready');
      });
    }
    child.once('close', () => this.#ended());
  }

  async #ended(): Promise<void> {
    this.#child = undefined;
    this.#isReady = false;
    this.#events.emit('end');
    if (!this.#isWanted) return;
    this.falls.push(this.#said);
    await sleep(PAUSE);
    if (this.#isWanted && this.#child === undefined) this.#spawn();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const gone = once(this.#events, 'end');
    this.#child!.kill(signal);
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isWanted = false;
    if (this.#child !== undefined) await this.#end('SIGKILL');
  }
}
