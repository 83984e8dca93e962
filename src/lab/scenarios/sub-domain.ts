import type { Domain } from '../kernel/domain.ts';
import { byForger, hosting, orderly, recipient } from './cast.ts';
import { rejected, unwelcome } from './claims.ts';
import type { Scenario } from './scenario.ts';

const theatre = orderly('theatre.example', '192.0.2.21', 'p=none; sp=reject', {
  hosts: { 'mail.theatre.example': '192.0.2.21', 'tickets.theatre.example': '192.0.2.22' },
});

const library = orderly('library.example', '192.0.2.25', 'p=none; sp=none; np=reject', {
  hosts: { 'mail.library.example': '192.0.2.25', 'catalogue.library.example': '192.0.2.26' },
});

/** An unsigned letter of a forger in the name of a domain, for envelope and From. */
const forged = (domain: string, victim: Domain) => ({
  domains: [victim, hosting],
  letters: [
    {
      from: `Bookings <bookings@${domain}>`,
      to: [recipient],
      subject: 'Your booking needs a confirmation',
      text: 'Confirm with your card within the hour.\n',
      handOver: byForger(`bookings@${domain}`),
    },
  ],
});

/** Names below a domain, for which its record asks for something else (RFC 9989 section 4.7, sp and np). */
export const subDomain: readonly Scenario[] = [
  {
    name: 'sub-domain-spoof',
    nature: 'attack',
    description: 'A forger writes as an existing sub-domain without records of its own; the owner asks for sp=reject.',
    ...forged('tickets.theatre.example', theatre),
    claim: rejected({ spf: 'none' }),
    neighbour: {
      name: 'sub-domain-spoof-above',
      description: 'The same forgery in the name of the domain itself, for which the owner asks p=none.',
      ...forged('theatre.example', theatre),
      claim: unwelcome({}),
    },
  },
  {
    name: 'no-such-sub-domain-spoof',
    nature: 'attack',
    description: 'A forger writes as a sub-domain that does not exist; the owner asks for np=reject.',
    ...forged('billing.library.example', library),
    claim: rejected({ spf: 'none' }),
    neighbour: {
      name: 'existing-sub-domain-spoof',
      description: 'The same forgery in the name of a sub-domain that exists, for which sp=none holds.',
      ...forged('catalogue.library.example', library),
      claim: unwelcome({ spf: 'none' }),
    },
  },
];
