import { bank, byServerOf, freemail, orderly, recipient, signature, throwaway } from './cast.ts';
import { passing, rejected } from './claims.ts';
import type { Scenario } from './scenario.ts';

/** With an rn for the m: to a hurried reader the same. */
const lookAlike = orderly('rnuseum.example', '203.0.113.71', 'p=none');
const museum = orderly('museum.example', '192.0.2.12', 'p=reject');

const payment = {
  to: [recipient],
  subject: 'Payment still today?',
  text: 'I am in a meeting. Can you make a transfer before noon?\n',
};

const oldCampaign = orderly('old-campaign.vault.example', '203.0.113.72', 'p=none');

/** A sub-domain that somebody took over signs and sends for the domain above it. */
const fromBelow = (record: string) => ({
  domains: [orderly('vault.example', '192.0.2.14', record), oldCampaign],
  letters: [
    {
      ...payment,
      from: 'Vault <service@vault.example>',
      journey: [signature(oldCampaign)],
      handOver: byServerOf(oldCampaign, 'service@old-campaign.vault.example'),
    },
  ],
});

/** Mail that means to be taken for somebody else's. The first two pass every check: authentication alone cannot see them. */
export const disguises: readonly Scenario[] = [
  {
    name: 'look-alike-domain',
    nature: 'attack',
    description: 'A domain that reads like another, bought and set up as it should be, passes every check.',
    domains: [museum, lookAlike],
    letters: [
      {
        ...payment,
        from: 'Museum Shop <shop@rnuseum.example>',
        journey: [signature(lookAlike)],
        handOver: byServerOf(lookAlike, 'shop@rnuseum.example'),
      },
    ],
    claim: passing({}),
    neighbour: {
      name: 'look-alike-sender-true-domain',
      description: 'The same sender writes the true domain into From.',
      domains: [museum, lookAlike],
      letters: [
        {
          ...payment,
          from: 'Museum Shop <shop@museum.example>',
          journey: [signature(lookAlike)],
          handOver: byServerOf(lookAlike, 'shop@rnuseum.example'),
        },
      ],
      claim: rejected({ spf: 'pass', dkim: ['pass'] }),
    },
  },
  {
    name: 'display-name',
    nature: 'attack',
    description: "A free mailbox bears an executive's name and address as its display name, and passes every check.",
    domains: [bank, freemail],
    letters: [
      {
        ...payment,
        from: '"Harriet Vane (harriet.vane@bank.example)" <hv.office.1971@freemail.example>',
        journey: [signature(freemail)],
        handOver: byServerOf(freemail, 'hv.office.1971@freemail.example'),
      },
    ],
    claim: passing({}),
    neighbour: {
      name: 'display-name-as-address',
      description: 'The same mailbox writes the address itself into From.',
      domains: [bank, freemail],
      letters: [
        {
          ...payment,
          from: 'Harriet Vane <harriet.vane@bank.example>',
          journey: [signature(freemail)],
          handOver: byServerOf(freemail, 'hv.office.1971@freemail.example'),
        },
      ],
      claim: rejected({ spf: 'pass', dkim: ['pass'] }),
    },
  },
  {
    name: 'envelope-mismatch',
    nature: 'attack',
    description: "SPF passes for the forger's own envelope domain, and From names another, which asks for p=reject.",
    domains: [bank, throwaway],
    letters: [
      {
        ...payment,
        from: 'Harriet Vane <harriet.vane@bank.example>',
        handOver: byServerOf(throwaway, 'bounce@throwaway.example'),
      },
    ],
    claim: rejected({ spf: 'pass' }),
    neighbour: {
      name: 'envelope-below-from',
      description: 'The envelope is a sub-domain of the From domain and sent by its server: relaxed alignment is met.',
      domains: [bank, { name: 'bounce.bank.example', spf: 'v=spf1 ip4:192.0.2.13 -all' }],
      letters: [
        {
          ...payment,
          from: 'Harriet Vane <harriet.vane@bank.example>',
          handOver: byServerOf(bank, 'b-17@bounce.bank.example'),
        },
      ],
      claim: passing({ dkim: [] }),
    },
  },
  {
    name: 'strict-alignment',
    nature: 'attack',
    description: 'A sub-domain that somebody took over writes as the domain above it, which asks for strict alignment.',
    ...fromBelow('p=reject; adkim=s; aspf=s'),
    claim: rejected({ spf: 'pass', dkim: ['pass'] }),
    neighbour: {
      name: 'relaxed-alignment',
      description: 'The same mail where the domain above is content with relaxed alignment.',
      ...fromBelow('p=reject'),
      claim: passing({}),
    },
  },
];
