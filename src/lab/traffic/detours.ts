import { domainOf } from '../demo-domains.ts';
import { signedBy, viaForwarder, viaList } from '../journeys.ts';
import type { Message } from '../message.ts';
import { staff } from '../organisation.ts';
import { byWeight, forwarders, lists, partners, regulars } from '../senders.ts';
import { envelopeOf } from './bulk.ts';
import type { Kind } from './kind.ts';
import { outsider } from './partners.ts';

const viaLists = byWeight(lists);
const viaForwarders = byWeight(forwarders);

/** Mailing lists keep the author in From and add a footer: DKIM breaks, DMARC fails, a trusted sealer vouches. */
export const discussions: Kind = {
  name: 'mailing-lists',
  share: 0.018,
  write({ random, calendar }) {
    const list = random.pick(viaLists);
    const author = random.pick(regulars);
    const at = calendar.moment('office', random);
    const mailFrom = envelopeOf(list, random);
    const to = random.several(staff, random.between(1, 3));
    const subject = `[${list.name}] ${random.pick(['Call for notes', 'Re: agenda', 'Re: draft standard', 'Job offer'])}`;
    return {
      at,
      direction: 'Inbound',
      from: { ...outsider(author), name: `${author.name} via ${list.name}` },
      mailFrom,
      ip: list.ip,
      to,
      subject,
      language: 'en',
      journey: viaList(list, author, subject),
      outcome: 'delivered',
      urls: [`https://lists.example.org/archive/${random.hex(6)}`],
      distributionList: list.address,
    };
  },
};

/** A mailbox elsewhere sends everything on: the author's envelope, the forwarder's server. */
export const forwarded: Kind = {
  name: 'forwarded',
  share: 0.01,
  write({ random, calendar }) {
    const forwarder = random.pick(viaForwarders);
    const author = random.pick(regulars);
    return {
      at: calendar.moment('office', random),
      direction: 'Inbound',
      from: outsider(author),
      mailFrom: author.address,
      ip: forwarder.ip,
      to: [random.pick(staff)],
      subject: `${random.pick(['Reunion in spring', 'Your membership', 'Old friends', 'Fwd: photographs'])}`,
      language: author.language,
      journey: viaForwarder(forwarder, author),
      outcome: random.chance(0.8) ? 'delivered' : 'spamJunked',
    };
  },
};

/** Reports of mail that could not be delivered: no envelope sender. */
export const bounces: Kind = {
  name: 'bounces',
  share: 0.012,
  write({ random, calendar }): Message {
    const gone = random.pick(partners);
    return {
      at: calendar.moment('office', random),
      direction: 'Inbound',
      from: { address: `postmaster@${domainOf(gone.address)}`, name: 'Mail Delivery System', objectId: '' },
      mailFrom: '',
      ip: gone.ip,
      to: [random.pick(staff)],
      subject: 'Undeliverable: message returned to sender',
      language: 'en',
      journey: signedBy(domainOf(gone.address)),
      outcome: 'delivered',
    };
  },
};
