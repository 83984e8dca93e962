import { domainOf, hasPolicy } from './demo-domains.ts';

/** Somebody outside who writes often. Names are reserved ones (RFC 2606, RFC 6761), addresses of servers RFC 5737 and 3849. */
export interface Sender {
  readonly name: string;
  readonly address: string;
  /** The domain of envelope addresses made for each message (VERP); empty: the envelope is the From address. */
  readonly envelope: string;
  readonly ip: string;
  /** How much it writes beside the others of its group. */
  readonly weight: number;
  readonly language: 'en' | 'fr';
  /** 0 to 9: how much recipients complain. */
  readonly bulkLevel?: number;
}

type Row = readonly [
  name: string,
  address: string,
  envelope: string,
  ip: string,
  weight: number,
  language?: 'en' | 'fr',
  bulkLevel?: number,
];

const senders = (...rows: readonly Row[]): readonly Sender[] =>
  rows.map(([name, address, envelope, ip, weight, language = 'en', bulkLevel]) => ({
    name,
    address,
    envelope,
    ip,
    weight,
    language,
    ...(bulkLevel === undefined ? {} : { bulkLevel }),
  }));

/** Customers and suppliers: people who write to people. */
export const partners = senders(
  ['Marta Lindqvist', 'marta.lindqvist@harbour-freight.example', '', '192.0.2.10', 9],
  ['Orders Desk', 'orders@harbour-freight.example', '', '192.0.2.10', 7],
  ['Tomás Rey', 'tomas.rey@sunfield-paper.example', '', '192.0.2.21', 8],
  ['Accounts', 'accounts@sunfield-paper.example', '', '192.0.2.21', 5],
  ['Judith Okafor', 'j.okafor@okafor-legal.example', '', '192.0.2.33', 4],
  ['Claire Aubert', 'claire.aubert@verrerie-aubert.example', '', '2001:db8:21::5', 6, 'fr'],
  ['Service Client', 'service@verrerie-aubert.example', '', '2001:db8:21::5', 4, 'fr'],
  ['Pavel Horák', 'horak@steelworks.example.org', '', '192.0.2.45', 5],
  ['Dispatch', 'dispatch@steelworks.example.org', '', '192.0.2.45', 4],
  ['Bea Strand', 'bea@strand-studio.test', '', '192.0.2.52', 2],
  ['Northgate Audit', 'team@northgate-audit.example', '', '192.0.2.60', 3],
  ['Imprimerie Roux', 'contact@imprimerie-roux.test', '', '192.0.2.71', 2, 'fr'],
  ['Kim Sato', 'kim.sato@sato-sensors.example.net', '', '192.0.2.80', 6],
  ['Regional Chamber', 'office@chamber.example.org', '', '192.0.2.88', 2],
);

const standIns = senders(
  ['Ola Berg', 'ola.berg@sato-sensors.example.net', '', '192.0.2.80', 1],
  ['Ines Duarte', 'ines.duarte@sunfield-paper.example', '', '192.0.2.21', 1],
  ['Noor Haddad', 'noor.haddad@okafor-legal.example', '', '192.0.2.33', 1],
  ['Luc Aubert', 'luc.aubert@verrerie-aubert.example', '', '2001:db8:21::5', 1, 'fr'],
);
const withoutPolicy = partners.filter(({ address }) => !hasPolicy(domainOf(address)));

/** Who writes by way of lists and forwarders: all have a DMARC policy, which such mail fails. */
export const regulars = partners.map((partner) => standIns[withoutPolicy.indexOf(partner)] ?? partner);

/** Newsletters and shops, most through platforms whose envelope is their own: DKIM alone aligns. */
export const newsletters = senders(
  ['Industry Weekly', 'news@industry-weekly.example', 'mail-platform.example', '198.51.100.14', 9, 'en', 3],
  ['Office Outlet', 'offers@office-outlet.example', 'mail-platform.example', '198.51.100.15', 8, 'en', 5],
  ['Courrier des Métiers', 'lettre@courrier-metiers.example', 'envoi-masse.example', '198.51.100.30', 6, 'fr', 4],
  ['Trade Fair', 'hello@trade-fair.example.org', 'mail-platform.example', '198.51.100.16', 4, 'en', 5],
  ['Security Digest', 'digest@security-digest.example.net', '', '198.51.100.40', 5, 'en', 1],
  ['Travel Deals', 'deals@travel-deals.test', 'cheap-sender.test', '198.51.100.77', 3, 'en', 7],
  ['Webinar Factory', 'invite@webinar-factory.test', 'cheap-sender.test', '198.51.100.78', 3, 'en', 7],
);

/** Services that write by machine: tickets, tracking, sign-in notices. */
export const services = senders(
  ['Build Service', 'builds@ci-service.example', 'mail.ci-service.example', '198.51.100.101', 9],
  ['Ticket Desk', 'support@ticket-desk.example', 'mail.ticket-desk.example', '198.51.100.104', 8],
  ['Meeting Rooms', 'booking@rooms.example.net', '', '2001:db8:51::25', 6],
  ['Parcel Tracking', 'tracking@parcel-post.example', '', '198.51.100.120', 4],
  ['Sign-in Notices', 'no-reply@accounts.example.com', '', '198.51.100.131', 4],
  ['Expense Portal', 'portal@expense-portal.example', 'mail.expense-portal.example', '198.51.100.140', 3],
);

/** Mailing lists: the author's address in From, the list's in the envelope, and a footer that breaks the signature. */
export const lists = senders(
  ['Logistics Forum', 'logistics@lists.example.org', 'lists.example.org', '198.51.100.201', 5],
  ['Open Metering', 'metering@lists.example.org', 'lists.example.org', '198.51.100.201', 3],
);

/** Mailboxes elsewhere that send everything on: the old envelope, a new server. */
export const forwarders = senders(
  ['Alumni of Northwood', 'forward@alumni.example.org', '', '198.51.100.220', 3],
  ['Guild Mail', 'forward@guild.example.net', '', '198.51.100.228', 2],
);

/** Those who write from their own junk domains, authentication and all. */
export const junkers = senders(
  ['Cheap Toner', 'sales@toner-bargain.test', '', '203.0.113.61', 5],
  ['SEO Experts', 'rank@first-page.test', '', '203.0.113.62', 4],
  ['Crypto Alerts', 'alerts@coin-rocket.invalid', '', '203.0.113.90', 4],
  ['Loan Approved', 'credit@quick-loan.invalid', '', '203.0.113.91', 3],
  ['Lottery Board', 'winner@lottery-board.invalid', '', '203.0.113.95', 2],
);

/** A list in which each sender stands as often as its weight: picking from it is fair by weight. */
export const byWeight = (group: readonly Sender[]): readonly Sender[] =>
  group.flatMap((sender) => Array<Sender>(sender.weight).fill(sender));
