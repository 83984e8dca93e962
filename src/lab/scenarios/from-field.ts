import type { Letter } from '../kernel/letter.ts';
import { bank, byForger, byServerOf, hosting, recipient, signature, throwaway } from './cast.ts';
import { passing, rejected } from './claims.ts';
import type { Scenario } from './scenario.ts';

const alert = { to: [recipient], subject: 'Unusual sign-in', text: 'Was it you? Then do nothing.\n' };

/** The forger's own domain sends and signs; From says more than that. */
const byThrowaway = (from: string | readonly string[]): Letter => ({
  ...alert,
  from,
  journey: [signature(throwaway)],
  handOver: byServerOf(throwaway, 'alert@throwaway.example'),
});

const OWN = 'Alerts <alert@throwaway.example>';
const VICTIM = 'Bank <alert@bank.example>';
const domains = [bank, throwaway];

/** From fields that do not name one author plainly: each domain is judged and the worst counts (RFC 9989 section 11.5). */
export const fromField: readonly Scenario[] = [
  {
    name: 'two-from-fields',
    nature: 'attack',
    description: "The first From field names the forger's own domain, which passes; the second names the victim.",
    domains,
    letters: [byThrowaway([OWN, VICTIM])],
    claim: rejected({ spf: 'pass', dkim: ['pass'] }),
    neighbour: {
      name: 'one-from-field',
      description: 'The first field alone.',
      domains,
      letters: [byThrowaway(OWN)],
      claim: passing({}),
    },
  },
  {
    name: 'from-with-several-domains',
    nature: 'attack',
    description: "One From field holds two addresses: the forger's own, which passes, and the victim's.",
    domains,
    letters: [byThrowaway(`${OWN}, ${VICTIM}`)],
    claim: rejected({ spf: 'pass', dkim: ['pass'] }),
    neighbour: {
      name: 'from-with-several-addresses',
      description: 'Two addresses of one domain.',
      domains,
      letters: [byThrowaway(`${OWN}, Help <help@throwaway.example>`)],
      claim: passing({}),
    },
  },
  {
    name: 'malformed-from',
    nature: 'attack',
    description: 'From breaks the grammar in a way that makes parsers give up, and readers see the victim.',
    domains: [bank, hosting],
    letters: [{ ...alert, from: 'Bank account team ,_<no-reply@bank.example>', handOver: byForger('x@bank.example') }],
    claim: rejected({}),
    neighbour: {
      name: 'well-formed-from',
      description: 'The bank itself writes, signed, with a well-formed From.',
      domains: [bank],
      letters: [
        {
          ...alert,
          from: 'Bank account team <no-reply@bank.example>',
          journey: [signature(bank)],
          handOver: byServerOf(bank, 'no-reply@bank.example'),
        },
      ],
      claim: passing({}),
    },
  },
  {
    name: 'address-in-quotes',
    nature: 'attack',
    description: "The victim's address stands in a quoted display name with brackets, before the forger's real one.",
    domains,
    letters: [byThrowaway('"Bank <alert@bank.example>" <alert@throwaway.example>')],
    claim: passing({}),
    neighbour: {
      name: 'address-in-brackets',
      description: 'The same without the quotes: now there are two addresses.',
      domains,
      letters: [byThrowaway('Bank <alert@bank.example> <alert@throwaway.example>')],
      claim: rejected({ spf: 'pass', dkim: ['pass'] }),
    },
  },
];
