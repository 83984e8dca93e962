import type { Domain } from '../kernel/domain.ts';
import type { Letter } from '../kernel/letter.ts';
import { bank, byForger, byServerOf, hosting, recipient, signature } from './cast.ts';
import { passing, rejected } from './claims.ts';
import type { Scenario } from './scenario.ts';

const letter: Omit<Letter, 'handOver'> = {
  from: 'Harriet Vane <harriet.vane@bank.example>',
  to: [recipient],
  subject: 'Are you at your desk?',
  text: 'Write back as soon as you read this.\n',
};

const slow = (name: string): Domain => ({ ...bank, failing: [{ name, failure: 'timeout' }] });

/** Answers of DNS that did not come. They are neither for nor against a sender. */
export const dnsTrouble: readonly Scenario[] = [
  {
    name: 'temperror-policy',
    nature: 'attack',
    description:
      'A forger writes while the look-up of the policy fails: no policy is applied, and no rule for dmarc=fail sees it.',
    domains: [slow('_dmarc.bank.example'), hosting],
    letters: [{ ...letter, handOver: byForger('harriet.vane@bank.example') }],
    claim: rejected({ dmarc: 'temperror', disposition: 'none', reason: '001' }),
    neighbour: {
      name: 'policy-answered',
      description: 'The same forgery, and DNS answers.',
      domains: [bank, hosting],
      letters: [{ ...letter, handOver: byForger('harriet.vane@bank.example') }],
      claim: rejected({}),
    },
  },
  {
    name: 'temperror-key',
    nature: 'harmless',
    description:
      'Signed mail comes by way of a forwarder while the look-up of the key fails: nobody can say that it is forged.',
    domains: [slow('s1._domainkey.bank.example'), hosting],
    letters: [{ ...letter, journey: [signature(bank)], handOver: byForger('harriet.vane@bank.example') }],
    claim: rejected({ dkim: ['temperror'], dmarc: 'temperror', disposition: 'none', reason: '001' }),
    neighbour: {
      name: 'key-withdrawn',
      description: 'DNS answers, and the key is not there.',
      domains: [{ ...bank, dkim: [{ selector: 's1', state: 'unpublished' }] }, hosting],
      letters: [{ ...letter, journey: [signature(bank)], handOver: byForger('harriet.vane@bank.example') }],
      claim: rejected({ dkim: ['neutral'] }),
    },
  },
  {
    name: 'temperror-spf',
    nature: 'harmless',
    description: 'The look-up of the SPF record fails, and an aligned signature speaks for the sender all the same.',
    domains: [{ ...bank, failing: [{ name: 'bank.example', type: 'TXT', failure: 'servfail' }] }],
    letters: [{ ...letter, journey: [signature(bank)], handOver: byServerOf(bank, 'harriet.vane@bank.example') }],
    claim: passing({ spf: 'temperror' }),
    neighbour: {
      name: 'temperror-spf-unsigned',
      description: 'The same without a signature: only the name of the server is left to speak for the sender.',
      domains: [{ ...bank, failing: [{ name: 'bank.example', type: 'TXT', failure: 'servfail' }] }],
      letters: [{ ...letter, handOver: byServerOf(bank, 'harriet.vane@bank.example') }],
      claim: passing({ spf: 'temperror', dkim: [], dmarc: 'temperror', reason: '104' }),
    },
  },
];
