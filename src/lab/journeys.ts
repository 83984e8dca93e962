import { domainOf, heloOf, SELECTOR, signs } from './demo-domains.ts';
import type { Step } from './kernel/letter.ts';
import type { Sender } from './senders.ts';

/** Signatures of those among the domains that sign, each once. */
export const signedBy = (...domains: readonly string[]): readonly Step[] =>
  [...new Set(domains)].filter(signs).map((domain) => ({ do: 'sign', domain, selector: SELECTOR }));

/** Whose gateway puts a disclaimer below what has been signed already. */
const late = new Set(['northgate-audit.example']);
const DISCLAIMER = '--\nThis message may hold what is meant for its recipient alone.\n';

/** What happens to the mail of a sender before it leaves: the envelope's domain and that of From sign. */
export function asSentBy({ address, envelope }: Sender): readonly Step[] {
  const signatures = signedBy(...(envelope === '' ? [] : [envelope]), domainOf(address));
  return late.has(domainOf(address)) ? [...signatures, { do: 'footer', text: DISCLAIMER }] : signatures;
}

/** The author's server hands mail to somebody who will send it on. */
const handedTo = (next: Sender, author: Sender): Step => ({
  do: 'relay',
  by: heloOf(next.ip),
  ip: author.ip,
  helo: heloOf(author.ip),
  mailFrom: author.address,
});

/** By way of a mailing list: a prefix in the subject and a footer break the signature; the list seals what it saw. */
export const viaList = (list: Sender, author: Sender, subject: string): readonly Step[] => [
  ...asSentBy(author),
  handedTo(list, author),
  { do: 'field', name: 'Subject', value: subject },
  { do: 'field', name: 'List-Id', value: `${list.name} <${list.address.replace('@', '.')}>` },
  { do: 'footer', text: `--\n${list.name}, a mailing list\n` },
  { do: 'seal', domain: domainOf(list.address), selector: SELECTOR },
];

/** By way of a mailbox elsewhere that puts a line below everything it sends on. */
export const viaForwarder = (forwarder: Sender, author: Sender): readonly Step[] => [
  ...asSentBy(author),
  handedTo(forwarder, author),
  { do: 'footer', text: `--\nSent on by ${forwarder.name}\n` },
];
