import type { Memory, MemoryHold } from '../memory.ts';
import { type Answer, answer, answers, isPositive } from './answer.ts';
import { type Attributes, attributeNames, isHeloName, readAttributes } from './attributes.ts';
import type { Command } from './command.ts';
import { type EnvelopeCommand, readEnvelope } from './envelope.ts';
import { type Features, noFeatures } from './features.ts';
import type { MailHandler, Visitor } from './handler.ts';
import type { SmtpLimits } from './limits.ts';

/** What a session does after an answer. */
export type Next = 'close' | 'tls' | 'data' | 'greeting';

export interface Outcome {
  readonly answer: Answer;
  readonly next?: Next;
}

export interface DialogueOptions {
  readonly hostname: string;
  readonly limits: SmtpLimits;
  readonly memory: Memory;
  readonly hasTls: boolean;
  /** The other end of the connection, or the client of the balancer there. */
  readonly client: { readonly ip: string; readonly port: number };
  /** May say XCLIENT and XFORWARD. */
  readonly mayTell: boolean;
  /** May send to any domain; asked of the address that XCLIENT names. */
  readonly isTrusted: (ip: string) => boolean;
  /** Whose mail is the administrator's own; asked of the address that XCLIENT, XFORWARD or PROXY names. */
  readonly isOwn: (ip: string) => boolean;
  readonly handler: MailHandler;
}

type Handle = (rest: string, command: Command) => Promise<Outcome> | Outcome;

const say = (said: Answer, next?: Next): Outcome => (next === undefined ? { answer: said } : { answer: said, next });

/** The protocol's state for one connection, without the connection: commands in, answers out (RFC 5321 section 4). */
export class Dialogue {
  readonly #options: DialogueOptions;
  #helo: { readonly verb: 'HELO' | 'EHLO'; readonly name: string } | undefined;
  #features: Features = noFeatures;
  #isTls = false;
  #told: Attributes = new Map();
  #forwarded: Attributes | undefined;
  #mail: EnvelopeCommand | undefined;
  #recipients = 0;

  constructor(options: DialogueOptions) {
    this.#options = options;
  }

  /** True between MAIL and what ends it. */
  get isOpen(): boolean {
    return this.#mail !== undefined;
  }

  /** What becomes of a command that is known; undefined for others. */
  command(command: Command): Promise<Outcome> | Outcome | undefined {
    const handle = Object.hasOwn(this.#handles, command.verb) ? this.#handles[command.verb] : undefined;
    return handle?.(command.rest, command);
  }

  /** What the message of the open transaction will take. */
  memory(): MemoryHold {
    return this.#options.memory.hold(this.#sender());
  }

  /** The message of the open transaction, which ends with it. */
  async message(bytes: Buffer, memory: MemoryHold): Promise<Answer> {
    const visitor = this.#visitor();
    this.#close();
    return this.#options.handler.message(bytes, visitor, memory);
  }

  /** Ends the open transaction, whose message the server has refused. */
  refused(head: Buffer, said: Answer): void {
    // What may come again is no refusal.
    if (said.code >= 500) this.#options.handler.refused?.(head, said, this.#visitor());
    this.reset();
  }

  /** Ends a transaction, if there is one. */
  reset(): void {
    if (this.#mail !== undefined) this.#options.handler.reset();
    this.#close();
  }

  /** TLS has begun: what was said before is forgotten (RFC 3207 section 4.2). */
  secured(): void {
    this.#isTls = true;
    this.#helo = undefined;
    this.reset();
  }

  readonly #handles: Readonly<Record<string, Handle>> = {
    EHLO: (rest) => this.#hello('EHLO', rest),
    HELO: (rest) => this.#hello('HELO', rest),
    MAIL: (rest) => this.#mailFrom(rest),
    RCPT: (rest) => this.#rcptTo(rest),
    DATA: (rest) => this.#data(rest),
    RSET: (rest) => this.#rset(rest),
    NOOP: () => say(answers.ok),
    HELP: () => say(answer(214, '2.0.0', 'RFC 5321')),
    VRFY: () => say(answer(252, '2.5.2', 'Send some mail, I will try')),
    QUIT: () => say(answer(221, '2.0.0', 'Bye'), 'close'),
    STARTTLS: (rest) => this.#startTls(rest),
    XCLIENT: (rest) => this.#xclient(rest),
    XFORWARD: (rest) => this.#xforward(rest),
  };

  async #hello(verb: 'HELO' | 'EHLO', rest: string): Promise<Outcome> {
    if (!isHeloName(rest)) return say(answer(501, '5.5.4', `Syntax: ${verb} hostname`));
    this.reset();
    this.#helo = { verb, name: rest };
    const { hostname } = this.#options;
    if (verb === 'HELO') return say(answer(250, '', hostname));
    this.#features = await this.#options.handler.features();
    return say(answer(250, '', hostname, ...this.#keywords()));
  }

  #keywords(): string[] {
    const { hasTls, mayTell } = this.#options;
    const { eightBit, utf8, dsn } = this.#features;
    const told = Object.entries(attributeNames).map(
      ([verb, names]) => [mayTell, `${verb} ${names.join(' ')}`] as const,
    );
    const rows: (readonly [boolean, string])[] = [
      [true, 'PIPELINING'],
      [true, `SIZE ${this.#largest()}`],
      [hasTls && !this.#isTls, 'STARTTLS'],
      [true, 'ENHANCEDSTATUSCODES'],
      [eightBit, '8BITMIME'],
      // RFC 6531 section 3.1: one with the other only.
      [utf8 && eightBit, 'SMTPUTF8'],
      [dsn, 'DSN'],
      ...told,
    ];
    return rows.filter(([is]) => is).map(([, keyword]) => keyword);
  }

  /** Octets of the largest message that we and the next hop take. */
  #largest(): number {
    const { message } = this.#options.limits;
    return Math.min(message, this.#features.size || message);
  }

  async #mailFrom(rest: string): Promise<Outcome> {
    if (this.#helo === undefined || this.#mail !== undefined) return say(answers.sequence);
    const mail = this.#envelope('MAIL', rest, false);
    if ('code' in mail) return say(mail);
    const size = Number(mail.parameters.get('SIZE') ?? 0);
    if (size > this.#largest()) return say(answers.tooLarge);
    if (!this.#options.memory.hasRoom(size, this.#sender())) return say(answers.noMemory);
    this.#mail = mail;
    const said = await this.#options.handler.mail(mail, this.#visitor());
    if (!isPositive(said)) this.#mail = undefined;
    return say(said);
  }

  async #rcptTo(rest: string): Promise<Outcome> {
    if (this.#mail === undefined) return say(answers.sequence);
    const rcpt = this.#envelope('RCPT', rest, this.#mail.parameters.has('SMTPUTF8'));
    if ('code' in rcpt) return say(rcpt);
    if (this.#recipients >= this.#options.limits.recipients) return say(answer(452, '4.5.3', 'Too many recipients'));
    const said = await this.#options.handler.rcpt(rcpt);
    if (isPositive(said)) this.#recipients++;
    return say(said);
  }

  #envelope(verb: 'MAIL' | 'RCPT', rest: string, utf8: boolean): EnvelopeCommand | Answer {
    const isTrusted = this.#options.isTrusted(this.#connected().ip);
    return readEnvelope(verb, rest, {
      features: this.#features,
      isExtended: this.#helo?.verb === 'EHLO',
      utf8,
      isTrusted,
    });
  }

  #data(rest: string): Outcome {
    if (rest !== '') return say(answer(501, '5.5.4', 'Syntax: DATA'));
    if (this.#mail === undefined) return say(answers.sequence);
    if (this.#recipients === 0) return say(answer(554, '5.5.1', 'No valid recipients'));
    this.#options.handler.data();
    return say(answer(354, '', 'End data with <CR><LF>.<CR><LF>'), 'data');
  }

  #rset(rest: string): Outcome {
    if (rest !== '') return say(answer(501, '5.5.4', 'Syntax: RSET'));
    this.reset();
    return say(answers.ok);
  }

  #startTls(rest: string): Outcome {
    if (!this.#options.hasTls || this.#isTls) return say(answer(503, '5.5.1', 'TLS is not offered'));
    if (rest !== '') return say(answer(501, '5.5.4', 'Syntax: STARTTLS'));
    return this.#mail === undefined ? say(answer(220, '2.0.0', 'Ready to start TLS'), 'tls') : say(answers.sequence);
  }

  #xclient(rest: string): Outcome {
    const told = this.#attributes('XCLIENT', rest);
    if (!(told instanceof Map)) return say(told as Answer);
    this.#told = new Map([...this.#told, ...told]);
    this.#helo = undefined;
    this.#forwarded = undefined;
    return say(answers.ok, 'greeting');
  }

  #xforward(rest: string): Outcome {
    const told = this.#attributes('XFORWARD', rest);
    if (!(told instanceof Map)) return say(told as Answer);
    this.#forwarded = new Map([...(this.#forwarded ?? []), ...told]);
    return say(answers.ok);
  }

  #attributes(verb: 'XCLIENT' | 'XFORWARD', rest: string): Attributes | Answer {
    if (!this.#options.mayTell) return answer(550, '5.7.1', `Not allowed to say ${verb}`);
    return this.#mail === undefined ? readAttributes(verb, rest) : answers.sequence;
  }

  /** The client as XCLIENT and PROXY have it. Whoever says that its address is not known does not say that it is his own. */
  #connected(): { readonly ip: string; readonly port: number } {
    const { ip, port } = this.#options.client;
    const its = this.#told.has('ADDR') ? (this.#told.get('ADDR') ?? '') : ip;
    return { ip: its, port: Number(this.#told.get('PORT') ?? port) };
  }

  /** Whose share of the memory a message takes. A server that may tell of its clients, and does not, has none: it is not one. */
  #sender(): string | undefined {
    const isTold = this.#told.has('ADDR') || this.#forwarded?.has('ADDR') === true;
    return this.#options.mayTell && !isTold ? undefined : this.#visitor().ip;
  }

  #visitor(): Visitor {
    const { ip, port } = this.#connected();
    const helo = this.#told.get('HELO') ?? this.#helo?.name ?? '';
    const protocol = this.#told.get('PROTO') ?? this.#protocol();
    const own = { NAME: this.#told.get('NAME'), ADDR: ip || undefined, PORT: `${port}`, PROTO: protocol, HELO: helo };
    // Told of another client, what is not told is not known: nothing of ours may stand for it.
    const whole = this.#forwarded?.has('ADDR') ? [] : Object.entries(own);
    const attributes = new Map<string, string | undefined>([...whole, ...(this.#forwarded ?? [])]);
    const address = attributes.get('ADDR') ?? '';
    return {
      ip: address,
      helo: attributes.get('HELO') ?? '',
      name: attributes.get('NAME'),
      isAuthenticated: (this.#told.get('LOGIN') ?? '') !== '' || this.#options.isOwn(address),
      isTrusted: this.#options.isTrusted(ip),
      protocol: attributes.get('PROTO') ?? protocol,
      attributes,
    };
  }

  #protocol(): string {
    const tls = this.#isTls ? 'S' : '';
    if (this.#mail?.parameters.has('SMTPUTF8')) return `UTF8SMTP${tls}`;
    return this.#helo?.verb === 'EHLO' ? `ESMTP${tls}` : 'SMTP';
  }

  /** What XFORWARD said holds for one transaction, as in Postfix. */
  #close(): void {
    this.#forwarded = this.#mail === undefined ? this.#forwarded : undefined;
    this.#mail = undefined;
    this.#recipients = 0;
  }
}
