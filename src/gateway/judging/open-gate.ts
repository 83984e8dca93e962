import { readMessage } from '../../mail/index.ts';
import type { Decision, Reply } from '../../policy/index.ts';
import { bareEdits, troubleField } from '../edits/index.ts';
import type { Edits, Gate, Offered, Ruling } from '../gate.ts';
import { DeferredDeliveries } from './deferred-deliveries.ts';
import { type GateOptions, gateTimes } from './gate-options.ts';
import type { Decided, Evidence, Facts, Hearing } from './hearing.ts';
import { recipientClass } from './recipient-class.ts';
import { within } from './time-limit.ts';

/** What a client is told whose message is taken and kept here, or thrown away. */
const taken: Reply = { code: 250, enhanced: '2.0.0', text: 'Ok' };
/** RFC 3463 section 3.4: the gate, or what it needs, is not there now. */
const comeAgain: Reply = { code: 451, enhanced: '4.3.0', text: 'The message cannot be judged now; try again later' };

const letOn: Decision = { action: { kind: 'Deliver' }, changes: [], rule: undefined, trace: [] };
const putOff: Decision = { ...letOn, action: { kind: 'Defer', reply: comeAgain } };
const noEdits: Edits = { remove: [], insert: [], body: undefined };

/**
 * Opens a gate: each message is judged by checks made now, decided by the policy, and what becomes of it is written down
 * before its client is answered.
 *
 * @example const ruling = await openGate(options).rule(offered, signal);
 */
export function openGate(options: GateOptions): Gate {
  return new PolicyGate(options);
}

class PolicyGate implements Gate {
  readonly #options: GateOptions;
  readonly #deferred = new DeferredDeliveries();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  recipientClass(address: string): string {
    const { inForce, acceptedDomains } = this.#options;
    return recipientClass(inForce().policy, address, acceptedDomains);
  }

  async rule(offered: Offered, signal: AbortSignal): Promise<Ruling> {
    const { journal, onTrouble, rulingTime = gateTimes.ruling } = this.#options;
    if (!journal.hasRoom && onTrouble === 'closed') return this.#trouble(offered, 'the journal is full');
    // What comes too late is nobody's any more.
    const over = new AbortController();
    try {
      return await within(this.#ruling(offered, over.signal), rulingTime, signal);
    } catch (error) {
      over.abort();
      signal.throwIfAborted();
      this.#notice(error);
      return this.#trouble(offered, 'it could not be judged');
    }
  }

  async #ruling(offered: Offered, over: AbortSignal): Promise<Ruling> {
    const { onTrouble, isDnsAlive, hearings, inForce } = this.#options;
    const hearing = await hearings.open(offered, inForce());
    const end = (): void => hearing.end();
    over.addEventListener('abort', end, { once: true });
    if (over.aborted) end();
    const decided = await hearing.decide(this.#evidence(hearing.facts));
    const { decision, isDnsSilent } = decided;
    const isOpen = decision.action.kind === 'Defer' && isDnsSilent && onTrouble === 'open';
    if (!isOpen || (await isDnsAlive())) return this.#decided(hearing, decided);
    end();
    return this.#trouble(offered, 'DNS does not answer');
  }

  #evidence({ arrival, claims, authors, recipients }: Facts): Evidence {
    const { reputation, acquaintances } = this.#options;
    return {
      ...reputation.standing({ ...arrival, ...claims }),
      isFirstContact: acquaintances.isFirstContact(authors, recipients),
    };
  }

  /** Where there are no edits it is refused, put off, kept here or thrown away, and the next hop gets nothing. */
  #decided(hearing: Hearing, { decision, edits = noEdits }: Decided): Ruling {
    const { action } = decision;
    const record = (answer: Reply): Promise<void> => this.#record(hearing, { decision, answer });
    if (action.kind === 'Deliver') return { decision, course: 'handOn', reply: undefined, edits, record };
    return { decision, course: 'answer', reply: 'reply' in action ? action.reply : taken, edits, record };
  }

  async #record(
    hearing: Hearing,
    { decision, answer }: { readonly decision: Decision; readonly answer: Reply },
  ): Promise<void> {
    const { journal, onTrouble } = this.#options;
    const { facts } = hearing;
    try {
      await journal.record(await hearing.entry(this.#deferred.idOf(facts, answer), answer));
    } catch (error) {
      if (onTrouble === 'closed' || decision.action.kind === 'Quarantine') throw error;
      this.#notice(error);
    }
    this.#remember(facts, answer);
  }

  #remember({ isInbound, arrival, isForgery, authors, recipients }: Facts, { code }: Reply): void {
    const { reputation, acquaintances } = this.#options;
    if (!isInbound || (code >= 400 && code < 500)) return;
    reputation.note(arrival);
    if (code >= 300 || isForgery) return;
    for (const author of authors) for (const recipient of recipients) acquaintances.note(author, recipient);
  }

  /** By setting: the message goes on unjudged, what claims to be the gate's word taken out of it, or it comes again. */
  #trouble(offered: Offered, why: string): Ruling {
    const { onTrouble, stamping, hearings, inForce } = this.#options;
    if (onTrouble === 'closed') {
      return { decision: putOff, course: 'answer', reply: comeAgain, edits: noEdits, record: async () => {} };
    }
    const record = async (answer: Reply): Promise<void> => {
      try {
        const unchecked = await hearings.open(offered, inForce(), false);
        await this.#record(unchecked, { decision: letOn, answer });
      } catch (error) {
        this.#notice(error);
      }
    };
    const edits = bareEdits(readMessage(offered.bytes), stamping, [troubleField(why)]);
    return { decision: letOn, course: 'handOn', reply: undefined, edits, record };
  }

  #notice(error: unknown): void {
    this.#options.notice(error instanceof Error ? error : new Error(String(error)));
  }
}
