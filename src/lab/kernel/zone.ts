import {
  type DnsFailure,
  type DnsRecords,
  nodeOf,
  type RecordType,
  type Resolver,
  type Zone,
  zoneResolver,
} from '../../mail/index.ts';

/** One record of a made-up internet. Names are lower case without the last dot. */
export type ZoneRecord = {
  readonly [T in RecordType]: { readonly name: string; readonly type: T; readonly value: DnsRecords[T] };
}[RecordType];

/** A look-up that gets no answer. */
export interface FailingLookup {
  readonly name: string;
  /** Left out: every type. */
  readonly type?: RecordType;
  readonly failure: DnsFailure;
}

/** What DNS holds, and where it fails. */
export interface DnsContent {
  readonly records: readonly ZoneRecord[];
  readonly failing: readonly FailingLookup[];
}

/**
 * DNS with this content and no other: it answers at once and never asks a server.
 *
 * @example await resolverOver({ records: [], failing: [] }).query('bank.example', 'MX') // { status: 'no-name' }
 */
export function resolverOver({ records, failing }: DnsContent): Resolver {
  const zone: Zone = { nodes: new Map(), answers: new Map() };
  for (const { name, type, value } of records) {
    const own: { [T in RecordType]?: unknown[] } = nodeOf(zone, name).records;
    own[type] = [...(own[type] ?? []), value];
  }
  for (const { name, type = 'ANY', failure } of failing)
    zone.answers.set(`${type} ${name}`, { status: 'failed', failure });
  return zoneResolver(zone);
}
