/**
 * Zone files: the master file format of RFC 1035 section 5, so far as mail authentication asks for it, and comments of
 * ours for what it cannot say. A name server skips those:
 *
 *     ; mailhunt: _dmarc.example.com. TXT failed timeout
 *     ; mailhunt: gone.example.com. ANY no-name
 *     ; mailhunt: example.com. MX no-record
 */
import { isIPv4, isIPv6 } from 'node:net';
import { domainName, ROOT } from './domain-name.ts';
import { recordKey } from './record-set.ts';
import type { DnsAnswer, DnsFailure, DnsRecords, RecordType } from './resolver.ts';
import { nodeOf, type Zone, type ZoneNode } from './zone.ts';
import { broken, type ZoneEntry, type ZoneToken, zoneEntries } from './zone-tokens.ts';

const LARGEST_FILE = 1 << 26;
const MOST_ENTRIES = 1_000_000;
/** With those that are only above others. */
const MOST_NAMES = 2_000_000;
const LONGEST_STRING = 255;
const LONGEST_TXT = 65_535;

/** Where reading stands. */
interface Reading {
  readonly zone: Zone;
  readonly file: string;
  /** Each record read, once (RFC 2181 section 5). */
  readonly seen: Set<string>;
  line: number;
  origin: string;
  owner: string | undefined;
}

/**
 * Reads a zone file. Until the first `$ORIGIN`, names without a last dot are below the root. TTLs are read and not kept.
 * Types other than A, AAAA, MX, TXT, PTR and CNAME only make their owner exist.
 *
 * @param file its name, for errors
 * @throws MailhuntError MAIL0002 with file, line and what is wrong there
 * @example parseZone('$ORIGIN example.com.\n@ TXT "v=spf1 " "-all"\n  MX 10 mx\nmx A 192.0.2.1', 'example.zone')
 */
export function parseZone(text: string, file: string): Zone {
  if (text.length > LARGEST_FILE) broken(file, 1, `the file is larger than ${LARGEST_FILE >> 20} MB`);
  const zone: Zone = { nodes: new Map(), answers: new Map() };
  nodeOf(zone, ROOT);
  const reading: Reading = { zone, file, seen: new Set(), line: 0, origin: ROOT, owner: undefined };
  let entries = 0;
  for (const entry of zoneEntries(text, file)) {
    reading.line = entry.line;
    if (++entries > MOST_ENTRIES) fail(reading, `more than ${MOST_ENTRIES} entries`);
    const first = entry.tokens[0]!;
    if (entry.ours) readOurs(reading, entry.tokens);
    else if (!entry.indented && !first.quoted && first.text.startsWith('$')) readDirective(reading, entry.tokens);
    else readRecord(reading, entry);
    if (zone.nodes.size > MOST_NAMES) fail(reading, `more than ${MOST_NAMES} names`);
  }
  return zone;
}

function fail({ file, line }: Reading, what: string): never {
  broken(file, line, what);
}

/** A word of the file in an error: short, and nothing in it that a terminal would act upon. */
const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

function readDirective(reading: Reading, [directive, value, ...rest]: readonly ZoneToken[]): void {
  const name = directive!.text.toUpperCase();
  if (name !== '$ORIGIN' && name !== '$TTL') fail(reading, `${shown(directive!.text)} is not supported`);
  if (!value || rest.length > 0) fail(reading, `${name} takes one value`);
  if (name === '$ORIGIN') reading.origin = nameOf(reading, value);
  else if (!isTtl(value)) fail(reading, `${shown(value.text)} is no TTL`);
}

/** Seconds, or BIND's `1h30m`. */
const isTtl = ({ text, quoted }: ZoneToken): boolean =>
  !quoted && /^(?:\d{1,10}|(?:\d{1,10}[smhdw]){1,5})$/i.test(text);

const isClass = ({ text, quoted }: ZoneToken): boolean => !quoted && /^(?:IN|CH|HS|CS)$/i.test(text);

function readRecord(reading: Reading, { tokens, indented }: ZoneEntry): void {
  if (!indented) reading.owner = nameOf(reading, tokens[0]!);
  const { owner } = reading;
  if (owner === undefined) fail(reading, 'the first record has no owner name');
  let at = indented ? 0 : 1;
  for (const seen = new Set<string>(); at < tokens.length; at++) {
    const kind = isClass(tokens[at]!) ? 'class' : isTtl(tokens[at]!) ? 'TTL' : undefined;
    if (!kind || seen.has(kind)) break;
    if (kind === 'class' && tokens[at]!.text.toUpperCase() !== 'IN') fail(reading, 'only the class IN is supported');
    seen.add(kind);
  }
  const type = tokens[at];
  if (!type) fail(reading, 'a record without a type');
  addRecord(reading, owner, type, tokens.slice(at + 1));
}

function addRecord(reading: Reading, owner: string, type: ZoneToken, data: readonly ZoneToken[]): void {
  const name = type.quoted ? '' : type.text.toUpperCase();
  const node = nodeOf(reading.zone, owner);
  if (name === 'CNAME') {
    if (node.alias !== undefined || Object.keys(node.records).length > 0) fail(reading, cnameAlone(owner));
    node.alias = oneName(reading, data);
  } else if (isRecordType(name)) {
    if (node.alias !== undefined) fail(reading, cnameAlone(owner));
    addTo(reading, owner, node, name, readers[name](reading, data));
  } else if (!(ignored.has(name) || /^TYPE\d{1,5}$/.test(name))) {
    fail(reading, `${shown(type.text)} is no record type known here`);
  }
}

const cnameAlone = (owner: string): string => `${shown(owner)} has a CNAME, so it can have no other data`;

/** Types that say nothing about mail authentication. */
const ignored = new Set(
  (
    'SOA NS SRV CAA SPF HINFO RP LOC NAPTR DNAME SSHFP TLSA SMIMEA OPENPGPKEY SVCB HTTPS URI CERT ' +
    'DS DNSKEY RRSIG NSEC NSEC3 NSEC3PARAM CDS CDNSKEY ZONEMD AFSDB KX APL DHCID HIP EUI48 EUI64 CSYNC'
  ).split(' '),
);

const isRecordType = (name: string): name is RecordType => Object.hasOwn(readers, name);

function addTo<T extends RecordType>(
  { seen }: Reading,
  owner: string,
  node: ZoneNode,
  type: T,
  record: DnsRecords[T],
): void {
  const key = `${owner} ${type} ${recordKey(record)}`;
  if (seen.has(key)) return;
  seen.add(key);
  const records = node.records[type] as DnsRecords[T][] | undefined;
  if (records) records.push(record);
  else Object.assign(node.records, { [type]: [record] });
}

type Readers = { readonly [T in RecordType]: (reading: Reading, data: readonly ZoneToken[]) => DnsRecords[T] };

const readers: Readers = {
  A: (reading, data) => address(reading, data, isIPv4),
  AAAA: (reading, data) => address(reading, data, isIPv6),
  MX: (reading, [preference, ...exchange]) => {
    if (!preference || !/^\d{1,5}$/.test(preference.text) || Number(preference.text) > 65_535)
      return fail(reading, 'MX takes a preference of 0 to 65535 and a name');
    const name = oneName(reading, exchange);
    return { preference: Number(preference.text), exchange: name === ROOT ? '' : name };
  },
  TXT: (reading, strings) => {
    if (strings.length === 0) fail(reading, 'TXT takes one string or more');
    const tooLong = strings.find(({ bytes }) => bytes.length > LONGEST_STRING);
    if (tooLong) fail(reading, `a string of ${tooLong.bytes.length} bytes; TXT strings end at ${LONGEST_STRING}`);
    const joined = strings.map(({ bytes }) => bytes).join('');
    return joined.length + strings.length <= LONGEST_TXT ? joined : fail(reading, 'TXT data is larger than 64 KB');
  },
  PTR: (reading, data) => {
    const name = oneName(reading, data);
    return name === ROOT ? '' : name;
  },
};

function address(reading: Reading, data: readonly ZoneToken[], isAddress: (text: string) => boolean): string {
  const text = data[0]?.text ?? '';
  return data.length === 1 && isAddress(text) && !text.includes('%')
    ? text.toLowerCase()
    : fail(reading, `${shown(text)} is no address`);
}

const oneName = (reading: Reading, data: readonly ZoneToken[]): string =>
  data.length === 1 ? nameOf(reading, data[0]!) : fail(reading, 'one name is wanted here');

/** A name, made absolute with the origin where it does not end in a dot. */
function nameOf(reading: Reading, { text, bytes, quoted, escapedDot }: ZoneToken): string {
  if (text === '@' && !quoted) return reading.origin;
  if (escapedDot) fail(reading, `${shown(text)}: a dot inside a label is not supported`);
  const below = bytes.endsWith('.') || reading.origin === ROOT ? '' : `.${reading.origin}`;
  return domainName(`${bytes}${below}`) ?? fail(reading, `${shown(text)} is no domain name`);
}

const failures: readonly DnsFailure[] = [
  'timeout',
  'servfail',
  'refused',
  'unreachable',
  'malformed',
  'too large',
  'alias loop',
];

/** `NAME TYPE no-name`, `NAME TYPE no-record` or `NAME TYPE failed WHY`; the type ANY is every type. */
function readOurs(reading: Reading, [name, type, status, ...why]: readonly ZoneToken[]): void {
  const asked = type?.text.toUpperCase() ?? '';
  if (!name || !(asked === 'ANY' || isRecordType(asked)))
    fail(reading, '“mailhunt:” takes a name, then A, AAAA, MX, TXT, PTR or ANY');
  const answer = statusOf(status?.text, why.map(({ text }) => text).join(' '));
  if (!answer) fail(reading, `then no-name, no-record, or failed with one of: ${failures.join(', ')}`);
  const owner = nameOf(reading, name);
  reading.zone.answers.set(`${asked} ${owner}`, answer);
  if (answer.status === 'no-record') nodeOf(reading.zone, owner);
}

function statusOf(status: string | undefined, why: string): DnsAnswer<never> | undefined {
  if (status === 'no-name' || status === 'no-record') return why === '' ? { status } : undefined;
  const failure = failures.find((known) => known === why);
  return status === 'failed' && failure ? { status, failure } : undefined;
}
