import {
  type Answer,
  answer,
  answers,
  type EnvelopeCommand,
  type HopConnection,
  HopFailure,
  isPositive,
  type NextHop,
  type Visitor,
} from '../smtp/index.ts';
import { envelopeLine } from './envelope-line.ts';
import type { SilentClients } from './silent-clients.ts';

/** Where a transaction takes its connections from, and gives them back to. */
export interface TransactionMeans {
  readonly nextHop: NextHop;
  readonly silentClients: SilentClients;
}

/** A connection in which the transaction is open. */
interface Taken {
  readonly hop: HopConnection;
  /** The next hop takes us for this client, and for no other one after it. */
  readonly isOnlyIts: boolean;
}

const changed = answer(451, '4.3.0', 'The next hop has changed; come again');

/**
 * A client's transaction at the next hop, whose answers are given as they are. While the client is silent for long, the next
 * hop's connection is another's: it is taken again, with `MAIL` and each recipient that was accepted, when the client goes on.
 */
export class Transaction {
  readonly mail: EnvelopeCommand;
  readonly visitor: Visitor;
  /** Of the first recipient that was accepted. */
  recipientClass: string | undefined;
  readonly #means: TransactionMeans;
  readonly #accepted: EnvelopeCommand[] = [];
  #taken: Taken | undefined;
  #speaks: (() => void) | undefined;
  #isDestroyed = false;

  constructor(mail: EnvelopeCommand, visitor: Visitor, means: TransactionMeans) {
    this.mail = mail;
    this.visitor = visitor;
    this.#means = means;
  }

  /** Recipients that were accepted, as they were given. */
  get recipients(): readonly string[] {
    return this.#accepted.map(({ path }) => path.address);
  }

  /** Says MAIL; the transaction is open where the answer is positive. Throws HopFailure; `deadline` as `performance.now()` has it. */
  async begin(deadline: number): Promise<Answer> {
    const said = await this.#open(deadline);
    this.#listen();
    return said;
  }

  async rcpt(rcpt: EnvelopeCommand, deadline: number): Promise<Answer> {
    const { hop } = await this.#connection(deadline);
    const line = envelopeLine('RCPT TO', rcpt, hop.features);
    const said = line === undefined ? changed : await hop.command(line, this.#within(deadline, 'command'));
    if (isPositive(said)) this.#accepted.push(rcpt);
    this.#listen();
    return said;
  }

  /** Says DATA and sends a message, which ends the transaction. */
  async message(bytes: Buffer, deadline: number): Promise<Answer> {
    const { hop, isOnlyIts } = await this.#connection(deadline);
    const begun = await hop.command('DATA', this.#within(deadline, 'dataInitiation'));
    if (begun.code !== 354) return isPositive(begun) ? answers.defect : begun;
    const said = await hop.message(bytes, deadline);
    this.#taken = undefined;
    if (isOnlyIts || !hop.isUsable) hop.close();
    else this.#means.nextHop.release(hop);
    return said;
  }

  /** Ends it, wherever it is, and gives its connection back. */
  release(): void {
    this.#speaks?.();
    this.#giveBack();
  }

  /** Ends it while a command may be under way. */
  destroy(): void {
    this.#isDestroyed = true;
    this.#speaks?.();
    this.#taken?.hop.destroy();
    this.#taken = undefined;
  }

  /** From now on it is the client's turn. */
  #listen(): void {
    if (this.#taken === undefined) return;
    this.#speaks = this.#means.silentClients.begin(this.visitor.ip, () => this.#giveBack());
  }

  /** The connection, taken again where it was given back. */
  async #connection(deadline: number): Promise<Taken> {
    this.#speaks?.();
    if (this.#taken !== undefined) return this.#taken;
    const said = [await this.#open(deadline)];
    for (const rcpt of isPositive(said[0]!) ? this.#accepted : []) said.push(await this.#again(rcpt, deadline));
    const refusal = said.find((one) => !isPositive(one));
    if (refusal === undefined && this.#taken !== undefined) return this.#taken;
    this.#giveBack();
    // Whom it accepted before it refuses now: only the client can bring the message anew.
    throw new HopFailure('4.3.0', `it does not repeat its answer: ${refusal?.code} ${refusal?.lines.join(' ')}`);
  }

  async #again(rcpt: EnvelopeCommand, deadline: number): Promise<Answer> {
    const { hop } = this.#taken!;
    const line = envelopeLine('RCPT TO', rcpt, hop.features);
    return line === undefined ? changed : hop.command(line, this.#within(deadline, 'command'));
  }

  async #open(deadline: number): Promise<Answer> {
    const { nextHop } = this.#means;
    const kept = nextHop.kept();
    const said = kept && (await this.#mailTo(kept, deadline).catch(() => undefined));
    // A connection from before may have ended in the meantime; nothing has been said in it that could be lost.
    if (said !== undefined && said.code !== 421) return said;
    return this.#mailTo(await nextHop.fresh(deadline), deadline);
  }

  async #mailTo(hop: HopConnection, deadline: number): Promise<Answer> {
    try {
      const isOnlyIts = await hop.introduce(this.visitor.attributes, deadline);
      const line = envelopeLine('MAIL FROM', this.mail, hop.features);
      const said = line === undefined ? changed : await hop.command(line, this.#within(deadline, 'command'));
      if (said.code === 421) hop.destroy();
      if (isPositive(said) && !this.#isDestroyed) this.#taken = { hop, isOnlyIts };
      else if (isOnlyIts || !hop.isUsable) hop.close();
      else if (isPositive(said)) this.#abandon(hop);
      else this.#means.nextHop.release(hop);
      return said;
    } catch (error) {
      hop.destroy();
      throw error;
    }
  }

  #giveBack(): void {
    if (this.#taken === undefined) return;
    const { hop, isOnlyIts } = this.#taken;
    this.#taken = undefined;
    if (isOnlyIts || !hop.isUsable) hop.close();
    else this.#abandon(hop);
  }

  #abandon(hop: HopConnection): void {
    const { nextHop } = this.#means;
    hop.command('RSET', nextHop.options.timeouts.command).then(
      ({ code }) => (code === 250 ? nextHop.release(hop) : hop.close()),
      () => hop.close(),
    );
  }

  /** What the next hop has for an answer, of what the client waits. */
  #within(deadline: number, step: 'command' | 'dataInitiation'): number {
    return Math.min(this.#means.nextHop.options.timeouts[step], deadline - performance.now());
  }
}
