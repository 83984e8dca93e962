/** DNS messages as bytes (RFC 1035 section 4), so far as one question and its answer need. */
import type { DnsAnswer, DnsFailure, DnsRecords, RecordType } from './resolver.ts';

const typeCodes: Readonly<Record<RecordType, number>> = { A: 1, PTR: 12, MX: 15, TXT: 16, AAAA: 28 };
const CNAME = 5;
const IN = 1;
const HEADER = 12;
const MOST_ALIASES = 8;

/** What codes of RFC 1035 section 4.1.1 say; any other one is a failure of the server. */
const rcodes: Readonly<Record<number, DnsFailure>> = { 4: 'refused', 5: 'refused' };

/** One question, as both ends know it. The name is a `domainName`. */
export interface WireQuestion {
  readonly id: number;
  readonly name: string;
  readonly type: RecordType;
}

/** The bytes of a question, recursion desired. */
export function encodeQuestion({ id, name, type }: WireQuestion): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1'));
  const head = Buffer.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, typeCodes[type], 0, IN])]);
}

/**
 * What a message says to a question: an answer, `truncated`, or `undefined` where it answers another question or none.
 * Only records that the name owns, itself or through its aliases, are taken.
 */
export function decodeAnswer(message: Buffer, asked: WireQuestion): DnsAnswer<RecordType> | 'truncated' | undefined {
  if (message.length < HEADER || message.readUInt16BE(0) !== asked.id || (message[2]! & 0xf8) !== 0x80)
    return undefined;
  try {
    const [name, at] = readName(message, HEADER);
    const same = name === asked.name && message.readUInt16BE(at) === typeCodes[asked.type];
    if (message.readUInt16BE(4) !== 1 || !same || message.readUInt16BE(at + 2) !== IN) return undefined;
    if (message[2]! & 2) return 'truncated';
    const rcode = message[3]! & 15;
    if (rcode === 3) return { status: 'no-name' };
    if (rcode !== 0) return { status: 'failed', failure: rcodes[rcode] ?? 'servfail' };
    return answerOf(resourcesOf(message, at + 4), asked);
  } catch (error) {
    // Buffer refuses to read past its end.
    if (!(error instanceof RangeError)) throw error;
    return { status: 'failed', failure: 'malformed' };
  }
}

interface Resource {
  readonly owner: string;
  readonly type: number;
  readonly message: Buffer;
  readonly start: number;
  readonly end: number;
}

function resourcesOf(message: Buffer, start: number): Resource[] {
  const resources: Resource[] = [];
  let at = start;
  for (let left = message.readUInt16BE(6); left > 0; left--) {
    const [owner, head] = readName(message, at);
    const data = head + 10;
    const end = data + message.readUInt16BE(head + 8);
    if (end > message.length) throw new RangeError('a record goes on behind the message');
    if (message.readUInt16BE(head + 2) === IN)
      resources.push({ owner, type: message.readUInt16BE(head), message: message.subarray(0, end), start: data, end });
    at = end;
  }
  return resources;
}

function answerOf(resources: readonly Resource[], { name, type }: WireQuestion): DnsAnswer<RecordType> {
  const aliases = new Map(resources.filter(({ type }) => type === CNAME).map((found) => [found.owner, nameIn(found)]));
  let at = name;
  for (let hops = 0; hops <= MOST_ALIASES; hops++) {
    const own = resources.filter((resource) => resource.owner === at && resource.type === typeCodes[type]);
    if (own.length > 0) return { status: 'found', records: own.map((resource) => readers[type](resource)) };
    const target = aliases.get(at);
    if (target === undefined) return { status: 'no-record' };
    at = target;
  }
  return { status: 'failed', failure: 'alias loop' };
}

type Readers = { readonly [T in RecordType]: (resource: Resource) => DnsRecords[T] };

const readers: Readers = {
  A: ({ message, start, end }) => [...sized(message, start, end, 4)].join('.'),
  AAAA: ({ message, start, end }) => {
    const bytes = sized(message, start, end, 16);
    const groups = Array.from({ length: 8 }, (_, n) => bytes.readUInt16BE(2 * n).toString(16));
    // The shortest form (RFC 5952), as c-ares gives it, is what URL makes of an address.
    return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  },
  MX: ({ message, start }) => ({ preference: message.readUInt16BE(start), exchange: readName(message, start + 2)[0] }),
  TXT: ({ message, start, end }) => {
    const strings: string[] = [];
    for (let at = start; at < end; at += 1 + message[at]!) {
      if (at + 1 + message[at]! > end) throw new RangeError('a string goes on behind its record');
      strings.push(message.toString('latin1', at + 1, at + 1 + message[at]!));
    }
    return strings.join('');
  },
  PTR: (resource) => nameIn(resource),
};

const nameIn = ({ message, start }: Resource): string => readName(message, start)[0];

function sized(message: Buffer, start: number, end: number, size: number): Buffer {
  if (end - start !== size) throw new RangeError('an address of another size');
  return message.subarray(start, end);
}

/** A name in lower case and where it ends. Pointers may only lead back, so that the way ends (RFC 1035 section 4.1.4). */
function readName(message: Buffer, start: number): [name: string, end: number] {
  const labels: string[] = [];
  let [at, end, floor, length] = [start, -1, start, 0];
  for (;;) {
    const size = message.readUInt8(at);
    if (size === 0) return [labels.join('.').toLowerCase(), end < 0 ? at + 1 : end];
    if (size >= 0xc0) {
      if (end < 0) end = at + 2;
      at = message.readUInt16BE(at) & 0x3fff;
      if (at >= floor) throw new RangeError('a name that points forward');
      floor = at;
      continue;
    }
    length += size + 1;
    if (size > 63 || length > 254 || at + 1 + size > message.length) throw new RangeError('a name that is too long');
    // A dot inside a label must not look like one between labels.
    labels.push(message.toString('latin1', at + 1, at + 1 + size).replaceAll('.', '\\.'));
    at += 1 + size;
  }
}
