import type { EntityMapping, Rule } from '../rule.ts';
import { grouped } from './grouped.ts';

/** How Graph writes an entity of Sentinel: its collection, and its columns by Sentinel's identifiers. */
interface GraphEntity {
  readonly collection: string;
  readonly columns: Readonly<Record<string, string>>;
}

/**
 * What can be said in both.
 *
 * @source https://learn.microsoft.com/graph/api/resources/security-entitymappingconfiguration
 */
const entities: Readonly<Record<string, GraphEntity>> = {
  Account: {
    collection: 'accounts',
    columns: {
      FullName: 'upn',
      AadUserId: 'aadUserId',
      Name: 'name',
      Sid: 'sid',
      UPNSuffix: 'upnSuffix',
      NTDomain: 'ntDomain',
      DnsDomain: 'dnsDomain',
    },
  },
  Host: {
    collection: 'hosts',
    columns: { HostName: 'name', NetBiosName: 'netBiosName', DnsDomain: 'dnsDomain', NTDomain: 'ntDomain' },
  },
  IP: { collection: 'ips', columns: { Address: 'address' } },
  URL: { collection: 'urls', columns: { Url: 'address' } },
  DNS: { collection: 'dns', columns: { DomainName: 'domainName' } },
  File: { collection: 'files', columns: { Name: 'name' } },
  CloudApplication: { collection: 'cloudApplications', columns: { AppId: 'appId', Name: 'name' } },
  Mailbox: { collection: 'mailboxes', columns: { MailboxPrimaryAddress: 'primaryAddress' } },
  MailMessage: {
    collection: 'mailMessages',
    columns: { NetworkMessageId: 'networkMessageId', Recipient: 'recipient', Sender: 'sender', Subject: 'subject' },
  },
};

/** Impacted assets as Graph named them until 2026-10, as what they are now: entity and column. */
const assets: Readonly<Record<string, readonly [collection: string, column: (identifier: string) => string]>> = {
  Mailbox: ['mailboxes', () => 'primaryAddress'],
  Device: ['hosts', (identifier) => (/id$/i.test(identifier) ? 'deviceId' : 'name')],
  User: [
    'accounts',
    (identifier) =>
      /objectid$/i.test(identifier)
        ? 'aadUserId'
        : /sid$/i.test(identifier)
          ? 'sid'
          : /upn$/i.test(identifier)
            ? 'upn'
            : 'name',
  ],
};

/** Whom an alert may be about, by columns of the result that say it. */
const byColumn: readonly (readonly [column: string, collection: string, name: string])[] = [
  ['RecipientEmailAddress', 'mailboxes', 'primaryAddress'],
  ['SenderFromAddress', 'mailboxes', 'primaryAddress'],
  ['AccountUpn', 'accounts', 'upn'],
  ['AccountObjectId', 'accounts', 'aadUserId'],
  ['AccountSid', 'accounts', 'sid'],
  ['DeviceId', 'hosts', 'deviceId'],
];

/** Collections of which an alert needs one. */
const impacted = ['mailboxes', 'accounts', 'hosts'];

/** Columns of one entity, by Graph's name without `Column`. */
type Columns = Readonly<Record<string, string>>;

/** Entities in Graph's words, and what has no word there. */
export interface GraphEntities {
  readonly mappings: Readonly<Record<string, readonly Columns[]>>;
  /** `Mailbox.RiskLevel` */
  readonly left: readonly string[];
}

/**
 * The entities of a rule as `alertTemplate.entityMappings`; where none of them says whom the alert is about, the first
 * column of the result that does is taken.
 *
 * @param columns those of the result
 */
export function graphEntities(rule: Rule, columns: readonly string[]): GraphEntities {
  const found = rule.entityMappings.map((mapping) => inGraphWords(mapping, rule));
  const known = found.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
  const all = known.some(([collection]) => impacted.includes(collection)) ? known : [...known, ...assetIn(columns)];
  const byCollection = grouped(all, ([collection]) => collection);
  const sorted = [...byCollection].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const mappings = sorted.map(([collection, entries]) => [collection, distinct(entries.map(([, fields]) => fields))]);
  return { mappings: Object.fromEntries(mappings), left: found.flatMap(({ left }) => left) };
}

type Entry = readonly [collection: string, columns: Columns];

const assetIn = (columns: readonly string[]): readonly Entry[] =>
  byColumn
    .filter(([column]) => columns.includes(column))
    .slice(0, 1)
    .map(([column, collection, name]) => [collection, { [`${name}Column`]: column }]);

const distinct = (list: readonly Columns[]): readonly Columns[] => [
  ...new Map(list.map((one) => [JSON.stringify(one), one])).values(),
];

function inGraphWords(
  mapping: EntityMapping,
  rule: Rule,
): { readonly entry?: Entry; readonly left: readonly string[] } {
  const { entityType, fieldMappings } = mapping;
  const asset = rule.format === 'defender' && Object.hasOwn(assets, entityType) ? assets[entityType] : undefined;
  const entity = Object.hasOwn(entities, entityType) ? entities[entityType] : undefined;
  const isAsset =
    asset !== undefined && fieldMappings.some(({ identifier, columnName }) => isSame(identifier, columnName));
  const nameOf = (identifier: string): string | undefined => {
    if (isAsset) return asset[1](identifier);
    if (rule.format === 'defender') return identifier;
    return entity !== undefined && Object.hasOwn(entity.columns, identifier) ? entity.columns[identifier] : undefined;
  };
  const collection = isAsset ? asset[0] : entity?.collection;
  if (collection === undefined) return { left: [entityType] };
  const named = fieldMappings.map((field) => ({ ...field, name: nameOf(field.identifier) }));
  const columns = named.flatMap(({ name, columnName }) => (name === undefined ? [] : [[`${name}Column`, columnName]]));
  const left = named.filter(({ name }) => name === undefined).map(({ identifier }) => `${entityType}.${identifier}`);
  return columns.length === 0 ? { left } : { entry: [collection, Object.fromEntries(columns)], left };
}

/** An impacted asset is told by its column, in camel case. */
const isSame = (identifier: string, column: string): boolean => identifier.toLowerCase() === column.toLowerCase();

/** The entities of a rule in Sentinel's words: those of a custom detection have others; what has no word there is left. */
export function sentinelEntities(rule: Rule): {
  readonly mappings: readonly EntityMapping[];
  readonly left: readonly string[];
} {
  if (rule.format !== 'defender') return { mappings: rule.entityMappings, left: [] };
  const { mappings, left } = graphEntities(rule, []);
  const unnamed: string[] = [...left];
  const found = Object.entries(mappings).flatMap(([collection, list]) => {
    const [entityType, entity] = Object.entries(entities).find(([, one]) => one.collection === collection)!;
    return list.flatMap((columns): EntityMapping[] => {
      const fieldMappings = Object.entries(columns).flatMap(([name, columnName]) => {
        const identifier = Object.keys(entity.columns).find((key) => `${entity.columns[key]}Column` === name);
        if (identifier === undefined) unnamed.push(`${entityType}.${name}`);
        return identifier === undefined ? [] : [{ identifier, columnName }];
      });
      return fieldMappings.length === 0 ? [] : [{ entityType, fieldMappings: fieldMappings.slice(0, 3) }];
    });
  });
  return { mappings: found, left: unnamed };
}

/** The entity types by Graph's names for their collections: `mailboxes` is a Mailbox. */
export const entityTypes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(entities).map(([entityType, { collection }]) => [collection, entityType]),
);
