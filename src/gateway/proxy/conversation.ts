import { applyEdits, receivedField } from '../edits/index.ts';
import type { Edits, Gate, Offered, Ruling } from '../gate.ts';
import type { MemoryHold } from '../memory.ts';
import {
  type Answer,
  answer,
  answerOf,
  answers,
  type EnvelopeCommand,
  type Features,
  HopFailure,
  isPositive,
  type MailHandler,
  type NextHop,
  type Notice,
  replyOf,
  type SmtpTimeouts,
  type Visitor,
} from '../smtp/index.ts';
import { untilAborted } from '../until-aborted.ts';
import { type AcceptedDomains, relayRefusal } from './relay.ts';
import type { SilentClients } from './silent-clients.ts';
import { Transaction } from './transaction.ts';

export interface ConversationOptions {
  readonly gate: Gate;
  readonly nextHop: NextHop;
  readonly silentClients: SilentClients;
  readonly accepted: AcceptedDomains;
  readonly timeouts: Pick<SmtpTimeouts, 'answer' | 'verdict'>;
  readonly now: () => number;
  readonly report: (notice: Notice) => void;
  /** Who puts its trace on a message (RFC 5321 section 4.4), and what it calls the message; left out, nobody does. */
  readonly trace?: { readonly by: string; readonly id: () => string };
}

const otherClass = answer(452, '4.5.3', 'This recipient in a message of its own, please');
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
    const open = new Transaction(mail, visitor, this.#options);
    this.#open = open;
    const said = await this.#answering(visitor, async () => relayed(await open.begin(deadline)));
    if (!isPositive(said)) this.#open = undefined;
    return said;
  }

  async rcpt(rcpt: EnvelopeCommand): Promise<Answer> {
    const open = this.#open;
    if (open === undefined) return answers.sequence;
    const { gate, accepted, timeouts } = this.#options;
    const refusal = relayRefusal(rcpt.path, open.visitor, accepted);
    if (refusal !== undefined) return refusal;
    const recipientClass = gate.recipientClass(rcpt.path.address);
    if (open.recipientClass !== undefined && open.recipientClass !== recipientClass) return otherClass;
    const deadline = performance.now() + timeouts.answer;
    const said = await this.#answering(open.visitor, async () => relayed(await open.rcpt(rcpt, deadline)));
    if (isPositive(said)) open.recipientClass = recipientClass;
    return said;
  }

  data(): void {
    this.#open?.sends();
  }

  async message(bytes: Buffer, visitor: Visitor, memory: MemoryHold): Promise<Answer> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return answers.sequence;
    const deadline = performance.now() + this.#options.timeouts.verdict;
    try {
      const offered = { ...this.#offered(open, bytes, visitor), memory };
      const ruling = await this.#ruled(offered, deadline);
      const told = await this.#told(open, ruling, offered, deadline);
      return await this.#written(ruling, told, visitor);
    } catch (error) {
      return this.#defect(error, visitor);
    } finally {
      open.release();
    }
  }

  refused(head: Buffer, said: Answer, visitor: Visitor): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#options.gate.refused?.(this.#offered(open, headerOf(head), visitor), replyOf(said));
  }

  reset(): void {
    this.#open?.release();
    this.#open = undefined;
  }

  gone(): void {
    this.#gone.abort();
    this.#open?.destroy();
    this.#open = undefined;
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
    const stop = () => cancel.abort(new Error('the client is gone, or the gate takes too long'));
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
    return this.#answering(open.visitor, async () => {
      const edited = applyEdits(offered.bytes, this.#traced(ruling.edits, offered));
      return relayed(await open.message(edited, deadline, this.#gone.signal));
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
