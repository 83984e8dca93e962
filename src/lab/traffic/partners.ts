import { domainOf } from '../demo-domains.ts';
import { asSentBy } from '../journeys.ts';
import type { Attachment, Message } from '../message.ts';
import { type Mailbox, staff } from '../organisation.ts';
import type { Random } from '../random.ts';
import { byWeight, partners, type Sender } from '../senders.ts';
import type { Kind } from './kind.ts';

const writers = byWeight(partners);

const subjects = {
  en: [
    'Order',
    'Offer',
    'Delivery note',
    'Question about order',
    'Invoice',
    'Meeting on project',
    'Complaint',
    'Drawing',
  ],
  fr: ['Commande', 'Devis', 'Bon de livraison', 'Facture', 'Réunion projet'],
} as const;

const subject = (language: 'en' | 'fr', random: Random): string =>
  `${random.chance(0.35) ? 'RE: ' : ''}${random.pick(subjects[language])} ${random.between(2100, 9900)}`;

export const outsider = (sender: Sender): Mailbox => ({ address: sender.address, name: sender.name, objectId: '' });

const paper = (random: Random): readonly Attachment[] => [
  {
    name: `${random.pick(['invoice', 'order', 'drawing', 'offer'])}-${random.between(100, 999)}.pdf`,
    mark: random.hex(64),
    size: random.between(4_000, 60_000),
  },
];

function inbound({ random, at }: { random: Random; at: number }): Message {
  const sender = random.pick(writers);
  return {
    at,
    direction: 'Inbound',
    from: outsider(sender),
    mailFrom: sender.address,
    ip: sender.ip,
    to: random.several(staff, random.pick([1, 1, 1, 2, 3])),
    subject: subject(sender.language, random),
    language: sender.language,
    journey: asSentBy(sender),
    outcome: 'delivered',
    ...(random.chance(0.25) ? { attachments: paper(random) } : {}),
    ...(random.chance(0.1) ? { urls: [`https://share.${domainOf(sender.address)}/${random.hex(8)}`] } : {}),
  };
}

function outbound({ random, at }: { random: Random; at: number }): Message {
  const from = random.pick(staff);
  const language = from.address.endsWith('.fr') ? 'fr' : 'en';
  return {
    at,
    direction: 'Outbound',
    from,
    mailFrom: from.address,
    ip: '2001:db8:365::2b',
    to: random.several(partners, random.pick([1, 1, 1, 2])).map(outsider),
    subject: subject(language, random),
    language,
    outcome: random.chance(0.01) ? 'undeliverable' : 'sent',
    ...(random.chance(0.2) ? { attachments: paper(random) } : {}),
  };
}

/** Customers and suppliers write to the organisation. */
export const fromPartners: Kind = {
  name: 'from-partners',
  share: 0.19,
  write: ({ random, calendar }) => inbound({ random, at: calendar.moment('office', random) }),
};

/** The organisation writes to customers and suppliers. */
export const toPartners: Kind = {
  name: 'to-partners',
  share: 0.15,
  write: ({ random, calendar }) => outbound({ random, at: calendar.moment('office', random) }),
};
