import type { Domain } from '../kernel/domain.ts';
import type { Letter } from '../kernel/letter.ts';
import { bakery, bank, byForger, byServerOf, hosting, museum, recipient, signature } from './cast.ts';
import { passing, rejected, unwelcome } from './claims.ts';
import type { Scenario } from './scenario.ts';

/** Somebody writes in the exact name of a domain, envelope and From alike, from a server that is not its own. */
function exactDomainSpoof(policy: 'none' | 'quarantine' | 'reject', victim: Domain): Scenario {
  const accounts = `accounts@${victim.name}`;
  const letter: Omit<Letter, 'handOver'> = {
    from: `Accounts <${accounts}>`,
    to: [recipient],
    subject: 'Our bank details have changed',
    text: 'Please pay the open invoice to the account below.\n',
  };
  return {
    name: `exact-domain-spoof-${policy}`,
    nature: 'attack',
    description: `A forger writes in the exact name of a domain that asks for p=${policy}, unsigned, from a server of his own.`,
    domains: [victim, hosting],
    letters: [{ ...letter, handOver: byForger(accounts) }],
    claim: policy === 'none' ? unwelcome({}) : rejected({ disposition: policy }),
    neighbour: {
      name: `exact-domain-p-${policy}`,
      description: `The domain that asks for p=${policy} writes the same itself, signed, from its own server.`,
      domains: [victim],
      letters: [{ ...letter, journey: [signature(victim)], handOver: byServerOf(victim, accounts) }],
      claim: passing({}),
    },
  };
}

/** The same forgery against each policy. */
export const exactDomain: readonly Scenario[] = [
  exactDomainSpoof('none', bakery),
  exactDomainSpoof('quarantine', museum),
  exactDomainSpoof('reject', bank),
];
