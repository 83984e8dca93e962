import { domainOfAddress } from '../../evidence/index.ts';
import { isSameOrBelow } from '../../mail/index.ts';
import type { MailItem } from '../mail-item.ts';
import { holdsPhrase } from '../matching/words.ts';
import { addresses, domains, patterns, wordOf, words } from './arguments.ts';
import { type Argument, byAnybody, type ExchangeForm, type Predicate, predicate } from './predicate.ts';
import { written } from './seen.ts';

/** Undefined where they are not known. */
type Addresses = (item: MailItem) => readonly string[] | undefined;

const ofEnvelope = ({ recipients }: MailItem): readonly string[] => recipients.map((address) => address.toLowerCase());
const ofField =
  (...names: readonly ('to' | 'cc')[]): Addresses =>
  (item) => {
    const fields = names.flatMap((name) => (item[name] === undefined ? [] : [item[name]]));
    return fields.length < names.length ? undefined : fields.flat().map((address) => address.toLowerCase());
  };

/** A row over one of several addresses, one of which is enough. */
function overAddresses<V>(row: {
  readonly name: string;
  readonly about: string;
  readonly example: string;
  readonly argument: Argument<V>;
  readonly values: ExchangeForm<V>['values'];
  readonly of: Addresses;
  readonly holds: (address: string, value: V, item: MailItem) => boolean;
}): Predicate {
  const { name, about, example, argument, values, of, holds } = row;
  return predicate({
    name,
    about,
    example,
    argument,
    exchange: { parameters: [name], values },
    isForgeable: byAnybody,
    test: (item, value) => of(item)?.some((address) => holds(address, value, item)),
    saw: (item) => {
      const found = of(item);
      if (found === undefined) return 'they are not known';
      return found.length === 0 ? 'there are none' : `there is ${written(found)}`;
    },
  });
}

/** Who gets it. A gate asks for one recipient at a time where a policy tells recipients apart. */
export const recipientPredicates: readonly Predicate[] = [
  overAddresses({
    name: 'SentTo',
    about: 'A recipient is one of these addresses.',
    example: '[invoices@contoso.com]',
    argument: addresses,
    values: (value) => [value],
    of: ofEnvelope,
    holds: (address, value) => value.includes(address),
  }),
  overAddresses({
    name: 'SentToScope',
    about: 'A recipient is of an accepted domain (`InOrganization`), or of another.',
    example: 'InOrganization',
    argument: wordOf('InOrganization', 'NotInOrganization'),
    values: (value) => [value],
    of: ofEnvelope,
    holds: (address, value, { acceptedDomains }) =>
      acceptedDomains.some((own) => isSameOrBelow(domainOfAddress(address), own)) === (value === 'InOrganization'),
  }),
  overAddresses({
    name: 'RecipientDomainIs',
    about: 'The domain of a recipient is one of these, or below one.',
    example: '[contoso.com]',
    argument: domains,
    values: (value) => [value],
    of: ofEnvelope,
    holds: (address, value) => value.some((name) => isSameOrBelow(domainOfAddress(address), name)),
  }),
  overAddresses({
    name: 'RecipientAddressContainsWords',
    about: 'The address of a recipient holds one of these words.',
    example: '[invoices]',
    argument: words,
    values: (value) => [value],
    of: ofEnvelope,
    holds: (address, value) => value.some((word) => holdsPhrase(address, word)),
  }),
  overAddresses({
    name: 'RecipientAddressMatchesPatterns',
    about: 'One of these patterns is found in the address of a recipient.',
    example: "['^vip-']",
    argument: patterns,
    values: (value) => [value.map(({ source }) => source)],
    of: ofEnvelope,
    holds: (address, value) => value.some(({ found }) => found(address)),
  }),
  ...(
    [
      ['AnyOfToHeader', 'To', ofField('to')],
      ['AnyOfCcHeader', 'Cc', ofField('cc')],
      ['AnyOfToCcHeader', 'To or Cc', ofField('to', 'cc')],
    ] as const
  ).map(([name, fields, of]) =>
    overAddresses({
      name,
      about: `${fields} names one of these addresses.`,
      example: '[invoices@contoso.com]',
      argument: addresses,
      values: (value) => [value],
      of,
      holds: (address, value) => value.includes(address),
    }),
  ),
];
