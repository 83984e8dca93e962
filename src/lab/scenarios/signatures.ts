import type { Domain } from '../kernel/domain.ts';
import type { Letter, Step } from '../kernel/letter.ts';
import { bank, byForger, byServerOf, hosting, orderly, recipient, signature } from './cast.ts';
import { passing, rejected } from './claims.ts';
import type { Scenario } from './scenario.ts';

const invoice: Omit<Letter, 'handOver'> = {
  from: 'Bank <invoices@bank.example>',
  to: [recipient],
  subject: 'Invoice 4711',
  text: 'Amount: 1,200.00\nAccount: 11-22-33 4455\n',
};

/** A letter of the bank that a forger got hold of, and what he did with it before he sent it on. */
const replayed = (signing: Step, ...done: readonly Step[]): Letter => ({
  ...invoice,
  journey: [signing, ...done],
  handOver: byForger('invoices@bank.example'),
});

/** A letter that is signed with a key of a kind and comes from a server that SPF does not know. */
const signedWith = (kind: 'rsa-512' | 'rsa-1024'): { domains: readonly Domain[]; letters: readonly Letter[] } => ({
  domains: [orderly('bank.example', '192.0.2.13', 'p=reject', { dkim: [{ selector: 's1', kind }] }), hosting],
  letters: [replayed(signature(bank))],
});

/** What signatures prove, and what they do not. */
export const signatures: readonly Scenario[] = [
  {
    name: 'altered-body',
    nature: 'attack',
    description: 'A signed invoice is sent on with another account number in it.',
    domains: [bank, hosting],
    letters: [replayed(signature(bank), { do: 'alter', find: '11-22-33 4455', put: '66-77-88 9900' })],
    claim: rejected({ dkim: ['fail'] }),
    neighbour: {
      name: 'body-with-blanks-added',
      description: 'On the way blanks and empty lines were added, which relaxed canonicalization overlooks.',
      domains: [bank, hosting],
      letters: [
        replayed(
          signature(bank),
          { do: 'alter', find: 'Amount: 1,200.00', put: 'Amount:   1,200.00  ' },
          { do: 'footer', text: '\n\n' },
        ),
      ],
      claim: passing({ spf: 'fail' }),
    },
  },
  {
    name: 'altered-subject',
    nature: 'attack',
    description: 'A signed letter is sent on with another subject.',
    domains: [bank, hosting],
    letters: [replayed(signature(bank), { do: 'field', name: 'Subject', value: 'Invoice 4711: last reminder' })],
    claim: rejected({ dkim: ['fail'] }),
    neighbour: {
      name: 'unsigned-field-added',
      description: 'On the way a field was added that nobody signed.',
      domains: [bank, hosting],
      letters: [replayed(signature(bank), { do: 'field', name: 'X-Scanned-By', value: 'a gateway' })],
      claim: passing({ spf: 'fail' }),
    },
  },
  {
    name: 'appended-text',
    nature: 'attack',
    description: 'The signature covers the body up to l=, and a text was put behind it.',
    domains: [bank, hosting],
    letters: [
      replayed({ ...signature(bank), coversLength: true }, { do: 'footer', text: 'New account: 66-77-88 9900\n' }),
    ],
    claim: rejected({ dkim: ['pass'] }),
    neighbour: {
      name: 'body-length-of-the-whole',
      description: 'The same signature, and nothing behind what it covers.',
      domains: [bank, hosting],
      letters: [replayed({ ...signature(bank), coversLength: true })],
      claim: passing({ spf: 'fail' }),
    },
  },
  {
    name: 'replayed-letter',
    nature: 'attack',
    description: 'A signed letter is sent to others, unchanged: the signature holds and DMARC passes.',
    domains: [bank, hosting],
    letters: [{ ...replayed(signature(bank)), recipients: ['boris.lund@receiver.example'] }],
    claim: passing({ spf: 'fail' }),
    neighbour: {
      name: 'replayed-too-late',
      description: 'The signature had an end, which is past.',
      domains: [bank, hosting],
      letters: [{ ...replayed({ ...signature(bank), lifetime: 1 }), recipients: ['boris.lund@receiver.example'] }],
      claim: rejected({ dkim: ['neutral'] }),
    },
  },
  {
    name: 'weak-key',
    nature: 'attack',
    description: 'The signature was made with a key of 512 bit, which anybody can find out (RFC 8301 section 3.2).',
    ...signedWith('rsa-512'),
    claim: rejected({ dkim: ['policy'] }),
    neighbour: {
      name: 'short-key',
      description: 'The key has 1,024 bit, the least that counts.',
      ...signedWith('rsa-1024'),
      claim: passing({ spf: 'fail' }),
    },
  },
  {
    name: 'borrowed-selector',
    nature: 'attack',
    description: "A forger signs as the bank's selector with a key of his own.",
    domains: [bank, hosting],
    letters: [replayed({ ...signature(bank), key: 'forger' })],
    claim: rejected({ dkim: ['fail'] }),
    neighbour: {
      name: 'own-selector',
      description: 'The bank signs with its own key.',
      domains: [bank],
      letters: [{ ...invoice, journey: [signature(bank)], handOver: byServerOf(bank, 'invoices@bank.example') }],
      claim: passing({}),
    },
  },
];
