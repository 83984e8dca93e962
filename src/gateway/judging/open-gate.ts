import { isCutOff, readMessage } from '../../mail/index.ts';
import type { Decision, Reply } from '../../policy/index.ts';
import { bareEdits, troubleField } from '../edits/index.ts';
import type { Edits, Gate, Offered, Ruling } from '../gate.ts';
import { isPutOff } from './deferred-deliveries.ts';
import { type GateOptions, gateTimes } from './gate-options.ts';
import { type Decided, type Evidence, type Facts, type Hearing, headerTooLarge, letOn } from './hearing.ts';
import type { Hearings } from './hearings.ts';
import { heldHearings } from './held-hearings.ts';
import { isLooping, loopLimits, loopReply } from './loops.ts';
import { Observation } from './observation.ts';
import { areOneClass, recipientClass } from './recipient-class.ts';
import { RefusalAllowance } from './refusal-allowance.ts';
import { OutOfTime, within } from './time-limit.ts';

/** What a client is told whose message is taken and kept here, or thrown away. */
const taken: Reply = { code: 250, enhanced: '2.0.0', text: 'Ok' };
/** RFC 3463 section 3.4: the gate, or what it needs, is not there now. */
const comeAgain: Reply = { code: 451, enhanced: '4.3.0', text: 'The message cannot be judged now; try again later' };

/** RFC 5321 section 4.2.3, RFC 3463 section 3.4: never lost, and never let on because there are too many of its kind. */
const noRoom: Reply = { code: 452, enhanced: '4.3.1', text: 'The quarantine is full; try again later' };

const policyChanged: Reply = { code: 451, enhanced: '4.3.0', text: 'The policy has changed; try again later' };
const putOff = { ...letOn, action: { kind: 'Defer', reply: comeAgain } } as const satisfies Decision;
const split = { ...putOff, action: { kind: 'Defer', reply: policyChanged } } as const satisfies Decision;
const refusedWith = (reply: Reply) => ({ ...letOn, action: { kind: 'Reject', reply } }) as const satisfies Decision;
const noEdits: Edits = { remove: [], insert: [], body: undefined };

/** Of what is taken and goes nowhere, what is written down is all that is left. */
const endsHere: ReadonlySet<Decision['action']['kind']> = new Set(['Quarantine', 'DeleteMessage']);

/** Rows a minute about what the fronts refuse by themselves. */
const REFUSALS = 60;

/**
 * Opens a gate: each message is judged by checks made now, decided by the policy, and what becomes of it is written down
 * before its client is answered.
 *
 * @example const ruling = await openGate(options).rule(offered, signal);
 */
export function openGate(options: GateOptions): Gate {
  return new PolicyGate(options);
}

/** A decision, and what the client is told. */
interface Ending {
  readonly decision: Decision;
  readonly answer: Reply;
}

class PolicyGate implements Gate {
  readonly #options: GateOptions;
  readonly #hearings: Hearings;
  readonly #refusals: RefusalAllowance;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#hearings = heldHearings(options.hearings);
    this.#refusals = new RefusalAllowance(options.refusals ?? REFUSALS);
  }

  recipientClass(address: string): string {
    const { inForce, acceptedDomains } = this.#options;
    return recipientClass(inForce().policy, address, acceptedDomains);
  }

  async rule(offered: Offered, signal: AbortSignal): Promise<Ruling> {
    const { journal, onTrouble, rulingTime = gateTimes.ruling, observe } = this.#options;
    const observation = new Observation(offered, observe);
    if (!journal.hasRoom && onTrouble === 'closed') return this.#trouble(observation, 'the journal is full');
    // What comes too late is nobody's any more.
    const over = new AbortController();
    try {
      return await within(this.#ruling(observation, over.signal), rulingTime, signal);
    } catch (error) {
      over.abort();
      signal.throwIfAborted();
      this.#notice(error);
      if (!(error instanceof OutOfTime)) return this.#trouble(observation, 'it could not be judged');
      const isOpen = onTrouble === 'open' && !(await this.#options.isDnsAlive());
      signal.throwIfAborted();
      if (isOpen) return this.#trouble(observation, 'DNS does not answer');
      // To let it on would be to let senders choose, by mail that takes long, which mail is not judged.
      return this.#unjudged(observation, putOff, 'judging it took too long');
    }
  }

  refused(offered: Offered, answer: Reply): void {
    const { journal, observe } = this.#options;
    const observation = new Observation(offered, observe);
    const ending = { decision: refusedWith(answer), answer };
    const mayWrite = journal.hasRoom && this.#refusals.take(offered.client.ip, performance.now());
    const written = mayWrite ? this.#writeUnjudged(offered, ending) : Promise.resolve(undefined);
    void written.then((id) => observation.tell(ending, { id, trouble: 'refused before it was judged' }));
  }

  unread(offered: Offered, why: string): Ruling {
    return this.#letOn(new Observation(offered, this.#options.observe), why, false);
  }

  async #ruling(observation: Observation, over: AbortSignal): Promise<Ruling> {
    const { onTrouble, isDnsAlive, inForce, acceptedDomains } = this.#options;
    const { offered } = observation;
    const current = inForce();
    // One answer is for all of them: where another policy has come since RCPT, the client brings them one by one.
    if (!areOneClass(current.policy, offered.recipients, acceptedDomains))
      return this.#unjudged(observation, split, 'the policy has changed and tells its recipients apart');
    const hearing = await this.#hearings.open(offered, current);
    const end = (): void => void hearing.end();
    over.addEventListener('abort', end, { once: true });
    if (over.aborted) end();
    const decided = await hearing.decide(this.#evidence(hearing.facts));
    const { decision, isDnsSilent } = decided;
    const isOpen = decision.action.kind === 'Defer' && isDnsSilent && onTrouble === 'open';
    if (!isOpen || (await isDnsAlive())) return this.#decided(hearing, decided, observation);
    end();
    return this.#trouble(observation, 'DNS does not answer');
  }

  #evidence({ arrival, claims, authors, recipients }: Facts): Evidence {
    const { reputation, acquaintances } = this.#options;
    return {
      ...reputation.standing({ ...arrival, ...claims }),
      isFirstContact: acquaintances.isFirstContact(authors, recipients),
    };
  }

  /** Where there are no edits it is refused, put off, kept here or thrown away, and the next hop gets nothing. */
  #decided(
    hearing: Hearing,
    { decision: wanted, edits = noEdits, wouldBe }: Decided,
    observation: Observation,
  ): Ruling {
    const decision = this.#asRoomAllows(wanted, hearing.facts);
    const { action } = decision;
    const { verdict } = hearing.facts;
    observation.ruled();
    const record = async (answer: Reply): Promise<void> => {
      const id = await this.#record(hearing, { decision, answer });
      observation.tell({ decision, answer }, { id, verdict, wouldBe });
    };
    if (action.kind === 'Deliver') return { decision, course: 'handOn', reply: undefined, edits, record };
    return { decision, course: 'answer', reply: 'reply' in action ? action.reply : taken, edits, record };
  }

  #asRoomAllows(decision: Decision, { origin }: Facts): Decision {
    const isShort = decision.action.kind === 'Quarantine' && this.#options.keeping?.shortage(origin) !== undefined;
    return isShort ? { ...decision, action: { kind: 'Defer', reply: noRoom } } : decision;
  }

  /** @returns its NetworkMessageId; undefined where it could not be written down, and goes on all the same */
  async #record(hearing: Hearing, ending: Ending): Promise<string | undefined> {
    const { onTrouble } = this.#options;
    let id: string | undefined;
    try {
      id = await this.#write(hearing, ending);
    } catch (error) {
      if (onTrouble === 'closed' || endsHere.has(ending.decision.action.kind)) throw error;
      this.#notice(error);
    }
    this.#remember(hearing.facts, ending.answer);
    return id;
  }

  async #write(hearing: Hearing, { decision, answer }: Ending, isWhole = true): Promise<string> {
    const { deferred, journal } = this.#options;
    const { id, takeBack } = deferred.name(hearing.facts, answer);
    try {
      const { kept, ...entry } = await hearing.entry(id, answer, decision);
      await journal.record(isWhole && kept !== undefined ? { ...entry, kept } : entry);
      return id;
    } catch (error) {
      takeBack();
      throw error;
    } finally {
      void hearing.end();
    }
  }

  #remember({ isInbound, arrival, authors, recipients }: Facts, { code }: Reply): void {
    const { reputation, acquaintances } = this.#options;
    if (!isInbound || isPutOff(code)) return;
    reputation.note(arrival);
    if (code < 300 && arrival.isProved) acquaintances.note(authors, recipients);
  }

  /** By setting: the message goes on unjudged, what claims to be the gate's word taken out of it, or it comes again. */
  #trouble(observation: Observation, trouble: string): Ruling {
    const isOpen = this.#options.onTrouble === 'open';
    return isOpen ? this.#letOn(observation, trouble) : this.#unjudged(observation, putOff, trouble);
  }

  /** @param isWhole whether all of the message is there */
  #letOn(observation: Observation, trouble: string, isWhole = true): Ruling {
    const { stamping, loops = loopLimits } = this.#options;
    const { offered } = observation;
    observation.ruled();
    const message = readMessage(offered.bytes);
    // Unjudged mail would go round for as long as the trouble lasts.
    if (isLooping(message, stamping.authservId, loops))
      return this.#unjudged(observation, refusedWith(loopReply), trouble);
    // Behind the cut may stand what claims to be the gate's word.
    if (isCutOff(message)) return this.#unjudged(observation, refusedWith(headerTooLarge), trouble);
    const record = async (answer: Reply): Promise<void> => {
      const ending = { decision: letOn, answer };
      observation.tell(ending, { id: await this.#writeUnjudged(offered, ending, isWhole), trouble });
    };
    const edits = bareEdits(message, stamping, [troubleField(trouble)]);
    return { decision: letOn, course: 'handOn', reply: undefined, edits, record };
  }

  /** An answer without a look at the message, of which nothing is written down. */
  #unjudged(
    observation: Observation,
    decision: Decision & { readonly action: { readonly reply: Reply } },
    trouble: string,
  ): Ruling {
    observation.ruled();
    const record = async (answer: Reply): Promise<void> => observation.tell({ decision, answer }, { trouble });
    return { decision, course: 'answer', reply: decision.action.reply, edits: noEdits, record };
  }

  /** Writes down a message that was not judged, where that can be; nobody waits for it but the row. */
  async #writeUnjudged(offered: Offered, ending: Ending, isWhole = true): Promise<string | undefined> {
    const { inForce } = this.#options;
    try {
      return await this.#write(await this.#hearings.open(offered, inForce(), false), ending, isWhole);
    } catch (error) {
      this.#notice(error);
      return undefined;
    }
  }

  #notice(error: unknown): void {
    this.#options.notice(error instanceof Error ? error : new Error(String(error)));
  }
}
