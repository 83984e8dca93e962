import { domainName, ROOT } from './domain-name.ts';
import type { DnsRecords, RecordType } from './resolver.ts';

/**
 * The records with each one once, in their order: a set holds no record twice (RFC 2181 section 5). Left out are those
 * that name what nobody can ask for: labels of arbitrary bytes, which their owner may choose to confuse a reader.
 *
 * @example recordSet(['192.0.2.1', '192.0.2.1'], 'A') // ['192.0.2.1']
 */
export const recordSet = <T extends RecordType>(records: readonly DnsRecords[T][], type: T): DnsRecords[T][] => [
  ...new Map(
    records.filter((record) => isUsable(nameIn(record, type))).map((record) => [recordKey(record), record]),
  ).values(),
];

const nameIn = (record: DnsRecords[RecordType], type: RecordType): string =>
  typeof record !== 'string' ? record.exchange : type === 'PTR' ? record : '';

/** The root, as in a null MX (RFC 7505), is an empty name here. */
const isUsable = (name: string): boolean => name === '' || (name !== ROOT && domainName(name) === name);

/** A text that two records of one type share where they are the same. */
export const recordKey = (record: DnsRecords[RecordType]): string =>
  typeof record === 'string' ? record : `${record.preference} ${record.exchange}`;

/** The characters of data in records: what they weigh. */
export const charactersOf = (records: readonly DnsRecords[RecordType][]): number =>
  records.reduce((sum, record) => sum + recordKey(record).length, 0);
