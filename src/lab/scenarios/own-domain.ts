import type { Letter } from '../kernel/letter.ts';
import { byForger, byServerOf, hosting, receiver, recipient, signature } from './cast.ts';
import { passing, rejected } from './claims.ts';
import type { Scenario } from './scenario.ts';

const salary: Omit<Letter, 'handOver'> = {
  from: 'Erik Dahl <erik.dahl@receiver.example>',
  to: [recipient],
  subject: 'New account for my salary',
  text: 'Please use it from this month on.\n',
};

/** Mail from outside in the receiver's own name. */
export const ownDomain: readonly Scenario[] = [
  {
    name: 'direct-send',
    nature: 'attack',
    description: "A forger hands mail in a colleague's name straight to the receiver's own mail host.",
    domains: [receiver, hosting],
    letters: [{ ...salary, handOver: byForger('erik.dahl@receiver.example') }],
    claim: rejected({ reason: '010' }),
    neighbour: {
      name: 'direct-send-elsewhere',
      description: 'The same forgery at a receiver to whom the domain does not belong.',
      domains: [receiver, hosting],
      letters: [{ ...salary, handOver: byForger('erik.dahl@receiver.example') }],
      acceptedDomains: ['elsewhere.example'],
      claim: rejected({}),
    },
  },
  {
    name: 'own-domain-from-outside',
    nature: 'harmless',
    description: "A branch's server that SPF knows sends a colleague's signed mail in from outside.",
    domains: [receiver],
    letters: [
      { ...salary, journey: [signature(receiver)], handOver: byServerOf(receiver, 'erik.dahl@receiver.example') },
    ],
    claim: passing({}),
    neighbour: {
      name: 'own-domain-altered-outside',
      description: 'The same mail, altered on the way and handed over by a stranger.',
      domains: [receiver, hosting],
      letters: [
        {
          ...salary,
          journey: [signature(receiver), { do: 'alter', find: 'this month', put: 'today' }],
          handOver: byForger('erik.dahl@receiver.example'),
        },
      ],
      claim: rejected({ dkim: ['fail'], reason: '010' }),
    },
  },
];
