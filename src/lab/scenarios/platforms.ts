import type { Domain } from '../kernel/domain.ts';
import type { Letter } from '../kernel/letter.ts';
import { byServerOf, orderly, recipient, signature } from './cast.ts';
import { passing, rejected } from './claims.ts';
import type { Scenario } from './scenario.ts';

const platform = orderly('mail-platform.example', '198.51.100.31', 'p=reject');

/** A shop that writes through the platform, and published the platform's key under its own name. */
const shop: Domain = orderly('shop.example', '192.0.2.31', 'p=quarantine', {
  dkim: [{ selector: 'mp1', key: 'customers of mail-platform.example' }],
});

/** The platform has not yet had its way with this one's DNS. */
const club: Domain = orderly('club.example', '192.0.2.32', 'p=reject', { dkim: [] });

const newsletter = (from: string): Omit<Letter, 'handOver'> => ({
  from,
  to: [recipient],
  subject: 'Only until Sunday',
  text: 'Five things that you should see.\n',
  html: '<p>Five things that <a href="https://click.mail-platform.example/r/17">you should see</a>.</p>\n',
  headers: { 'List-Unsubscribe': '<https://click.mail-platform.example/u/17>', Precedence: 'bulk' },
});

const handOver = byServerOf(platform, 'b-17@mail-platform.example');

/** Mail that somebody sends for somebody else, by commission. */
export const platforms: readonly Scenario[] = [
  {
    name: 'bulk-platform-aligned',
    nature: 'harmless',
    description: 'A platform sends with its own envelope and signs for its customer and for itself.',
    domains: [platform, shop],
    letters: [{ ...newsletter('Shop <news@shop.example>'), journey: [signature(platform), signature(shop)], handOver }],
    claim: passing({ dkim: ['pass', 'pass'] }),
    neighbour: {
      name: 'bulk-platform-customer-signature-missing',
      description: 'The platform signs for itself alone.',
      domains: [platform, shop],
      letters: [{ ...newsletter('Shop <news@shop.example>'), journey: [signature(platform)], handOver }],
      claim: rejected({ spf: 'pass', dkim: ['pass'], disposition: 'quarantine' }),
    },
  },
  {
    name: 'bulk-platform-unaligned',
    nature: 'harmless',
    description:
      'A platform sends for a customer who never set it up: everything passes, and nothing of it for the From domain.',
    domains: [platform, club],
    letters: [{ ...newsletter('Club <news@club.example>'), journey: [signature(platform)], handOver }],
    claim: rejected({ spf: 'pass', dkim: ['pass'] }),
    neighbour: {
      name: 'bulk-platform-own-bounce-domain',
      description: 'The customer has lent the platform a sub-domain for its envelopes: SPF aligns.',
      domains: [platform, club, { name: 'em.club.example', spf: 'v=spf1 include:mail-platform.example -all' }],
      letters: [
        {
          ...newsletter('Club <news@club.example>'),
          journey: [signature(platform)],
          handOver: byServerOf(platform, 'b-17@em.club.example'),
        },
      ],
      claim: passing({}),
    },
  },
];
