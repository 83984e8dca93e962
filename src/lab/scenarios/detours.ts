import type { Letter, Step } from '../kernel/letter.ts';
import { bakery, bank, byServerOf, orderly, recipient, signature } from './cast.ts';
import { passing, rejected, unwelcome } from './claims.ts';
import type { Scenario } from './scenario.ts';

const lists = orderly('lists.example', '198.51.100.21', 'p=none');
const alumni = orderly('alumni.example', '198.51.100.22', 'p=none');

/** The author's server hands a letter to a host that will send it on. */
const handedTo = (host: string, mailFrom: string, server = bank): Step => ({
  do: 'relay',
  by: host,
  ...byServerOf(server, mailFrom),
});

const post: Letter = {
  from: 'Harriet Vane <harriet.vane@bank.example>',
  to: ['ledgers@lists.example'],
  subject: 'Agenda for Thursday',
  text: 'Please send me what should be talked about.\n',
  journey: [
    signature(bank),
    handedTo('mail.lists.example', 'harriet.vane@bank.example'),
    { do: 'field', name: 'Subject', value: '[ledgers] Agenda for Thursday' },
    { do: 'field', name: 'List-Id', value: '<ledgers.lists.example>' },
    { do: 'footer', text: '-- \nledgers mailing list\n' },
    { do: 'seal', domain: 'lists.example', selector: 's1' },
  ],
  handOver: byServerOf(lists, 'ledgers-bounces@lists.example'),
  recipients: [recipient],
};

const reunion = (author: 'bank.example' | 'bakery.example'): Omit<Letter, 'handOver'> => ({
  from: `Harriet Vane <harriet.vane@${author}>`,
  to: ['anna@alumni.example'],
  subject: 'Reunion in spring',
  text: 'Who comes?\n',
  recipients: [recipient],
});

/** A mailbox elsewhere sends everything on: the author's envelope, the forwarder's server. */
const bySending = (author: 'bank.example' | 'bakery.example') => byServerOf(alumni, `harriet.vane@${author}`);

/** Mail that does not come straight from its author. */
export const detours: readonly Scenario[] = [
  {
    name: 'mailing-list',
    nature: 'harmless',
    description: "A list changes subject and body, which breaks the author's signature, and seals what it saw before.",
    domains: [bank, lists],
    letters: [post],
    trustedSealers: ['lists.example'],
    claim: rejected({ spf: 'pass', dkim: ['fail'], arc: 'pass', compauth: 'pass', reason: '130' }),
    neighbour: {
      name: 'mailing-list-not-trusted',
      description: 'The same letter where the receiver has no reason to believe the list.',
      domains: [bank, lists],
      letters: [post],
      claim: rejected({ spf: 'pass', dkim: ['fail'], arc: 'pass' }),
    },
  },
  {
    name: 'forwarder-signed',
    nature: 'harmless',
    description: 'A mailbox elsewhere forwards signed mail unchanged: SPF breaks, the signature survives.',
    domains: [bank, alumni],
    letters: [
      {
        ...reunion('bank.example'),
        journey: [signature(bank), handedTo('mail.alumni.example', 'harriet.vane@bank.example')],
        handOver: bySending('bank.example'),
      },
    ],
    claim: passing({ spf: 'fail' }),
    neighbour: {
      name: 'forwarder-with-footer',
      description: 'The forwarder puts an advertisement below the text.',
      domains: [bank, alumni],
      letters: [
        {
          ...reunion('bank.example'),
          journey: [
            signature(bank),
            handedTo('mail.alumni.example', 'harriet.vane@bank.example'),
            { do: 'footer', text: 'Alumni mugs: order now\n' },
          ],
          handOver: bySending('bank.example'),
        },
      ],
      claim: rejected({ dkim: ['fail'] }),
    },
  },
  {
    name: 'forwarder-unsigned',
    nature: 'harmless',
    description:
      'A mailbox elsewhere forwards unsigned mail: SPF breaks and nothing is left that speaks for the author.',
    domains: [bakery, alumni],
    letters: [
      {
        ...reunion('bakery.example'),
        journey: [handedTo('mail.alumni.example', 'harriet.vane@bakery.example', bakery)],
        handOver: bySending('bakery.example'),
      },
    ],
    claim: unwelcome({}),
    neighbour: {
      name: 'unsigned-not-forwarded',
      description: "The same mail straight from the author's server.",
      domains: [bakery],
      letters: [{ ...reunion('bakery.example'), handOver: byServerOf(bakery, 'harriet.vane@bakery.example') }],
      claim: passing({ dkim: [] }),
    },
  },
];
