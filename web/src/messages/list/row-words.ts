import type { ListedMessage } from '../../../../src/server/workbench/messages/list.ts';
import type { Tone } from '../../ui/index.ts';

const tones: Readonly<Record<string, Tone>> = { Delivered: 'quiet', Junked: 'warn', Blocked: 'good', Replaced: 'good' };

/** What became of a message, in a word or two, and how that is to be seen beside its authentication. */
export function deliveryOf({ deliveries, dmarc }: Pick<ListedMessage, 'deliveries' | 'dmarc'>): {
  readonly words: string;
  readonly tone: Tone;
} {
  const actions = Object.entries(deliveries);
  const [first] = actions;
  if (!first) return { words: '–', tone: 'quiet' };
  if (actions.length === 1) {
    const tone = first[0] === 'Delivered' && dmarc === 'fail' ? 'bad' : (tones[first[0]] ?? 'quiet');
    return { words: first[0], tone };
  }
  return { words: actions.map(([action, count]) => `${count} ${action.toLowerCase()}`).join(', '), tone: 'warn' };
}

/** `anna@contoso.com +8`. */
export const recipientsOf = ({ recipients, recipientCount }: Pick<ListedMessage, 'recipients' | 'recipientCount'>) => ({
  first: recipients[0] ?? '',
  more: Math.max(recipientCount - 1, 0),
});

/** Characters of a domain that a row has room for. */
const DOMAIN_SHOWN = 34;

/**
 * The two parts of an address. Of a domain that is too long its end stays: that is where its owner's name stands.
 *
 * @example addressParts('anna@contoso.com') // { local: 'anna', domain: 'contoso.com' }
 */
export function addressParts(address: string): { readonly local: string; readonly domain: string } {
  const at = address.lastIndexOf('@');
  if (at < 0) return { local: address, domain: '' };
  const domain = address.slice(at + 1);
  const shown = domain.length > DOMAIN_SHOWN ? `…${domain.slice(1 - DOMAIN_SHOWN)}` : domain;
  return { local: address.slice(0, at), domain: shown };
}
