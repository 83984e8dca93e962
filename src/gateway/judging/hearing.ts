import { hash } from 'node:crypto';
import { domainOfAddress } from '../../evidence/index.ts';
import {
  type FoundMessage,
  type JudgedMessage,
  type JudgeOptions,
  judge,
  networkMessageIdOf,
  type RowOptions,
} from '../../ingest/index.ts';
import {
  type Content,
  contentLimits,
  fieldNamed,
  isCutOff,
  type Resolver,
  unfolded,
  type VerdictWords,
  withQrCodes,
} from '../../mail/index.ts';
import {
  type Arrival,
  arrivalOf,
  claimsOfCarrier,
  type Decision,
  decide,
  enforced,
  type ItemEvidence,
  isPassedOn,
  judgedItem,
  type Policy,
  type Reply,
} from '../../policy/index.ts';
import { exceptionsIn, messageEdits, policyField, type Stamping } from '../edits/index.ts';
import type { Edits, Offered } from '../gate.ts';
import { answerWord, type Entry, judgedEntry, type Origin, originOf } from '../journal/index.ts';
import { isPutOff } from './deferred-deliveries.ts';
import { isLooping, type LoopLimits, loopLimits, loopReply } from './loops.ts';
import type { WouldBe } from './observation.ts';
import { resolverFor } from './time-limit.ts';

/** By what messages are heard. Plain data, for it travels to threads. */
export interface HearingSetup {
  /** `relays` are hosts of the organisation that stand before the gate: of their mail, whom they had it from is judged. */
  readonly judge: Pick<JudgeOptions, 'acceptedDomains' | 'dmarcMode' | 'rsaSha1' | 'composite' | 'relays'>;
  readonly stamping: Stamping;
  readonly rows: RowOptions;
  readonly keepMessages: boolean;
  /** Milliseconds for all of a message's questions together. */
  readonly dnsTime: number;
  /** When a message goes in a circle. @default {@link loopLimits} */
  readonly loops?: LoopLimits;
}

/** What the gate must know of a judged message to say how its sender stands, and to remember it. */
export interface Facts {
  readonly authors: readonly string[];
  readonly recipients: readonly string[];
  readonly arrival: Arrival;
  readonly claims: { readonly claimsList: boolean; readonly claimsCarrier: boolean };
  /** Whose share of the quarantine it would take. */
  readonly origin: Origin;
  /** False for mail of the organisation itself: nobody is remembered by it. */
  readonly isInbound: boolean;
  /** Undefined where it was not checked. */
  readonly verdict: VerdictWords | undefined;
  /** Its NetworkMessageId, of all its bytes and its time: one for each attempt, unless its delivery has a name already. */
  readonly id: string;
  /** Of what the author controls, without the time: all attempts of a delivery share it. */
  readonly attemptId: string;
}

/** How the sender of a message stands. */
export type Evidence = Omit<ItemEvidence, 'trustedSealer'>;

/** What the policy says, and what it makes of the message. */
export interface Decided {
  readonly decision: Decision;
  /** Undefined where the next hop gets nothing. */
  readonly edits: Edits | undefined;
  /** Whether a question to DNS has failed. */
  readonly isDnsSilent: boolean;
  /** What Enforce would have done, for a policy in Audit. */
  readonly wouldBe: WouldBe | undefined;
}

/** A message before the gate, from its judging to what is written down of it. */
export interface Hearing {
  readonly facts: Facts;
  decide(evidence: Evidence): Promise<Decided>;
  /**
   * What is to be written down, under this NetworkMessageId, once the answer is known; asked for once.
   *
   * @param decision where it was made elsewhere, without a look at the policy
   */
  entry(id: string, answer: Reply, decision?: Decision): Promise<Entry>;
  /** Nothing more is asked of it. Resolves when nothing of the message is kept for it any more. */
  end(): Promise<void>;
}

/** RFC 3463 section 3.7: what is not read is not checked. */
export const headerTooLarge: Reply = { code: 554, enhanced: '5.6.0', text: 'The header is larger than is checked' };
/** RFC 9989 section 11.5: whose policy is not asked for could be the one that refuses it. */
const tooManyAuthors: Reply = { code: 554, enhanced: '5.6.0', text: 'From names more authors than are checked' };
/** Milliseconds for the pictures of a message, while the next hop takes it. */
const PICTURES = 500;

/**
 * Judges a message.
 *
 * @param isChecked false for one that goes on unjudged, and is written down so
 */
export async function hear(
  offered: Offered,
  about: {
    readonly policy: Policy;
    readonly setup: HearingSetup;
    readonly resolver: Resolver;
    readonly isChecked?: boolean;
  },
): Promise<Hearing> {
  const { policy, setup, resolver, isChecked = true } = about;
  const dns = resolverFor(resolver, setup.dnsTime);
  try {
    const judged = await judge(foundMessage(offered), optionsFor(offered, setup, isChecked), dns);
    return new MessageHearing(offered, judged, { policy, setup, dns });
  } catch (error) {
    dns[Symbol.dispose]();
    throw error;
  }
}

interface Means {
  readonly policy: Policy;
  readonly setup: HearingSetup;
  readonly dns: ReturnType<typeof resolverFor>;
}

/** What is decided of a message that no rule was asked about. */
export const letOn: Decision = { action: { kind: 'Deliver' }, changes: [], rule: undefined, trace: [] };

class MessageHearing implements Hearing {
  readonly facts: Facts;
  readonly #offered: Offered;
  readonly #judged: JudgedMessage;
  readonly #means: Means;
  #decision = letOn;
  #enforced: Decision | undefined;
  #isFirstContact: boolean | undefined;
  /** With its QR codes, which are looked for while the next hop takes the message. */
  #content: Promise<Content> | undefined;

  constructor(offered: Offered, judged: JudgedMessage, means: Means) {
    this.#offered = offered;
    this.#judged = judged;
    this.#means = means;
    this.facts = factsOf(judged);
  }

  async decide(evidence: Evidence): Promise<Decided> {
    const { policy, setup, dns } = this.#means;
    const { at, client } = this.#offered;
    const judged = this.#judged;
    const item = judgedItem(judged, {
      acceptedDomains: setup.judge.acceptedDomains,
      trustedSealers: setup.judge.composite?.trustedSealers ?? [],
      isAuthenticated: client.isAuthenticated,
      known: evidence,
    });
    this.#isFirstContact = evidence.isFirstContact;
    this.#decision = decide(policy, item, at);
    if (policy.mode === 'Audit') this.#enforced = decide(enforced(policy), item, at);
    const refusal = refusalOf(judged, setup);
    if (refusal !== undefined) this.#refuseFirst(refusal);
    const edits = this.#decision.action.kind === 'Deliver' ? await this.#edits() : undefined;
    dns[Symbol.dispose]();
    const limits = { ...contentLimits, imageTime: PICTURES };
    this.#content = withQrCodes(judged.content, { limits }).catch(() => judged.content);
    const wouldBe = this.#enforced && wouldBeOf(this.#enforced);
    return { decision: this.#decision, edits, isDnsSilent: dns.failed > 0, wouldBe };
  }

  /** Undefined where the policy asks for a change that the message cannot carry: then it is refused. */
  async #edits(): Promise<Edits | undefined> {
    const { policy, setup, dns } = this.#means;
    const { message, verdict } = this.#judged;
    const edited = await messageEdits(message, setup.stamping, {
      authentication: verdict.source === 'verified' ? verdict.authentication : undefined,
      changes: this.#decision.changes,
      fields: [policyField({ policy, decision: this.#decision, enforced: this.#enforced })],
      resolver: dns,
      at: this.#offered.at,
    });
    if ('edits' in edited) return edited.edits;
    this.#refuse(edited.refusal);
    return undefined;
  }

  /** Before any rule: in Audit, too. */
  #refuseFirst(reply: Reply): void {
    this.#enforced = undefined;
    this.#decision = { ...letOn, action: { kind: 'Reject', reply } };
  }

  #refuse(reply: Reply): void {
    this.#decision = { ...this.#decision, action: { kind: 'Reject', reply } };
  }

  async entry(id: string, answer: Reply, decision = this.#decision): Promise<Entry> {
    const { policy, setup } = this.#means;
    const content = (await this.#content) ?? this.#judged.content;
    const outcome = {
      offered: this.#offered,
      judged: { ...this.#judged, content },
      id,
      attemptId: id !== this.facts.id || isPutOff(answer.code) ? this.facts.attemptId : undefined,
      policy,
      decision,
      enforced: this.#enforced,
      exceptions: exceptionsIn(policy, this.#enforced ?? decision),
      isFirstContact: this.#isFirstContact,
      answer,
    };
    return judgedEntry(outcome, setup);
  }

  async end(): Promise<void> {
    this.#means.dns[Symbol.dispose]();
  }
}

/** Why a message is refused whatever the policy says. */
function refusalOf(judged: JudgedMessage, { stamping, loops = loopLimits }: HearingSetup): Reply | undefined {
  if (isLooping(judged.message, stamping.authservId, loops)) return loopReply;
  if (isCutOff(judged.message)) return headerTooLarge;
  return areAllAuthorsJudged(judged) ? undefined : tooManyAuthors;
}

/** Ten domains of his own before that of another, and an attacker would have the other shown and never judged. */
function areAllAuthorsJudged({ authors: { domains, problems }, verdict }: JudgedMessage): boolean {
  if (verdict.source !== 'verified') return true;
  const { domains: judged } = verdict.authentication.dmarc;
  return !problems.includes('too many mailboxes in From') && domains.length <= judged.length;
}

const wouldBeOf = ({ action, rule }: Decision): WouldBe => ({ action: `${action.kind} ${answerWord(action)}`, rule });

/** Who proves by a password that he is one of ours is not asked for more. */
const optionsFor = ({ at, client }: Offered, { judge: by }: HearingSetup, isChecked: boolean): JudgeOptions => ({
  ...by,
  verdicts: isChecked && !client.isAuthenticated ? 'verify' : 'received',
  trusted: [],
  now: at,
  retrospective: false,
  qrCodes: false,
});

const foundMessage = ({ client, mailFrom, recipients, at, bytes }: Offered): FoundMessage => ({
  place: 'gate',
  bytes,
  position: 0,
  seen: {
    ip: client.ip === '' ? undefined : client.ip,
    helo: client.helo,
    name: client.name,
    mailFrom,
    recipients,
    at,
    isOwn: client.isAuthenticated,
  },
});

function factsOf(judged: JudgedMessage): Facts {
  const { message, transaction, authors, recipients, direction, verdict, contentHash } = judged;
  const listId = unfolded(fieldNamed(message, 'list-id')?.value ?? '');
  const { receivedAt: _, ...timeless } = transaction;
  return {
    authors: authors.mailboxes.map(({ address }) => address),
    recipients: recipients.map(({ address }) => address),
    arrival: arrivalAt(judged),
    claims: claimsOfCarrier(listId, transaction.mailFrom ?? ''),
    origin: originOf(judged),
    isInbound: direction === 'Inbound',
    verdict: verdict.source === 'verified' ? verdict.words : undefined,
    // With its recipients: a copy for somebody else, in the same millisecond or put off like the first, is none of the first.
    // Of the bytes: of two that differ only in what is left out of the content's hash, in the same millisecond, each is kept.
    id: networkMessageIdOf(hash('sha256', message.bytes), transaction, transaction.recipients),
    // Not of the bytes: what stands before its sender's queue may trace and mark each attempt anew.
    attemptId: networkMessageIdOf(contentHash, timeless, transaction.recipients),
  };
}

/** A message as reputation counts it. */
function arrivalAt({ at, authors, claims, recipients, verdict, transaction }: JudgedMessage): Arrival {
  const checks =
    verdict.source === 'verified' ? [verdict.authentication.spf, ...verdict.authentication.dkim.signatures] : [];
  return arrivalOf({
    at,
    authorDomain: authors.domains[0] ?? '',
    words: verdict.words,
    passed: checks.filter(({ result }) => result === 'pass').map(({ domain }) => domain),
    mailFromDomain: domainOfAddress(transaction.mailFrom ?? ''),
    clientIp: transaction.ip,
    isPassedOn: isPassedOn(addressesOf(recipients), addressesOf([...claims.to, ...claims.cc])),
  });
}

const addressesOf = (boxes: readonly { readonly address: string }[]): readonly string[] =>
  boxes.map(({ address }) => address);
