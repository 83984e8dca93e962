import { type Delivery, type JudgedMessage, messageRows, type RowOptions } from '../../ingest/index.ts';
import { suffixListDomain } from '../../mail/index.ts';
import type { Decision, FinalAction, Policy, Reply } from '../../policy/index.ts';
import type { Offered } from '../gate.ts';
import type { Entry, Origin } from './entry.ts';

/** What a gate has found out about a message, and done with it. */
export interface Outcome {
  readonly offered: Offered;
  readonly judged: JudgedMessage;
  /** Its NetworkMessageId. */
  readonly id: string;
  /** What all attempts of its delivery share; undefined where it was never put off. */
  readonly attemptId: string | undefined;
  readonly policy: Pick<Policy, 'name' | 'mode'>;
  readonly decision: Decision;
  /** What Enforce would have said, for a policy in Audit. */
  readonly enforced: Decision | undefined;
  /** Rules that an exception kept from acting, and why it is there. */
  readonly exceptions: readonly { readonly rule: string; readonly because: string }[];
  readonly isFirstContact: boolean | undefined;
  /** What the client was told. */
  readonly answer: Reply;
}

/** Whether and how the message itself is kept. */
export interface Keeping {
  readonly rows: RowOptions;
  readonly keepMessages: boolean;
}

/** A day, in milliseconds. */
const DAY = 86_400_000;

/** What a message leaves: its rows, the decision, and where it is to be kept the message itself. */
export function judgedEntry(outcome: Outcome, { rows, keepMessages }: Keeping): Entry {
  const { offered, judged, id, answer, decision } = outcome;
  const delivery = deliveryOf(outcome);
  const isTaken = answer.code < 300;
  const kept = !isTaken || decision.action.kind === 'DeleteMessage' ? undefined : keptAs(decision.action, keepMessages);
  return {
    id,
    at: offered.at,
    tables: messageRows({ ...judged, networkMessageId: id, delivery }, rows),
    told: toldOf(outcome),
    ...(kept && { kept: { as: kept, bytes: offered.bytes } }),
  };
}

function keptAs({ kind }: FinalAction, keepMessages: boolean): 'delivered' | 'quarantined' | undefined {
  if (kind === 'Quarantine') return 'quarantined';
  return keepMessages ? 'delivered' : undefined;
}

export const replyText = ({ code, enhanced, text }: Reply): string => `${code} ${enhanced} ${text}`;

/** What SMTP answers to an action, in a word. */
export const answerWord = (action: FinalAction): string =>
  'reply' in action ? `${action.reply.code} ${action.reply.enhanced}` : '250';

function toldOf({
  offered,
  judged,
  attemptId,
  policy,
  decision,
  enforced,
  answer,
}: Outcome): NonNullable<Entry['told']> {
  const { client, mailFrom, recipients, at } = offered;
  const { action, rule, trace } = decision;
  return {
    client: { ip: client.ip, helo: client.helo.slice(0, TEXT) },
    mailFrom,
    recipients,
    from: judged.authors.mailboxes[0]?.address.slice(0, TEXT) ?? '',
    subject: (judged.claims.subject ?? '').slice(0, TEXT),
    policy: policy.name,
    mode: policy.mode,
    action: action.kind,
    rule,
    trace,
    wouldBe: enforced === undefined ? undefined : `${enforced.action.kind} ${answerWord(enforced.action)}`,
    answer: replyText(answer),
    ...(attemptId !== undefined && { attemptId }),
    ...(action.kind === 'Quarantine' && {
      until: at + action.days * DAY,
      origin: originOf(judged),
      onRelease: {
        authentication: judged.verdict.source === 'verified' ? judged.verdict.authentication : undefined,
        changes: decision.changes,
      },
    }),
  };
}

/** Whose share of the quarantine a message would take. */
export const originOf = ({ transaction, authors }: Pick<JudgedMessage, 'transaction' | 'authors'>): Origin => ({
  ip: transaction.ip ?? '',
  domain: suffixListDomain(authors.domains[0] ?? ''),
});

/** Characters of a sender's text that are told. */
const TEXT = 500;

/** Where an action leaves a message, in Defender's words; a refused one has failed, as one that bounced. */
const places: Readonly<Record<FinalAction['kind'], Pick<Delivery, 'action' | 'location' | 'emailAction'>>> = {
  Deliver: { action: 'Delivered', location: 'Inbox/folder' },
  Reject: { action: 'Blocked', location: 'Failed' },
  Defer: { action: 'Blocked', location: 'Failed' },
  DeleteMessage: { action: 'Blocked', location: 'Dropped', emailAction: 'Delete message' },
  Quarantine: { action: 'Blocked', location: 'Quarantine', emailAction: 'Send to quarantine' },
};

function deliveryOf(outcome: Outcome): Delivery {
  const { decision, answer, isFirstContact } = outcome;
  const { action, rule, changes } = decision;
  const isRefusedBehind = action.kind === 'Deliver' && answer.code >= 400;
  const changed = changes.some(({ kind }) => kind === 'PrependSubject') ? 'Modify subject' : 'Add X-header';
  const byRule = {
    policy: 'Enterprise Transport Rules (ETR)',
    orgAction: action.kind === 'Deliver' ? 'Allow' : 'Block',
    orgPolicy: 'Exchange transport rule',
    rule: rule ?? '',
  };
  return {
    ...(isRefusedBehind ? places.Reject : places[action.kind]),
    ...(action.kind === 'Deliver' && changes.length > 0 ? { emailAction: changed } : {}),
    known: action.kind === 'Deliver' && !isRefusedBehind ? 'derived' : 'source',
    ...(rule === undefined ? {} : byRule),
    ...(isFirstContact === undefined ? {} : { firstContact: isFirstContact }),
    gate: gateOf(outcome),
  };
}

/** What no column of Defender's tables has room for. */
function gateOf({
  attemptId,
  policy,
  enforced,
  exceptions,
  answer,
  decision,
}: Outcome): Readonly<Record<string, unknown>> {
  return {
    Policy: policy.name,
    Mode: policy.mode,
    Action: decision.action.kind,
    Answer: `${answer.code} ${answer.enhanced}`,
    ...(attemptId !== undefined && { AttemptId: attemptId }),
    ...(enforced && {
      WouldBe: { Action: enforced.action.kind, Answer: answerWord(enforced.action), Rule: enforced.rule ?? '' },
    }),
    ...(exceptions.length > 0 && {
      Exceptions: exceptions.map(({ rule, because }) => ({ Rule: rule, Because: because })),
    }),
  };
}
