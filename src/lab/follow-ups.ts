import type { NamedMessage } from './message.ts';
import type { Employee, Mailbox } from './organisation.ts';
import { staff } from './organisation.ts';
import { type Random, randomFor } from './random.ts';

/** Somebody signed in, or tried to. Times are milliseconds since 1970. */
export interface SignInEvent {
  readonly at: number;
  readonly person: Mailbox;
  readonly ip: string;
  readonly country: string;
  readonly city: string;
  /** Entra's number: 0 for success, 50126 for a wrong password. */
  readonly errorCode: number;
  /** Entra's: 0 none, 10 low, 50 medium, 100 high. */
  readonly risk: number;
  readonly reportId: string;
}

/** Somebody made an inbox rule. */
export interface InboxRuleEvent {
  readonly at: number;
  readonly person: Mailbox;
  readonly ip: string;
  readonly country: string;
  readonly forwardTo: string;
  readonly reportId: string;
}

/** Defender raised an alert. */
export interface AlertEvent {
  readonly at: number;
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly severity: 'High' | 'Medium' | 'Low';
  readonly source: string;
  readonly techniques: readonly string[];
  readonly person: Mailbox;
  /** Whether the message is among the evidence, and its link. */
  readonly isOfMessage: boolean;
  readonly ip: string;
}

/** What came of a message elsewhere: in accounts, mailboxes and alerts. */
export interface FollowUps {
  readonly signIns: readonly SignInEvent[];
  readonly inboxRules: readonly InboxRuleEvent[];
  readonly alerts: readonly AlertEvent[];
}

/** The share of messages of the staff whose authors have just signed in, and of wrong passwords among that. */
const SIGN_INS = 0.5;
const MISTYPED = 0.05;
const MINUTE = 60_000;

const offices = {
  'contoso.com': { country: 'GB', city: 'Leeds' },
  'fabrikam.fr': { country: 'FR', city: 'Lyon' },
} as const;

/** Follows a message into the tables that know nothing of mail: what its story says, and the usual sign-ins of its author. */
export function followUpsOf({ name, message }: NamedMessage, seed: number, now: number): FollowUps {
  const random = randomFor(seed, 'follow-ups', name);
  const { at, to, followUps = [] } = message;
  const told = followUps.map((one) => ({
    ...one,
    at: Math.min(at + one.after, now),
    person: to[one.recipient]!,
    reportId: random.guid(),
    id: random.guid(),
  }));
  return {
    signIns: [
      ...told.flatMap((one) => (one.kind === 'sign-in' ? [one] : [])),
      ...usualSignIns(message.from, at, random).map((one) => ({ ...one, at: Math.min(one.at, now) })),
    ],
    inboxRules: told.flatMap((one) => (one.kind === 'inbox rule' ? [one] : [])),
    alerts: told.flatMap((one) => (one.kind === 'alert' ? [one] : [])),
  };
}

function usualSignIns({ address }: Mailbox, at: number, random: Random): readonly SignInEvent[] {
  const person = people.get(address);
  if (person === undefined || !random.chance(SIGN_INS)) return [];
  const { country, city } = offices[address.slice(address.indexOf('@') + 1) as keyof typeof offices];
  const ip = `198.51.100.${random.between(240, 250)}`;
  const moment = at + random.between(1, 40) * MINUTE;
  const errorCode = random.chance(MISTYPED) ? 50_126 : 0;
  return [{ at: moment, person, ip, country, city, errorCode, risk: 0, reportId: random.guid() }];
}

const people: ReadonlyMap<string, Employee> = new Map(staff.map((person) => [person.address, person]));
