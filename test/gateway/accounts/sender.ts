import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../proxy/client.ts';
import { type Attempt, isFinal, Ledger } from './ledger.ts';
import { type Letter, letterOf, textOf } from './letters.ts';

export interface SenderOptions {
  readonly port: number;
  /** Letters 1 to this one are sent. */
  readonly letters: number;
  /** Connections at once. */
  readonly connections: number;
  /** Ends it before all is settled. */
  readonly signal: AbortSignal;
}

/** Milliseconds before a letter is tried again: the first time, and at the most. */
const PAUSE = { first: 100, longest: 3_000 } as const;
/** Milliseconds for an answer (RFC 5321 section 4.5.3.2.6 has ten minutes): longer than all that the gate waits for itself. */
const PATIENCE = 120_000;

/** A letter that waits for its next attempt. */
interface Queued {
  readonly letter: Letter;
  /** Its message. */
  readonly text: string;
  /** By `performance.now()`. */
  readonly due: number;
  readonly pause: number;
}

/**
 * Sends numbered letters as an MTA does: what is not taken and not refused comes again, for ever. Its `ledger` tells what
 * it was told.
 *
 * @example const sender = startSender({ port, letters: 500, connections: 8, signal }); await sender.done;
 */
export function startSender(options: SenderOptions): { readonly ledger: Ledger; readonly done: Promise<void> } {
  const ledger = new Ledger();
  return { ledger, done: new Sender(options, ledger).run() };
}

class Sender {
  readonly #options: SenderOptions;
  readonly #ledger: Ledger;
  #next = 1;
  readonly #again: Queued[] = [];

  constructor(options: SenderOptions, ledger: Ledger) {
    this.#options = options;
    this.#ledger = ledger;
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: this.#options.connections }, () => this.#worker()));
  }

  async #worker(): Promise<void> {
    const { letters, signal } = this.#options;
    let client: Client | undefined;
    while (!signal.aborted && this.#ledger.settled < letters) {
      const queued = this.#take();
      if (queued === undefined) {
        await sleep(20);
        continue;
      }
      client = await this.#deliver(queued, client);
    }
    client?.close();
  }

  /** Those that are due to come again before new ones. */
  #take(): Queued | undefined {
    const due = this.#again.findIndex((queued) => queued.due <= performance.now());
    if (due >= 0) return this.#again.splice(due, 1)[0];
    if (this.#next > this.#options.letters) return undefined;
    const letter = letterOf(this.#next++);
    return { letter, text: textOf(letter), due: 0, pause: PAUSE.first };
  }

  /** One attempt; returns the connection where it can be used again. */
  async #deliver(queued: Queued, before: Client | undefined): Promise<Client | undefined> {
    const { letter, pause } = queued;
    const attempt = this.#ledger.begin(letter);
    const client = await handOver(queued, attempt, { before, port: this.#options.port });
    this.#ledger.end(attempt);
    if (!(attempt.isSent && isFinal(attempt))) {
      const due = performance.now() + pause;
      this.#again.push({ ...queued, due, pause: Math.min(pause * 2, PAUSE.longest) });
    }
    return client;
  }
}

/** A transaction; the connection is left open where the letter was answered. */
async function handOver(
  { letter, text }: Queued,
  attempt: Attempt,
  { before, port }: { readonly before: Client | undefined; readonly port: number },
): Promise<Client | undefined> {
  let client = before;
  try {
    client ??= await greeted(port);
    for (const line of commandsOf(letter, attempt)) {
      client.send(`${line}\r\n`);
      if (!(await heard(client, attempt, /^[23]/))) return closed(client);
    }
    client.send(`${text.replaceAll('\r\n.', '\r\n..')}.\r\n`);
    attempt.isSent = true;
    attempt.code = undefined;
    await heard(client, attempt, /^/);
    return attempt.code === undefined ? closed(client) : client;
  } catch (error) {
    attempt.code = undefined;
    attempt.text = error instanceof Error ? error.message : String(error);
    return closed(client);
  }
}

async function greeted(port: number): Promise<Client> {
  const client = await Client.to(port);
  const greeting = await client.answer(PATIENCE);
  client.send('EHLO mta.example\r\n');
  const answer = await client.answer(PATIENCE);
  if (greeting.startsWith('2') && answer.startsWith('2')) return client;
  client.close();
  throw new Error(`${greeting} ${answer}`);
}

/** The client that the letter has, told by XCLIENT, names the attempt: the gate writes that name into `Received`. */
const commandsOf = ({ clientIp, mailFrom, recipients }: Letter, { letter, number }: Attempt): readonly string[] => [
  `XCLIENT ADDR=${clientIp} NAME=[UNAVAILABLE]`,
  `EHLO ${letter}-${number}.mta.example`,
  `MAIL FROM:<${mailFrom}>`,
  ...recipients.map((recipient) => `RCPT TO:<${recipient}>`),
  'DATA',
];

/** Reads an answer; an answer that broke off is none. */
async function heard(client: Client, attempt: Attempt, good: RegExp): Promise<boolean> {
  const said = await client.answer(PATIENCE);
  attempt.text = said;
  attempt.code = said.endsWith('closed') ? undefined : Number(said.slice(0, 3));
  return attempt.code !== undefined && good.test(said);
}

function closed(client: Client | undefined): undefined {
  client?.close();
}
