import { domainOfAddress } from '../../evidence/index.ts';
import { isSameOrBelow } from '../../mail/index.ts';
import type { MailItem } from '../mail-item.ts';
import { holdsPhrase } from '../matching/words.ts';
import type { SenderLocation } from '../policy.ts';
import { addresses, domains, inRanges, ipRanges, number, patterns, wordOf, words } from './arguments.ts';
import { type Answer, byAnybody, byNobody, type Predicate, predicate } from './predicate.ts';
import { quoted, written } from './seen.ts';

/** Lower case. */
interface Sender {
  readonly address: string;
  readonly domain: string;
}

/** Who the rule means by the sender; undefined where the envelope is asked for and not known. */
function sendersOf(item: MailItem, location: SenderLocation): readonly Sender[] | undefined {
  const ofHeader = item.authors.map(({ address, domain }) => ({ address: address.toLowerCase(), domain }));
  if (location === 'Header') return ofHeader;
  if (item.mailFrom === undefined) return undefined;
  const address = item.mailFrom.toLowerCase();
  const ofEnvelope = address === '' ? [] : [{ address, domain: domainOfAddress(address) }];
  return location === 'Envelope' ? ofEnvelope : [...ofHeader, ...ofEnvelope];
}

const anySender = (item: MailItem, location: SenderLocation, holds: (sender: Sender) => boolean): Answer =>
  sendersOf(item, location)?.some(holds);

const sawSenders: Predicate['saw'] = (item, _, { senderAddressLocation }) => {
  const senders = sendersOf(item, senderAddressLocation);
  if (senders === undefined) return 'the envelope sender is not known';
  return senders.length === 0
    ? 'there is no sender'
    : `the sender is ${written(senders.map(({ address }) => address))}`;
};

/** True where the author is one of the organisation's own, whoever wrote the message. */
export const isOwn = ({ authors, acceptedDomains }: MailItem): boolean =>
  authors.some(({ domain }) => acceptedDomains.some((own) => isSameOrBelow(domain, own)));

/** Who sent it: the author, or the envelope, or the client. */
export const senderPredicates: readonly Predicate[] = [
  predicate({
    name: 'From',
    about: 'The sender is one of these addresses.',
    example: '[ceo@contoso.com]',
    argument: addresses,
    exchange: { parameters: ['From'], values: (value) => [value] },
    isForgeable: byAnybody,
    test: (item, value, { senderAddressLocation }) =>
      anySender(item, senderAddressLocation, ({ address }) => value.includes(address)),
    saw: sawSenders,
  }),
  predicate({
    name: 'FromAddressContainsWords',
    about: 'The address of the sender holds one of these words.',
    example: '[noreply]',
    argument: words,
    exchange: { parameters: ['FromAddressContainsWords'], values: (value) => [value] },
    isForgeable: byAnybody,
    test: (item, value, { senderAddressLocation }) =>
      anySender(item, senderAddressLocation, ({ address }) => value.some((word) => holdsPhrase(address, word))),
    saw: sawSenders,
  }),
  predicate({
    name: 'FromAddressMatchesPatterns',
    about: 'One of these patterns is found in the address of the sender.',
    example: "['^invoice\\d+@']",
    argument: patterns,
    exchange: { parameters: ['FromAddressMatchesPatterns'], values: (value) => [value.map(({ source }) => source)] },
    isForgeable: byAnybody,
    test: (item, value, { senderAddressLocation }) =>
      anySender(item, senderAddressLocation, ({ address }) => value.some(({ found }) => found(address))),
    saw: sawSenders,
  }),
  predicate({
    name: 'SenderDomainIs',
    about: 'The domain of the sender is one of these, or below one.',
    example: '[contoso.com]',
    argument: domains,
    exchange: { parameters: ['SenderDomainIs'], values: (value) => [value] },
    isForgeable: byAnybody,
    test: (item, value, { senderAddressLocation }) =>
      anySender(item, senderAddressLocation, ({ domain }) => value.some((name) => isSameOrBelow(domain, name))),
    saw: sawSenders,
  }),
  predicate({
    name: 'FromScope',
    about:
      '`InOrganization`: the client has proved who it is, and the author is of an accepted domain; `NotInOrganization`: all other mail, forgeries of an accepted domain among them.',
    example: 'NotInOrganization',
    argument: wordOf('InOrganization', 'NotInOrganization'),
    exchange: { parameters: ['FromScope'], values: (value) => [value] },
    isForgeable: (value) => value === 'NotInOrganization',
    test: (item, value) => (item.client.isAuthenticated && isOwn(item)) === (value === 'InOrganization'),
    saw: (item) =>
      `the author is ${isOwn(item) ? 'of an accepted domain' : 'of another domain'}, the client ${item.client.isAuthenticated ? 'has proved who it is' : 'has not'}`,
  }),
  predicate({
    name: 'SenderIpRanges',
    about: 'The client’s address is one of these: a single address, a range `a-b`, or CIDR.',
    example: '[192.0.2.0/24]',
    argument: ipRanges,
    exchange: { parameters: ['SenderIpRanges'], values: ({ written: ranges }) => [ranges] },
    isForgeable: byNobody,
    test: ({ client }, value) => (client.ip === undefined ? undefined : inRanges(value, client.ip)),
    saw: ({ client }) => (client.ip === undefined ? 'the client is not known' : `the client is ${client.ip}`),
  }),
  predicate({
    name: 'AuthorsOver',
    about: 'From names more than so many domains; Exchange cannot ask that.',
    example: '1',
    argument: number(0, 100),
    isForgeable: byAnybody,
    test: ({ authors }, value) => new Set(authors.map(({ domain }) => domain)).size > value,
    saw: ({ authors }) => `From names ${quoted(authors.map(({ domain }) => domain).join(', ')) || 'nobody'}`,
  }),
];
