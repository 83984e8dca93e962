import type { Answer } from 'dns-packet';
import type { RecordType, Resolver } from '../../src/mail/index.ts';
import { type NameServer, nameServer, RCODE, type Reply } from '../mail/dns/name-server.ts';

/** How a record stands in a DNS packet. */
const written: { readonly [T in RecordType]: (value: never) => unknown } = {
  A: (value) => value,
  AAAA: (value) => value,
  PTR: (value) => value,
  MX: (value) => value,
  // A text of more than 255 bytes is several strings (RFC 1035 section 3.3.14).
  TXT: (value: string) => value.match(/[\s\S]{1,255}/g)?.map((part) => Buffer.from(part, 'latin1')) ?? [''],
};

/** A name server on loopback, in the real protocol, that says what a zone says; where that fails, it fails or is silent. */
export const labDns = (zone: () => Resolver, port = 0): Promise<NameServer> =>
  nameServer(async ({ name, type }): Promise<Reply | undefined> => {
    if (!(type in written)) return {};
    const answer = await zone().query(name, type as RecordType);
    if (answer.status === 'failed') return answer.failure === 'timeout' ? undefined : { rcode: RCODE.SERVFAIL };
    if (answer.status === 'no-name') return { rcode: RCODE.NXDOMAIN };
    if (answer.status === 'no-record') return {};
    const answers = answer.records.map(
      (value) => ({ name, type, ttl: 60, data: written[type as RecordType](value as never) }) as unknown as Answer,
    );
    return { answers };
  }, port);
