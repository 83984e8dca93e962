import { domainOf } from '../demo-domains.ts';
import { asSentBy } from '../journeys.ts';
import type { Click, Message } from '../message.ts';
import { staff } from '../organisation.ts';
import type { Random } from '../random.ts';
import { byWeight, junkers, newsletters, type Sender, services } from '../senders.ts';
import type { Kind } from './kind.ts';
import { outsider } from './partners.ts';

const wording: Readonly<Record<string, readonly string[]>> = {
  newsletter: ['This week', 'Only until Sunday', 'Five things to read', 'Your invitation', 'New in the catalogue'],
  lettre: ['La lettre de la semaine', 'Vos rendez-vous du mois'],
  service: [
    'Build finished',
    'Ticket updated',
    'Booking confirmed',
    'New sign-in',
    'Report approved',
    'Out for delivery',
  ],
  junk: ['Limited offer', 'You have been selected', 'Rank first on every page', '90 % off today', 'Final notice'],
};

/** The envelope sender: an address for this message alone, or the sender's own. */
export const envelopeOf = (sender: Sender, random: Random): string =>
  sender.envelope === '' ? sender.address : `b-${random.hex(10)}@${sender.envelope}`;

const click = (random: Random): Click => ({
  recipient: 0,
  url: 0,
  after: random.between(60, 30_000) * 1000,
  action: 'ClickAllowed',
});

interface Mass {
  readonly words: string;
  readonly sender: Sender;
  readonly at: number;
  readonly recipients: number;
  readonly clickRate: number;
}

const mass = (random: Random, { words, sender, at, recipients, clickRate }: Mass): Omit<Message, 'outcome'> => ({
  at,
  direction: 'Inbound',
  from: outsider(sender),
  mailFrom: envelopeOf(sender, random),
  ip: sender.ip,
  to: random.several(staff, recipients),
  subject: `${random.pick(wording[words]!)} · ${sender.name}`,
  language: sender.language,
  journey: asSentBy(sender),
  urls: Array.from(
    { length: random.between(1, 3) },
    () => `https://www.${domainOf(sender.address)}/r/${random.hex(8)}`,
  ),
  ...(random.chance(clickRate) ? { clicks: [click(random)] } : {}),
  ...(sender.bulkLevel === undefined ? {} : { bulkLevel: sender.bulkLevel }),
});

const publishers = byWeight(newsletters);
const machines = byWeight(services);
const pests = byWeight(junkers);

/** Newsletters; the ones with many complaints go to Junk. */
export const subscriptions: Kind = {
  name: 'newsletters',
  share: 0.13,
  write({ random, calendar }) {
    const sender = random.pick(publishers);
    const words = sender.language === 'fr' ? 'lettre' : 'newsletter';
    const at = calendar.moment('machine', random);
    return {
      ...mass(random, { words, sender, at, recipients: random.between(2, 9), clickRate: 0.25 }),
      outcome: (sender.bulkLevel ?? 0) >= 7 ? 'bulkJunked' : 'delivered',
    };
  },
};

/** Notices of machines, one recipient each. */
export const notices: Kind = {
  name: 'notices',
  share: 0.1,
  write({ random, calendar }) {
    const sender = random.pick(machines);
    const at = calendar.moment(random.chance(0.7) ? 'office' : 'always', random);
    return { ...mass(random, { words: 'service', sender, at, recipients: 1, clickRate: 0.2 }), outcome: 'delivered' };
  },
};

/** Ordinary spam: found, with or without authentication. */
export const junk: Kind = {
  name: 'junk',
  share: 0.05,
  write({ random, calendar }) {
    const sender = random.pick(pests);
    const at = calendar.moment('always', random);
    return {
      ...mass(random, { words: 'junk', sender, at, recipients: random.between(1, 4), clickRate: 0 }),
      outcome: random.chance(0.6) ? 'spamJunked' : 'spamQuarantined',
      firstContact: true,
    };
  },
};
