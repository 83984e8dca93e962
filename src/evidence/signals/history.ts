import { isSameOrg } from './domains.ts';
import { clientQuery, historyQuery } from './queries.ts';
import type { Scene } from './scene.ts';
import type { SignalRow } from './signal.ts';

const DAY = 86_400_000;

/** Whole days between two ISO times; 0 where one is unknown. */
export function daysBetween(from: string | undefined, to: string | undefined): number {
  const days = (Date.parse(to ?? '') - Date.parse(from ?? '')) / DAY;
  return Number.isFinite(days) ? Math.floor(days) : 0;
}

/** Of a store that is younger than that nobody can say that it never saw somebody. */
const YOUNG = 7;
export const isStoreOld = ({ evidence, message }: Scene): boolean =>
  daysBetween(evidence.history.storeSince, message.at) >= YOUNG;

/** Whether something was not seen before the day of the message: what came with it in one wave makes nobody known. */
export const isNewTo = (at: string, first: string | undefined): boolean =>
  first === undefined || daysBetween(first, at) < 1;

/** Nothing that counts passed for the author. */
export const isUnproved = ({ isChecked, dmarc, aligned }: Scene): boolean =>
  isChecked && dmarc.word !== 'pass' && dmarc.word !== 'bestguesspass' && aligned.length === 0;

/** So many failures, over so many days, are a habit. Fewer may be the last attempts of a forger. */
const habit = { messages: 3, days: 14 };
const EARLIER = 5;
/** So many over so many days have been looked at by many eyes. */
const longHabit = { messages: 10, days: 21 };

const messagesText = (count: number): string => `${count} ${count === 1 ? 'message' : 'messages'}`;
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
const day = (iso: string | undefined): string => iso?.slice(0, 10) ?? '';

/** What a source sent for a domain before, without ever a proof. */
interface FailingPast {
  readonly messages: number;
  readonly first: string | undefined;
  readonly days: number;
}

const isHabit = ({ messages, days }: FailingPast): boolean => messages >= habit.messages && days >= habit.days;

/** Of a platform its own word counts, of others the network: neighbours there may be anybody. */
function failingPast(scene: Scene): FailingPast | undefined {
  if (!isUnproved(scene)) return undefined;
  const { source } = scene.evidence.history;
  const { carrier } = scene.acquaintance;
  const ofCarrier = carrier && {
    messages: carrier.ofAuthor,
    passed: carrier.ofAuthorPassed,
    first: carrier.firstOfAuthor,
  };
  const ofNetwork = { messages: source.messages, passed: source.dmarcPass, first: source.first };
  const { messages, passed, first } = scene.foreign.length > 0 && ofCarrier ? ofCarrier : ofNetwork;
  return messages === 0 || passed > 0 ? undefined : { messages, first, days: daysBetween(first, scene.message.at) };
}

/** What the store saw of the author, his domain and his source before. */
export const historyRows: readonly SignalRow[] = (
  [
    {
      name: 'author-known-and-proved',
      forgeable: 'client',
      about: 'DMARC passes, as it did for earlier mail of this address.',
      see: ({ dmarc, evidence: { history }, message }) =>
        dmarc.word === 'pass' && history.address.dmarcPass > 0 && !isNewTo(message.at, history.address.first)
          ? `${message.senderFromAddress} has written here ${times(history.address.messages)} since ${day(history.address.first)}, and passed.`
          : undefined,
    },
    {
      name: 'correspondent-and-proved',
      forgeable: 'client',
      about: 'DMARC passes, and a recipient has written to this address before.',
      see: ({ dmarc, evidence, message }) =>
        dmarc.word === 'pass' && evidence.history.wasWrittenTo
          ? `A recipient has written to ${message.senderFromAddress} before.`
          : undefined,
    },
    {
      name: 'domain-passes-elsewhere',
      forgeable: 'nobody',
      about: 'Nothing passed for the From domain, whose earlier mail passed, and never from this source.',
      see: (scene) => {
        const { domain, source } = scene.evidence.history;
        return isUnproved(scene) && domain.dmarcPass > 0 && source.dmarcPass === 0
          ? `Mail of ${scene.author} passed ${times(domain.dmarcPass)} before, never from this source.`
          : undefined;
      },
    },
    {
      name: 'source-passed-before',
      forgeable: 'client',
      about: 'Nothing passed, and the same network has sent mail of this domain before that SPF let pass for it.',
      see: (scene) => {
        const { source } = scene.evidence.history;
        const passed = source.passedByHost ?? 0;
        return isUnproved(scene) && scene.foreign.length === 0 && passed > 0
          ? `The same network sent mail of ${scene.author} ${times(passed)} that SPF let pass for it, first on ${day(source.first)}.`
          : undefined;
      },
    },
    {
      name: 'platform-alignment-lost',
      forgeable: 'nobody',
      about: 'The same platform has sent passing mail of this domain before; this one it signs for itself alone.',
      query: clientQuery,
      see: (scene) => {
        const { carrier } = scene.acquaintance;
        return isUnproved(scene) && scene.foreign.length > 0 && carrier !== undefined && carrier.ofAuthorPassed > 0
          ? `${scene.foreign.join(' and ')} sent ${scene.author}’s mail ${times(carrier.ofAuthorPassed)} and could prove it; this one it cannot.`
          : undefined;
      },
    },
    {
      name: 'source-fails-steadily',
      forgeable: 'client',
      about: `The same source has failed for this domain in the same way ${habit.messages} times and more over at least ${habit.days} days.`,
      see: (scene) => {
        const past = failingPast(scene);
        return past !== undefined && isHabit(past)
          ? `The same source fails for ${scene.author} in the same way since ${day(past.first)}, ${times(past.messages)}.`
          : undefined;
      },
    },
    {
      name: 'source-fails-for-weeks',
      forgeable: 'client',
      about: `The same source has failed for this domain over at least ${longHabit.days} days, and ${longHabit.messages} and more of its messages were delivered.`,
      see: (scene) => {
        const past = failingPast(scene);
        const { delivered = 0 } = scene.evidence.history.source;
        return past !== undefined && delivered >= longHabit.messages && past.days >= longHabit.days
          ? `It has gone on for ${past.days} days, and was delivered ${times(delivered)}, in sight of everybody who got it.`
          : undefined;
      },
    },
    {
      name: 'source-failed-before',
      forgeable: 'client',
      about: `The same source has failed for this domain at least ${EARLIER} days ago, too seldom to be a habit.`,
      see: (scene) => {
        const past = failingPast(scene);
        return past !== undefined && !isHabit(past) && past.days >= EARLIER
          ? `The same source sent for ${scene.author} ${times(past.messages)} before, on ${day(past.first)}, without proof either.`
          : undefined;
      },
    },
    {
      name: 'source-never-seen',
      forgeable: 'nobody',
      about: 'Nothing passed for a domain that the store knows, and this source never sent for it before.',
      see: (scene) => {
        const { source, domain } = scene.evidence.history;
        return isUnproved(scene) &&
          isStoreOld(scene) &&
          isNewTo(scene.message.at, source.first) &&
          !isNewTo(scene.message.at, domain.first)
          ? `${scene.clientIp || 'This source'} never sent for ${scene.author} before; the store knows ${messagesText(domain.messages)} of it.`
          : undefined;
      },
    },
    {
      name: 'domain-never-seen',
      forgeable: 'nobody',
      about: 'The store has mail of at least a week and never saw this From domain.',
      see: (scene) =>
        isStoreOld(scene) &&
        scene.message.direction === 'Inbound' &&
        isNewTo(scene.message.at, scene.evidence.history.domain.first)
          ? `No mail of ${scene.author} came before this day; the store begins on ${day(scene.evidence.history.storeSince)}.`
          : undefined,
    },
    {
      name: 'domain-never-passed',
      forgeable: 'nobody',
      about: 'No earlier mail of this domain of another’s ever passed DMARC: its owner may not have set it up.',
      see: (scene) => {
        const { domain } = scene.evidence.history;
        // Of the receiver's own most mail stays inside, where nothing is checked and so nothing passes.
        return !scene.isOwn && isUnproved(scene) && !isNewTo(scene.message.at, domain.first) && domain.dmarcPass === 0
          ? domain.messages === 1
            ? `The one earlier message of ${scene.author} did not pass DMARC.`
            : `None of ${domain.messages} earlier messages of ${scene.author} passed DMARC.`
          : undefined;
      },
    },
    {
      name: 'client-named-by-author',
      forgeable: 'client',
      about: 'The client’s name by reverse DNS, which leads back to its address, is one of the author’s organization.',
      query: clientQuery,
      see: (scene) => {
        const name = confirmedName(scene);
        return isUnproved(scene) && name !== undefined && isSameOrg(name, scene.author)
          ? `${scene.clientIp} is ${name} by DNS, a host of ${scene.authorOrg}.`
          : undefined;
      },
    },
  ] satisfies readonly (Omit<SignalRow, 'family' | 'query'> & Pick<SignalRow, 'query'>)[]
).map((row: Omit<SignalRow, 'family'>) => ({ query: historyQuery, ...row, family: 'history' as const }));

/**
 * The name that the receiver itself wrote for the client: in the topmost field, by a host of the receiver, for the very
 * address that the verdict speaks of. Every field below could have been written by the sender.
 */
export function confirmedName({ message, clientIp, ownOrgs }: Scene): string | undefined {
  const top = message.headers?.hops[0];
  if (top === undefined || clientIp === '' || top.ip !== clientIp) return undefined;
  const by = typeof top.by === 'string' ? top.by : '';
  const isReceiver = [...ownOrgs].some((org) => isSameOrg(by, org)) || isSameOrg(by, 'outlook.com');
  return isReceiver && typeof top.reverse === 'string' ? top.reverse : undefined;
}
