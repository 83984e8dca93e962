import { isAscii } from 'node:buffer';
import type { Resolver } from '../../mail/index.ts';
import type { Reply } from '../../policy/index.ts';
import type { Stamping } from '../edits/index.ts';
import { envelopeLine } from '../proxy/index.ts';
import type { HandedOver, HandOver, Held } from '../quarantine/index.ts';
import {
  type Answer,
  type Attributes,
  answer,
  type HopConnection,
  HopFailure,
  type HopTarget,
  type HopTimeouts,
  hopTimeouts,
  impurityOf,
  isHeloName,
  isPositive,
  NextHop,
  readPath,
  replyOf,
} from '../smtp/index.ts';
import { releasedBytes } from './released-bytes.ts';

/** Where released messages go, and by whom. */
export interface ReleaseOptions {
  readonly target: HopTarget;
  /** The gate's own name, with which it stamps. */
  readonly stamping: Stamping;
  readonly resolver: Resolver;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** @default {@link hopTimeouts} */
  readonly timeouts?: HopTimeouts;
  /** Aborts what is under way when the gate stops. */
  readonly signal?: AbortSignal;
}

/** Milliseconds for all of it, more than a next hop may take to answer a message (RFC 5321 section 4.5.3.2.6). */
const LONGEST = 12 * 60_000;

/**
 * Hands released messages to a next hop, each over a connection of its own.
 *
 * @example await quarantine.release(id, 'anna', releaseTo({ target, stamping, resolver, now: Date.now }));
 */
export function releaseTo({ target, timeouts = hopTimeouts, signal, ...options }: ReleaseOptions): HandOver {
  const nextHop = new NextHop({ target, timeouts, hostname: options.stamping.authservId });
  return async (message) => {
    const { held } = message;
    const bytes = await releasedBytes(message, { ...options, at: options.now() });
    const unfit = unfitness(held, bytes);
    if (unfit !== undefined) return refusedWith(unfit);
    const deadline = performance.now() + LONGEST;
    try {
      const hop = await nextHop.fresh(deadline);
      const cut = (): void => hop.destroy();
      signal?.addEventListener('abort', cut);
      try {
        return await new Transaction(hop, timeouts, deadline).deliver(held, bytes);
      } finally {
        signal?.removeEventListener('abort', cut);
        hop.close();
      }
    } catch (error) {
      if (!(error instanceof HopFailure)) throw error;
      return refusedWith(answer(451, error.answer.enhanced, `The next hop cannot be reached: ${error.message}`));
    }
  };
}

const refusedWith = (said: Answer, more: Partial<HandedOver> = {}): HandedOver => ({
  answer: replyOf(said),
  taken: [],
  refused: [],
  isUnsure: false,
  ...more,
});

/** What cannot be said in SMTP. An MTA may have told the milter what it would never have said itself. */
function unfitness({ mailFrom, recipients }: Held, bytes: Buffer): Answer | undefined {
  const isPath = (address: string): boolean => readPath(`<${address}>`)?.rest === '';
  if (mailFrom !== '' && !isPath(mailFrom)) return answer(501, '5.1.7', 'The sender’s address is none');
  if (!recipients.every((address) => address !== '' && isPath(address)))
    return answer(501, '5.1.3', 'A recipient’s address is none');
  const impurity = impurityOf(bytes);
  return impurity && answer(554, '5.6.0', `The message holds a ${impurity}, which SMTP does not carry`);
}

/** One transaction with the next hop. */
class Transaction {
  readonly #hop: HopConnection;
  readonly #timeouts: HopTimeouts;
  readonly #deadline: number;

  constructor(hop: HopConnection, timeouts: HopTimeouts, deadline: number) {
    this.#hop = hop;
    this.#timeouts = timeouts;
    this.#deadline = deadline;
  }

  async deliver(held: Held, bytes: Buffer): Promise<HandedOver> {
    const hop = this.#hop;
    await hop.introduce(attributesOf(held), this.#deadline);
    const begun = await this.#mail(held, bytes);
    if (!isPositive(begun)) return refusedWith(begun);
    const { taken, refused } = await this.#recipients(held.recipients);
    if (taken.length === 0)
      return { ...refusedWith(answer(550, '5.1.1', 'No recipient is taken')), ...lastOf(refused) };
    const said = await this.#command('DATA', 'dataInitiation');
    if (said.code !== 354) return { ...refusedWith(said), refused };
    // From here on nobody knows what a next hop that goes away has done.
    const last = await hop.message(bytes, this.#deadline).catch((error: unknown) => {
      if (error instanceof HopFailure) return error;
      throw error;
    });
    if (last instanceof HopFailure)
      return refusedWith(answer(451, last.answer.enhanced, `The next hop is gone: ${last.message}`), {
        refused,
        isUnsure: true,
      });
    return { answer: replyOf(last), taken: isPositive(last) ? taken : [], refused, isUnsure: false };
  }

  #mail({ mailFrom, recipients }: Held, bytes: Buffer): Promise<Answer> | Answer {
    const parameters = new Map([['SIZE', String(bytes.length)]]);
    if (!isAscii(bytes)) parameters.set('BODY', '8BITMIME');
    if ([mailFrom, ...recipients].some((address) => !isAscii(Buffer.from(address)))) parameters.set('SMTPUTF8', '');
    const line = envelopeLine('MAIL FROM', { path: { address: mailFrom }, parameters }, this.#hop.features);
    return line === undefined
      ? answer(550, '5.6.7', 'The next hop does not take addresses beyond ASCII')
      : this.#command(line, 'command');
  }

  async #recipients(recipients: readonly string[]): Promise<Pick<HandedOver, 'taken' | 'refused'>> {
    const taken: string[] = [];
    const refused: { readonly recipient: string; readonly answer: Reply }[] = [];
    for (const recipient of recipients) {
      const said = await this.#command(`RCPT TO:<${recipient}>`, 'command');
      if (isPositive(said)) taken.push(recipient);
      else refused.push({ recipient, answer: replyOf(said) });
    }
    return { taken, refused };
  }

  #command(line: string, step: 'command' | 'dataInitiation'): Promise<Answer> {
    return this.#hop.command(line, Math.min(this.#timeouts[step], this.#deadline - performance.now()));
  }
}

const lastOf = (refused: HandedOver['refused']): Partial<HandedOver> => {
  const last = refused.at(-1);
  return last === undefined ? {} : { answer: last.answer, refused };
};

/** The client of that time, for a next hop that asks for it. */
const attributesOf = ({ client: { ip, helo } }: Held): Attributes =>
  new Map<string, string | undefined>([
    ['ADDR', ip || undefined],
    ['PROTO', 'ESMTP'],
    ['SOURCE', 'REMOTE'],
    ...(isHeloName(helo) ? [['HELO', helo] as const] : []),
  ]);
