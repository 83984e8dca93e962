import type { Reply } from '../../policy/index.ts';
import type { Gate, Offered } from '../gate.ts';
import type { Memory } from '../memory.ts';
import { clientIpOf, clientOf, protocolOf } from './client.ts';
import { type Command, type Connect, readCommand } from './command.ts';
import { type Answer, finalAnswer, refusal } from './final-answer.ts';
import { type Impurity, IncomingMessage, type Overflow } from './incoming-message.ts';
import type { MilterLimits } from './limits.ts';
import type { MilterLog } from './log.ts';
import { Macros } from './macros.ts';
import { agree } from './negotiation.ts';
import { checkOrder, isInMessage, type Stage } from './order.ts';
import { type Packet, packet } from './packet.ts';
import { noReplySteps, replyLetters } from './protocol.ts';
import { ownReplies, replyPacket } from './reply.ts';

/** What every conversation needs. */
export interface SessionMeans {
  readonly gate: Gate;
  readonly limits: MilterLimits;
  readonly memory: Memory;
  /** What becomes of a message that is larger than the limits: refused with 552, or passed on unjudged, as {@link Gate.unread} has it. */
  readonly oversize: 'refuse' | 'accept';
  /** Whether the mail of an address is the administrator's own, and so not judged as a stranger's. */
  readonly isOwn: (ip: string) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: MilterLog;
}

/** Where a session speaks to. */
export interface Wire {
  readonly send: (bytes: Buffer) => void;
  /** Ends the connection when what was sent is out. */
  readonly end: () => void;
  /** Cuts the connection: the message that the MTA waits for cannot be answered. */
  readonly fail: (defect: unknown) => void;
}

type Handlers = {
  readonly [name in Command['name']]: (command: Extract<Command, { name: name }>) => Buffer | undefined;
};

const goOn = packet(replyLetters.continue);
const unfitReplies: { readonly [why in Overflow | Impurity]: Reply } = {
  'bare CR': ownReplies.bareCr,
  'disguised name': ownReplies.disguised,
  message: ownReplies.tooLarge,
  header: ownReplies.tooLarge,
  fields: ownReplies.tooLarge,
  room: ownReplies.noRoom,
};

/**
 * One conversation with an MTA: its commands in, replies out. It holds what the client said, and at the end of each
 * message asks the gate. Knows nothing of sockets.
 *
 * @example for (const one of reader.read(chunk)) session.take(one);
 */
export class MilterSession {
  readonly #means: SessionMeans;
  readonly #wire: Wire;
  readonly #macros = new Macros();
  #stage: Stage = 'begin';
  #steps = 0;
  #client: Connect | undefined;
  #helo = '';
  #message: IncomingMessage | undefined;
  /** Aborts when nobody waits for the message under way any more. */
  #gone = new AbortController();
  #isStopping = false;

  constructor(means: SessionMeans, wire: Wire) {
    this.#means = means;
    this.#wire = wire;
  }

  /**
   * Takes a packet of the MTA.
   *
   * @throws MilterFault for what is not the protocol; the session is then of no more use
   */
  take(received: Packet): void {
    const command = readCommand(received);
    checkOrder(this.#stage, command.name);
    const reply = (this.#handlers[command.name] as (command: Command) => Buffer | undefined)(command);
    const isSpared = (this.#steps & (noReplySteps[command.name] ?? 0)) !== 0;
    if (reply !== undefined && !isSpared) this.#wire.send(reply);
  }

  /** No new message; ends at once, or after the one that is under way. */
  stop(): void {
    this.#isStopping = true;
    if (!isInMessage(this.#stage)) this.#wire.end();
  }

  /** The connection is gone. */
  end(): void {
    this.#giveUp();
  }

  readonly #handlers: Handlers = {
    negotiate: (offer) => {
      const { steps, reply } = agree(offer);
      this.#steps = steps;
      this.#stage = 'ready';
      return reply;
    },
    macros: ({ of, pairs }) => {
      this.#macros.set(of, pairs);
      return undefined;
    },
    connect: (client) => {
      this.#client = client;
      this.#stage = 'greeted';
      return goOn;
    },
    helo: ({ host }) => {
      this.#helo = host;
      return goOn;
    },
    mail: ({ address }) => {
      // One that was begun is given up; the macros that came are those of this one.
      this.#endMessage();
      const client = clientIpOf(this.#client!);
      if (client === undefined) return this.#refusesUnknown();
      const { limits, memory } = this.#means;
      this.#message = new IncomingMessage(address, limits, () => memory.hold(client));
      this.#stage = 'sender';
      return goOn;
    },
    recipient: ({ address }) => this.#addRecipient(this.#message!, address),
    data: () => goOn,
    unknown: () => goOn,
    header: ({ field, value }) => {
      this.#message!.addField(field, value);
      this.#stage = 'header';
      return goOn;
    },
    'end of header': () => {
      this.#message!.endHeader();
      this.#stage = 'body';
      return goOn;
    },
    body: ({ bytes }) => {
      this.#message!.addBody(bytes);
      return goOn;
    },
    'end of body': ({ bytes }) => {
      this.#message!.addBody(bytes);
      this.#message!.end();
      this.#stage = 'ruling';
      this.#rule(this.#message!, this.#gone.signal).catch(this.#wire.fail);
      return undefined;
    },
    abort: () => {
      this.#giveUp();
      if (this.#isStopping) this.#wire.end();
      return undefined;
    },
    quit: () => {
      this.#giveUp();
      this.#wire.end();
      return undefined;
    },
    'quit, new connection': () => {
      this.#giveUp();
      this.#macros.endConnection();
      this.#helo = '';
      if (this.#stage === 'greeted') this.#stage = 'ready';
      if (this.#isStopping) this.#wire.end();
      return undefined;
    },
  };

  #addRecipient(message: IncomingMessage, address: string): Buffer {
    if (message.recipients.length >= this.#means.limits.recipients) return replyPacket(ownReplies.manyRecipients);
    const its = this.#means.gate.recipientClass(address);
    message.recipientClass ??= its;
    if (message.recipientClass !== its) return replyPacket(ownReplies.otherClass);
    message.recipients.push(address);
    this.#stage = 'recipients';
    return goOn;
  }

  #refusesUnknown(): Buffer {
    this.#means.log('a message is put off: the MTA does not know its client’s address', {
      level: 'warning',
      event: 'milter-unknown-client',
    });
    return replyPacket(ownReplies.unknownClient);
  }

  async #rule(message: IncomingMessage, gone: AbortSignal): Promise<void> {
    const began = this.#means.now();
    const offered = this.#offered(message, began);
    const answer = await this.#answer(offered, message, gone);
    if (gone.aborted) return;
    this.#log(offered, message, answer, began);
    // In one write: each of its own would wake the MTA for a part of the answer.
    this.#wire.send(Buffer.concat(answer.packets));
    this.#endMessage();
    this.#macros.endMessage();
    if (this.#isStopping) this.#wire.end();
  }

  #offered(message: IncomingMessage, at: number): Offered {
    const ip = clientIpOf(this.#client!)!;
    const client = clientOf({ ip, helo: this.#helo, macros: this.#macros }, this.#means.isOwn);
    const { mailFrom, recipients, memory } = message;
    const queueId = this.#macros.get('i');
    const protocol = protocolOf(this.#macros);
    return { client, mailFrom, recipients, bytes: message.bytes(), memory, at, protocol, ...(queueId && { queueId }) };
  }

  #answer(offered: Offered, { overflow, impurity }: IncomingMessage, gone: AbortSignal): Answer | Promise<Answer> {
    const { gate, oversize } = this.#means;
    // Of what there is no room for, little is known: it comes again.
    const unfit = overflow === 'room' ? overflow : (impurity ?? overflow);
    if (unfit === undefined) return this.#ask((one, signal) => gate.rule(one, signal), offered, gone);
    if (unfit === 'message' && oversize === 'accept' && gate.unread !== undefined) {
      return this.#ask(async (one) => gate.unread!(one, ownReplies.tooLarge.text), offered, gone);
    }
    const reply = unfitReplies[unfit];
    // What may come again is no refusal.
    if (reply.code >= 500) gate.refused?.(offered, reply);
    return refusal(reply);
  }

  #ask(rule: Gate['rule'], offered: Offered, gone: AbortSignal): Promise<Answer> {
    const { ruling, progress } = this.#means.limits;
    const sendProgress = (): void => this.#wire.send(packet(replyLetters.progress));
    return finalAnswer(offered, { rule, ruling, progress, sendProgress }, gone);
  }

  #log(offered: Offered, { overflow, impurity }: IncomingMessage, { told, failure }: Answer, began: number): void {
    const isOdd = (failure ?? overflow ?? impurity) !== undefined;
    this.#means.log(`message ${this.#macros.get('i') ?? '(no queue id)'}: ${told.code} ${told.enhanced}`, {
      level: isOdd ? 'warning' : 'info',
      event: 'milter-message',
      queue_id: this.#macros.get('i'),
      client: offered.client.ip,
      bytes: offered.bytes.length,
      ms: this.#means.now() - began,
      overflow,
      impurity,
      failure,
    });
  }

  /** Nobody waits for the message any more. */
  #giveUp(): void {
    if (this.#message !== undefined) this.#gone.abort();
    this.#endMessage();
    this.#macros.endMessage();
  }

  #endMessage(): void {
    this.#gone = new AbortController();
    this.#message?.release();
    this.#message = undefined;
    if (isInMessage(this.#stage)) this.#stage = 'greeted';
  }
}
