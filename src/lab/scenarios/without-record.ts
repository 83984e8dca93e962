import type { Domain } from '../kernel/domain.ts';
import type { Letter } from '../kernel/letter.ts';
import { byForger, byServerOf, hosting, orderly, recipient, throwaway } from './cast.ts';
import { passing, unwelcome } from './claims.ts';
import type { Scenario } from './scenario.ts';

/** An owner who publishes SPF and no DMARC record. */
const studio: Domain = {
  name: 'studio.example',
  spf: 'v=spf1 ip4:192.0.2.41 -all',
  mx: ['mail.studio.example'],
  hosts: { 'mail.studio.example': '192.0.2.41' },
};

const supplier: Omit<Letter, 'handOver'> = {
  from: 'Bea Strand <billing@studio.example>',
  to: [recipient],
  subject: 'Our bank details have changed',
  text: 'The new ones are in the attachment.\n',
};

/** Where the owner has published nothing, or there is nobody in the envelope. */
export const withoutRecord: readonly Scenario[] = [
  {
    name: 'no-record-spoof',
    nature: 'attack',
    description: 'A forger writes as a domain without a DMARC record, with an envelope of his own: no check fails.',
    domains: [studio, throwaway],
    letters: [{ ...supplier, handOver: byServerOf(throwaway, 'billing@throwaway.example') }],
    claim: unwelcome({ spf: 'pass', dmarc: 'none' }),
    neighbour: {
      name: 'no-record-would-pass',
      description: 'The domain itself writes: with a record it would pass.',
      domains: [studio],
      letters: [{ ...supplier, handOver: byServerOf(studio, 'billing@studio.example') }],
      claim: passing({ dkim: [], dmarc: 'none', reason: '109' }),
    },
  },
  {
    name: 'null-sender',
    nature: 'harmless',
    description:
      'A report of undelivered mail has an empty envelope sender: SPF checks the name of the server, which aligns.',
    domains: [
      orderly('carrier.example', '192.0.2.42', 'p=reject'),
      { name: 'mail.carrier.example', spf: 'v=spf1 a -all' },
    ],
    letters: [
      {
        from: 'Mail Delivery System <postmaster@carrier.example>',
        to: [recipient],
        subject: 'Undeliverable: message returned to sender',
        text: 'The mailbox does not exist.\n',
        handOver: { ip: '192.0.2.42', helo: 'mail.carrier.example', mailFrom: '' },
      },
    ],
    claim: passing({ dkim: [] }),
    neighbour: {
      name: 'null-sender-of-a-stranger',
      description: 'The same report from a server that calls itself something else.',
      domains: [orderly('carrier.example', '192.0.2.42', 'p=reject'), hosting],
      letters: [
        {
          from: 'Mail Delivery System <postmaster@carrier.example>',
          to: [recipient],
          subject: 'Undeliverable: message returned to sender',
          text: 'The mailbox does not exist.\n',
          handOver: byForger(''),
        },
      ],
      claim: { ...unwelcome({ spf: 'none' }), disposition: 'reject', reason: '000' },
    },
  },
];
