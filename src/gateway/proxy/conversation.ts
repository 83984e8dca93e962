import { applyEdits, receivedField } from '../edits/index.ts';
import type { Edits, Gate, Offered, Ruling } from '../gate.ts';
import {
  type Answer,
  answer,
  answerOf,
  answers,
  type EnvelopeCommand,
  type Features,
  type HopConnection,
  HopFailure,
  isPositive,
  type MailHandler,
  type NextHop,
  type Notice,
  replyOf,
  type SmtpTimeouts,
  type Visitor,
} from '../smtp/index.ts';
import { envelopeLine } from './envelope-line.ts';
import { type AcceptedDomains, relayRefusal } from './relay.ts';

export interface ConversationOptions {
  readonly gate: Gate;
  readonly nextHop: NextHop;
  readonly accepted: AcceptedDomains;
  readonly timeouts: Pick<SmtpTimeouts, 'answer' | 'verdict'>;
  readonly now: () => number;
  readonly report: (notice: Notice) => void;
  /** Who puts its trace on a message (RFC 5321 section 4.4), and what it calls the message; left out, nobody does. */
  readonly trace?: { readonly by: string; readonly id: () => string };
}

/** What is open at the next hop. */
interface Transaction {
  readonly hop: HopConnection;
  readonly mail: EnvelopeCommand;
  readonly visitor: Visitor;
  readonly recipients: string[];
  /** Of the first recipient that was accepted. */
  recipientClass: string | undefined;
  /** The next hop takes us for this client, and for no other one after it. */
  readonly isOnlyIts: boolean;
  /** The next hop has ended it: it wants no RSET. */
  isOver: boolean;
}

const otherClass = answer(452, '4.5.3', 'This recipient in a message of its own, please');
const changed = answer(451, '4.3.0', 'The next hop has changed; come again');
const unwritten = answer(451, '4.3.0', 'The decision could not be written down; come again');

/**
 * One client's mail on its way to one next hop, with the gate between message and hop. What the client is told is what the
 * next hop or the gate said; 250 only when whoever has the message now has said so, and it is written down.
 */
export class Conversation implements MailHandler {
  readonly #options: ConversationOptions;
  readonly #gone = new AbortController();
  #open: Transaction | undefined;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  features(): Promise<Features> {
    return this.#options.nextHop.features();
  }

  /**
   * The next hop is called now and not when the client connects: most clients of a public host send nothing that comes so
   * far. What is advertised before is what it said last.
   */
  async mail(mail: EnvelopeCommand, visitor: Visitor): Promise<Answer> {
    const deadline = performance.now() + this.#options.timeouts.answer;
    return this.#answering(visitor, async () => {
      const kept = this.#options.nextHop.kept();
      const said = kept && (await this.#mailTo(kept, mail, visitor, deadline).catch(() => undefined));
      // A connection from before may have ended in the meantime; nothing has been said in it that could be lost.
      if (said !== undefined && said.code !== 421) return relayed(said);
      return relayed(await this.#mailTo(await this.#options.nextHop.fresh(deadline), mail, visitor, deadline));
    });
  }

  async rcpt(rcpt: EnvelopeCommand): Promise<Answer> {
    const open = this.#open;
    if (open === undefined) return answers.sequence;
    const { gate, accepted, timeouts } = this.#options;
    const refusal = relayRefusal(rcpt.path, open.visitor, accepted);
    if (refusal !== undefined) return refusal;
    const { address } = rcpt.path;
    const recipientClass = gate.recipientClass(address);
    if (open.recipientClass !== undefined && open.recipientClass !== recipientClass) return otherClass;
    const line = envelopeLine('RCPT TO', rcpt, open.hop.features);
    if (line === undefined) return changed;
    return this.#answering(open.visitor, async () => {
      const said = relayed(await open.hop.command(line, this.#within(performance.now() + timeouts.answer, 'command')));
      if (!isPositive(said)) return said;
      open.recipients.push(address);
      open.recipientClass = recipientClass;
      return said;
    });
  }

  async message(bytes: Buffer, visitor: Visitor): Promise<Answer> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return answers.sequence;
    const deadline = performance.now() + this.#options.timeouts.verdict;
    try {
      const offered = this.#offered(open, bytes, visitor);
      const ruling = await this.#ruled(offered, deadline);
      const told = await this.#told(open, ruling, offered, deadline);
      return await this.#written(ruling, told, visitor);
    } catch (error) {
      return this.#defect(error, visitor);
    } finally {
      this.#release(open);
    }
  }

  refused(head: Buffer, said: Answer, visitor: Visitor): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#options.gate.refused?.(this.#offered(open, headerOf(head), visitor), replyOf(said));
  }

  reset(): void {
    if (this.#open !== undefined) this.#release(this.#open);
    this.#open = undefined;
  }

  gone(): void {
    this.#gone.abort();
    // A command may be under way in it.
    this.#open?.hop.destroy();
    this.#open = undefined;
  }

  async #mailTo(hop: HopConnection, mail: EnvelopeCommand, visitor: Visitor, deadline: number): Promise<Answer> {
    let isOnlyIts = false;
    try {
      isOnlyIts = await hop.introduce(visitor.attributes, deadline);
      const line = envelopeLine('MAIL FROM', mail, hop.features);
      const said = line === undefined ? changed : await hop.command(line, this.#within(deadline, 'command'));
      if (said.code === 421) hop.destroy();
      const isOver = !isPositive(said);
      const open = { hop, mail, visitor, recipients: [], recipientClass: undefined, isOnlyIts, isOver };
      if (isPositive(said) && !this.#gone.signal.aborted) this.#open = open;
      else this.#release(open);
      return said;
    } catch (error) {
      hop.destroy();
      throw error;
    }
  }

  #offered({ mail, recipients }: Transaction, bytes: Buffer, visitor: Visitor): Offered {
    const { ip, helo, name, isAuthenticated, protocol } = visitor;
    const client = { ip, helo, name, isAuthenticated };
    const { now, trace } = this.#options;
    const named = trace && { queueId: trace.id() };
    return { client, mailFrom: mail.path.address, recipients, bytes, at: now(), protocol, ...named };
  }

  /** The gate's word, which it may take no longer for than the client waits. */
  async #ruled(offered: Offered, deadline: number): Promise<Ruling> {
    const cancel = new AbortController();
    const stop = () => cancel.abort();
    const timer = setTimeout(stop, Math.max(0, deadline - performance.now()));
    this.#gone.signal.addEventListener('abort', stop, { once: true });
    try {
      return await untilAborted(this.#options.gate.rule(offered, cancel.signal), cancel.signal);
    } finally {
      clearTimeout(timer);
      this.#gone.signal.removeEventListener('abort', stop);
    }
  }

  /** What the client will be told, if it can be written down. */
  async #told(open: Transaction, ruling: Ruling, offered: Offered, deadline: number): Promise<Answer> {
    if (ruling.course === 'answer') return ruling.reply === undefined ? answers.defect : answerOf(ruling.reply);
    const edited = applyEdits(offered.bytes, this.#traced(ruling.edits, offered));
    return this.#answering(open.visitor, async () => {
      const begun = await open.hop.command('DATA', this.#within(deadline, 'dataInitiation'));
      if (begun.code !== 354) return isPositive(begun) ? answers.defect : relayed(begun);
      const said = relayed(await open.hop.message(edited, deadline));
      open.isOver = true;
      return said;
    });
  }

  /** The trace stands below what the gate has stamped: above it stand those who had the message later. */
  #traced(edits: Edits, offered: Offered): Edits {
    const { trace } = this.#options;
    const { queueId } = offered;
    if (trace === undefined || queueId === undefined) return edits;
    return { ...edits, insert: [...edits.insert, receivedField(offered, { by: trace.by, id: queueId })] };
  }

  async #written(ruling: Ruling, told: Answer, visitor: Visitor): Promise<Answer> {
    try {
      await ruling.record(replyOf(told));
      return told;
    } catch (error) {
      this.#defect(error, visitor);
      return unwritten;
    }
  }

  /** What the next hop has for an answer, of what the client waits. */
  #within(deadline: number, step: 'command' | 'dataInitiation'): number {
    return Math.min(this.#options.nextHop.options.timeouts[step], deadline - performance.now());
  }

  /** What a next hop that is gone comes to. */
  async #answering(visitor: Visitor, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof HopFailure)) return this.#defect(error, visitor);
      this.#options.report({ about: 'next hop', ip: visitor.ip, text: error.message });
      return error.answer;
    }
  }

  #defect(error: unknown, { ip }: Visitor): Answer {
    if (this.#gone.signal.aborted) return answers.stopping;
    this.#options.report({
      about: 'defect',
      ip,
      text: error instanceof Error ? (error.stack ?? error.message) : `${error}`,
    });
    return answers.defect;
  }

  /** Gives the connection back when nothing is open in it. */
  #release({ hop, isOnlyIts, isOver }: Transaction): void {
    const { nextHop } = this.#options;
    if (isOnlyIts || !hop.isUsable) hop.close();
    else if (isOver) nextHop.release(hop);
    else this.#abandon(hop);
  }

  #abandon(hop: HopConnection): void {
    const { nextHop } = this.#options;
    hop.command('RSET', nextHop.options.timeouts.command).then(
      ({ code }) => (code === 250 ? nextHop.release(hop) : hop.close()),
      () => hop.close(),
    );
  }
}

/** Of what was refused only the header is looked at: where its lines end is in doubt, and so where it ends. */
function headerOf(head: Buffer): Buffer {
  const text = head
    .toString('latin1')
    .replace(/\r\n|\r|\n/g, '\r\n')
    .replaceAll('\0', '');
  const end = text.indexOf('\r\n\r\n');
  return Buffer.from(end < 0 ? text : text.slice(0, end + 4), 'latin1');
}

/**
 * The next hop's answer, as the client gets it: with an enhanced code, since we promise one (RFC 2034); 421 is about its
 * connection with us and not about the client's with us.
 */
function relayed(said: Answer): Answer {
  if (said.code >= 300 && said.code < 400) return answers.defect;
  const code = said.code === 421 ? 451 : said.code;
  const enhanced = said.enhanced === '' ? `${Math.floor(code / 100)}.0.0` : said.enhanced;
  return { ...said, code, enhanced };
}

/** What is promised, or an error once the signal aborts. */
function untilAborted<T>(promised: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('the client is gone, or the gate takes too long'));
    signal.addEventListener('abort', stop, { once: true });
    promised.then(resolve, reject);
  });
}
