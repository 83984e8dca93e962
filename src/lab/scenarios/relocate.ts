import { everyText } from './every-text.ts';
import type { Case, Era } from './scenario.ts';

/**
 * The case as another organisation meets it: what is the receiver's domain in the file is its domain, in addresses, names
 * of hosts and records alike.
 *
 * @param domain lower case
 * @example relocated(directSend, 'contoso.example').acceptedDomains // ['contoso.example']
 */
export function relocated(one: Case, domain: string): Case {
  const [receiver = ''] = one.acceptedDomains;
  const name = new RegExp(`(?<![\\w-])${receiver.replaceAll('.', '\\.')}(?![\\w-])`, 'g');
  return everyText(one, (text) => text.replace(name, () => domain));
}

/** The case with one recipient for all of its letters, instead of those in the receiver's domains. */
export function addressedTo(one: Case, address: string): Case {
  const isReceiver = (to: string): boolean => one.acceptedDomains.some((domain) => to.endsWith(`@${domain}`));
  const era = <E extends Era>({ letters, ...rest }: E) => ({
    ...rest,
    letters: letters.map((letter) => ({
      ...letter,
      letter: {
        ...letter.letter,
        to: [...new Set(letter.letter.to.map((to) => (isReceiver(to) ? address : to)))],
        recipients: [address],
      },
    })),
  });
  // Variations would add colleagues, who may not exist.
  const isWritten = (text: string): boolean =>
    one.letters.some(({ letter }) => (letter.recipients ?? letter.to).includes(text)) && isReceiver(text);
  const lists = everyText(one.lists, (text) => (isWritten(text) ? address : text));
  return { ...one, ...era(one), history: era(one.history), lists, standIns: { people: [], desks: one.standIns.desks } };
}
