import type { StoredMail } from '../items/stored-item.ts';
import type { MailItem } from '../mail-item.ts';
import type { FinalAction } from '../policy.ts';
import { organizationOf } from '../reputation/organization.ts';
import type { HeldGroup } from './simulation.ts';

/** Groups that are held while mail is read, those that are told, and what is kept of each. */
const LIMITS = { held: 100_000, told: 1000, examples: 3, domains: 5, clients: 8 } as const;

type Tally = {
  -readonly [K in keyof HeldGroup]: HeldGroup[K] extends readonly string[] ? string[] : HeldGroup[K];
};

/** A group with the messages that stand for it: the newest first, and the first of all last. */
export interface GroupWithItems {
  readonly group: HeldGroup;
  readonly items: readonly MailItem[];
}

interface Growing {
  readonly tally: Tally;
  items: readonly MailItem[];
}

/** Mail that would not have been delivered, gathered by author, carrier and what would be done. */
export class HeldGroups {
  readonly #groups = new Map<string, Growing>();
  #ungrouped = 0;

  add(mail: StoredMail, action: FinalAction['kind'], rule: string): void {
    const { item } = mail;
    const author = authorOf(item);
    const { carrier, isCarrierProved } = carrierOf(item);
    const key = JSON.stringify([action, rule, author, carrier]);
    let group = this.#groups.get(key);
    if (group === undefined) {
      if (this.#groups.size >= LIMITS.held) {
        this.#ungrouped += 1;
        return;
      }
      group = begun({ action, rule, author, carrier, isCarrierProved }, mail);
      this.#groups.set(key, group);
    }
    grow(group, mail);
  }

  /** The groups that are told, the most messages first. */
  result(): { readonly groups: readonly GroupWithItems[]; readonly ungrouped: number } {
    const all = [...this.#groups.values()].sort((one, other) => other.tally.messages - one.tally.messages);
    const rest = all.slice(LIMITS.told).reduce((sum, { tally }) => sum + tally.messages, 0);
    const groups = all.slice(0, LIMITS.told).map(({ tally, items }) => ({
      group: { ...tally, examples: items.map(({ id }) => id) },
      items,
    }));
    return { groups, ungrouped: this.#ungrouped + rest };
  }
}

type Named = Pick<HeldGroup, 'action' | 'rule' | 'author' | 'carrier' | 'isCarrierProved'>;

function begun(named: Named, { item, sealer }: StoredMail): Growing {
  const time = new Date(item.at).toISOString();
  return {
    tally: {
      ...named,
      authorDomains: [],
      clients: [],
      hasMoreClients: false,
      isClientSure: true,
      ...(sealer === undefined ? {} : { sealer }),
      messages: 0,
      recipients: 0,
      delivered: 0,
      first: time,
      last: time,
      examples: [],
      passedBefore: 0,
      standing: 'none',
    },
    items: [],
  };
}

function grow(group: Growing, { item, sealer, isClientSure, deliveryAction }: StoredMail): void {
  const { tally } = group;
  const { author } = tally;
  tally.messages += 1;
  tally.recipients += item.recipients.length;
  tally.delivered += deliveryAction === 'Delivered' || deliveryAction === 'Junked' ? 1 : 0;
  tally.last = new Date(item.at).toISOString();
  tally.passedBefore = item.evidence.passedBefore ?? 0;
  tally.standing = item.evidence.carrier ?? 'none';
  tally.isClientSure &&= isClientSure;
  if (sealer !== tally.sealer) delete tally.sealer;
  const domain = item.authors[0]?.domain ?? author;
  if (!tally.authorDomains.includes(domain)) {
    // Who writes from very many of his domains is named by their organization.
    tally.authorDomains = tally.authorDomains.length < LIMITS.domains ? [...tally.authorDomains, domain] : [author];
  }
  const ip = item.client.ip ?? '';
  if (ip !== '' && !tally.clients.includes(ip)) {
    if (tally.clients.length < LIMITS.clients) tally.clients.push(ip);
    else tally.hasMoreClients = true;
  }
  const kept = group.items.length < LIMITS.examples ? group.items : [...group.items.slice(0, -2), group.items.at(-1)!];
  group.items = [item, ...kept];
}

/** The organization of From, or what stands there. */
export const authorOf = ({ authors }: MailItem): string =>
  organizationOf(authors[0]?.domain ?? '') || (authors[0]?.domain ?? '');

/** Who is proved to have handed a message over; else the client's address. */
export function carrierOf({ client, carriers }: MailItem): Pick<HeldGroup, 'carrier' | 'isCarrierProved'> {
  const [proved] = carriers;
  return proved === undefined
    ? { carrier: client.ip ?? '', isCarrierProved: false }
    : { carrier: proved, isCarrierProved: true };
}
