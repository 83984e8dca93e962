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
  /** Recipients that were accepted before it was taken, and have still to be said in it. */
  readonly unsaid: readonly EnvelopeCommand[];
}

/** How often a connection is taken again for one more recipient. */
const RETAKEN = 5;

const changed = answer(451, '4.3.0', 'The next hop has changed; come again');
const tooSlow = answer(452, '4.5.3', 'Too long between recipients; the others in a message of their own, please');

/**
 * A client's transaction at the next hop, whose answers are given as they are. While the client is silent for long, the next
 * hop's connection is another's: it is taken again, with `MAIL`, when the client goes on. The recipients that were accepted
 * before are said again once, before the message: what the next hop hears grows no faster than what the client says.
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
  #retaken = 0;
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
    if (this.#taken === undefined && ++this.#retaken > RETAKEN) return tooSlow;
    const { hop } = await this.#connection(deadline);
    const said = await this.#rcptTo(hop, rcpt, deadline);
    if (isPositive(said)) this.#accepted.push(rcpt);
    this.#listen();
    return said;
  }

  /** The client was told to send its message, and is not silent while it does. */
  sends(): void {
    this.#speaks?.();
    this.#listen(true);
  }

  /**
   * Says DATA and sends a message, which ends the transaction.
   *
   * @param gone the client's: nothing is handed on for it then. Throws its reason
   */
  async message(bytes: Buffer, deadline: number, gone: AbortSignal): Promise<Answer> {
    const { hop, isOnlyIts, unsaid } = await this.#connection(deadline);
    for (const rcpt of unsaid) {
      gone.throwIfAborted();
      const said = await this.#rcptTo(hop, rcpt, deadline);
      if (!isPositive(said)) throw notRepeated(said);
    }
    gone.throwIfAborted();
    const begun = await hop.command('DATA', this.#within(deadline, 'dataInitiation'));
    // Behind 354 only the end of the connection takes it back.
    if (gone.aborted) hop.destroy();
    gone.throwIfAborted();
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
  #listen(isSending = false): void {
    if (this.#taken === undefined) return;
    this.#speaks = this.#means.silentClients.begin(this.visitor.ip, { isSending, giveBack: () => this.#giveBack() });
  }

  /** The connection, taken again where it was given back. */
  async #connection(deadline: number): Promise<Taken> {
    this.#speaks?.();
    if (this.#taken !== undefined) return this.#taken;
    const said = await this.#open(deadline);
    if (this.#taken === undefined) throw notRepeated(said);
    return this.#taken;
  }

  async #rcptTo(hop: HopConnection, rcpt: EnvelopeCommand, deadline: number): Promise<Answer> {
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
      if (isPositive(said) && !this.#isDestroyed) this.#taken = { hop, isOnlyIts, unsaid: [...this.#accepted] };
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

/** Whom it accepted before it refuses now: only the client can bring the message anew. */
const notRepeated = ({ code, lines }: Answer): HopFailure =>
  new HopFailure('4.3.0', `it does not repeat its answer: ${code} ${lines.join(' ')}`);
