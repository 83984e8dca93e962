/** One raw message: what it claims and what it can prove. */
export type { DnsAnswer, DnsFailure, DnsRecords, RecordType, Resolver } from './dns/resolver.ts';
export { fieldNamed, fieldsNamed, type HeaderField, type RawMessage, readMessage } from './message/raw-message.ts';
