import { isIP } from 'node:net';
import { MailhuntError } from '../../errors/index.ts';
import { isSameOrg } from '../../evidence/index.ts';
import { clauseHolds } from '../decide.ts';
import type { MailItem } from '../mail-item.ts';
import type { PolicyRule } from '../policy.ts';
import { readPolicy } from '../read/read-policy.ts';
import type { HeldGroup } from './simulation.ts';

/** What the receiver can do so that innocent mail is not held: for one rule, by evidence that no sender can write. */
export interface OurMend {
  /** The rule that holds it. */
  readonly rule: string;
  /** False where nothing that could be asked keeps a forger out. */
  readonly isSafe: boolean;
  /** An item of the rule's `unless`, ready to be pasted; absent where the rule has it already. */
  readonly exception?: string;
  /** A line of mailhunt.yaml. */
  readonly setting?: string;
  /** What it rests on and what stays open; or why none is safe. */
  readonly words: string;
}

/** Whom else an address has been seen with: author domains by address, see address-use.ts. */
export type AddressUse = ReadonlyMap<string, readonly string[]>;

/** Around a group of mail that looks innocent. */
export interface MendMeans {
  readonly word: string;
  readonly rule: PolicyRule;
  /** Some of its messages: an exception that does not hold for them is none. */
  readonly items: readonly MailItem[];
  readonly use: AddressUse;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Proposal {
  readonly tests: Readonly<Record<string, string>>;
  readonly because: string;
  readonly words: string;
  readonly setting?: string;
  /** What the setting would change in a message. */
  readonly changed?: (item: MailItem) => MailItem;
}

type Proposer = (group: HeldGroup, means: MendMeans) => Proposal | undefined;

/** Days after which somebody has to look at an exception again. */
const REVIEW = 180 * 86_400_000;

const listed = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
const isKnownCarrier = ({ standing }: HeldGroup): boolean => standing === 'list' || standing === 'forwarder';

/** A seal cannot be forged; but who is trusted can vouch for anything, and so only who is known to bring others' mail. */
const trustSealer: Proposer = (group) => {
  const { sealer, carrier, isCarrierProved } = group;
  if (sealer === undefined || !isCarrierProved || !isKnownCarrier(group) || !isSameOrg(sealer, carrier))
    return undefined;
  return {
    tests: { ARCSealer: 'trusted' },
    setting: `trusted_sealers: [${JSON.stringify(sealer)}]`,
    because: `${sealer} saw it pass before it was changed.`,
    words: `${sealer} sealed it (ARC) and says that it passed before; it is known here to bring the mail of others. Trusting it means that its word counts for every author.`,
    changed: (item) => ({ ...item, evidence: { ...item.evidence, trustedSealer: sealer } }),
  };
};

/** Who carried it has proved who he is; in his name only he brings mail. Not for platforms, whose customers anybody can be. */
const nameCarrier: Proposer = (group, { word }) => {
  const { carrier, isCarrierProved, authorDomains, standing } = group;
  if (word !== 'forwarder-or-list' || !isCarrierProved || !isKnownCarrier(group)) return undefined;
  return {
    tests: { SenderDomainIs: listed(authorDomains), CarrierDomain: listed([carrier]) },
    because: `${carrier}, a ${standing} that proves who it is, brings it.`,
    words: `Only mail that ${carrier} has proved to have handed over is let through. What stays open: who gets a forgery of ${group.author} through this ${standing} gets it here.`,
  };
};

/**
 * The address of a client that this receiver saw cannot be forged in SMTP; it must be nobody else's. Where another
 * organization proves to have sent it, the server is its own, and what others send by it may just not have come here.
 */
const nameClients: Proposer = (group, { word, use }) => {
  const { clients, hasMoreClients, isClientSure, isCarrierProved, author, authorDomains } = group;
  const isFit = ['misconfigured-sender', 'third-party-platform'].includes(word) && !isCarrierProved && isClientSure;
  if (!isFit || hasMoreClients) return undefined;
  const isOwn = (ip: string): boolean => {
    const seen = use.get(ip);
    return isIP(ip) !== 0 && seen !== undefined && seen.every((domain) => isSameOrg(domain, author));
  };
  if (clients.length === 0 || !clients.every(isOwn)) return undefined;
  return {
    tests: { SenderDomainIs: listed(authorDomains), SenderIpRanges: listed(clients) },
    because: `Its own server; ${author} is to publish it.`,
    words: `In 90 days ${clients.length === 1 ? 'this address' : 'these addresses'} brought mail of ${author} alone. What stays open: whoever else gets to send from ${clients.length === 1 ? 'it' : 'them'}.`,
  };
};

/** A forwarder that proves nothing: its address is all there is, and his forwarding is. */
const nameForwarder: Proposer = (group, { word }) => {
  const { clients, hasMoreClients, isClientSure, isCarrierProved, author, authorDomains } = group;
  const isFit = word === 'forwarder-or-list' && !isCarrierProved && isKnownCarrier(group) && isClientSure;
  if (!isFit || hasMoreClients || clients.length === 0 || clients.some((ip) => isIP(ip) === 0)) return undefined;
  return {
    tests: { SenderDomainIs: listed(authorDomains), SenderIpRanges: listed(clients), Carrier: '[list, forwarder]' },
    because: `A server that is known to forward the mail of others.`,
    words: `It rests on the address that connected, which has brought the mail of others that passed. What stays open: a forgery of ${author} that is sent to the forwarding address comes through. Ask its operator to seal with ARC.`,
  };
};

/** Mail that passed needs no other excuse. */
const passing: Proposer = (_, { word }) =>
  word !== 'legitimate'
    ? undefined
    : {
        tests: { DMARC: 'pass' },
        because: 'Its author domain is proved.',
        words: 'It passes DMARC: the rule asks for something else, and means this mail too.',
      };

const proposers: readonly Proposer[] = [passing, trustSealer, nameCarrier, nameClients, nameForwarder];

/**
 * What the receiver can do about innocent mail that a rule holds. An exception is read as its file would be, and tried on
 * the messages: what does not hold for all of them is not offered.
 *
 * @example ourMend(group, means).exception // '- SenderDomainIs: ["bank.example"]\n  CarrierDomain: …'
 */
export function ourMend(group: HeldGroup, means: MendMeans): OurMend {
  const { rule } = means;
  for (const proposer of proposers) {
    const found = proposer(group, means);
    if (found === undefined) continue;
    const exception = written(found, means.now);
    const items = found.changed === undefined ? means.items : means.items.map(found.changed);
    if (!lets(exception, rule, items)) continue;
    const isThere = found.changed !== undefined && items.every((item) => hasIt(rule, item, means.now));
    return {
      rule: rule.name,
      isSafe: true,
      ...(isThere ? {} : { exception }),
      ...(found.setting === undefined ? {} : { setting: found.setting }),
      words: found.words,
    };
  }
  return { rule: rule.name, isSafe: false, words: whyNone(group, means) };
}

function written({ tests, because }: Proposal, now: number): string {
  const expires = new Date(now + REVIEW).toISOString().slice(0, 10);
  const lines = [
    ...Object.entries(tests).map(([name, value]) => `${name}: ${value}`),
    `because: ${JSON.stringify(because)}`,
    `expires: ${expires}`,
  ];
  return lines.map((line, at) => `${at === 0 ? '-' : ' '} ${line}`).join('\n');
}

/** Whether an exception, read as its file would be, lets all these messages go. Names that no file can hold make none. */
function lets(exception: string, rule: PolicyRule, items: readonly MailItem[]): boolean {
  const text = `name: trial\nmode: Enforce\nrules:\n- name: trial\n  do: [Reject]\n  unless:\n${exception.replace(/^/gm, '  ')}\n`;
  try {
    const [clause] = readPolicy(text, '').rules[0]!.unless;
    return items.length > 0 && items.every((item) => clauseHolds(clause!, rule, item) === true);
  } catch (error) {
    if (error instanceof MailhuntError && error.code === 'POLICY0001') return false;
    throw error;
  }
}

/** Whether an exception of the rule that still counts already holds, as after the setting it would. */
const hasIt = (rule: PolicyRule, item: MailItem, now: number): boolean =>
  rule.unless.some((one) => (one.expires ?? Number.POSITIVE_INFINITY) > now && clauseHolds(one, rule, item) === true);

const reasons: Readonly<Record<string, (group: HeldGroup) => string>> = {
  'third-party-platform': ({ carrier, author, standing }) =>
    standing === 'claimed'
      ? `None is safe: ${carrier} writes as a list or forwarder does, but is not known here to bring mail of others that passes; whoever may send by it could write as ${author}.`
      : `None is safe: every customer of ${carrier} could write as ${author}. Only a signature or an envelope of ${author}’s own helps.`,
  'misconfigured-sender': ({ author, carrier, clients, hasMoreClients, isClientSure, isCarrierProved }) => {
    if (isCarrierProved)
      return `None is safe: the server is one of ${carrier}, and whoever else sends by it could write as ${author}.`;
    if (!isClientSure) return `None is safe: it is not sure which server brought it, and From alone anybody can write.`;
    return `None is safe: ${hasMoreClients || clients.length > 1 ? 'its servers bring' : 'its server brings'} the mail of others too${hasMoreClients ? ', and there are many' : ''}, and From alone anybody can write. ${author} has to repair it.`;
  },
  'forwarder-or-list': ({ carrier, isCarrierProved, sealer }) => {
    const unknown = `None is safe: ${carrier} ${isCarrierProved ? 'is' : 'proves nothing of itself, and is'} not known here to bring mail of others that passes.`;
    return sealer === undefined
      ? `${unknown} Ask its operator to ${isCarrierProved ? '' : 'sign (DKIM) and '}seal (ARC) what it passes on.`
      : `${unknown} ${sealer} sealed it (ARC): only if you know who that is, name it in trusted_sealers.`;
  },
  'temporary-failure': () =>
    'None is needed where the client is asked to come again: it passes once DNS answers. A rule that refuses it for good should defer.',
};

const whyNone = (group: HeldGroup, { word }: MendMeans): string =>
  reasons[word]?.(group) ?? 'None is safe: nothing that its sender could not have written tells it from a forgery.';
