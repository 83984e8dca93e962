import { MilterFault } from './fault.ts';
import type { Packet } from './packet.ts';
import { type CommandLetter, type CommandName, commandLetters } from './protocol.ts';

/** What the MTA says, read. Texts are the client's: hostile. */
export type Command =
  | { readonly name: 'negotiate'; readonly version: number; readonly actions: number; readonly steps: number }
  | Connect
  | { readonly name: 'macros'; readonly of: string; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly name: 'helo'; readonly host: string }
  /** The address as the client wrote it, without brackets. */
  | { readonly name: 'mail' | 'recipient'; readonly address: string }
  /** As it stands in the message but for the colon: the value begins behind it, folds are LF. */
  | { readonly name: 'header'; readonly field: Buffer; readonly value: Buffer }
  | { readonly name: 'body' | 'end of body'; readonly bytes: Buffer }
  | { readonly name: Plain };

/** The client of the MTA. */
export interface Connect {
  readonly name: 'connect';
  /** By reverse DNS, or the address in brackets. */
  readonly host: string;
  readonly family: Family;
  /** Empty where the family is unknown. */
  readonly address: string;
}

type Plain = 'abort' | 'data' | 'end of header' | 'quit' | 'quit, new connection' | 'unknown';

/** `SMFIA_…` */
const families = { '4': 'ipv4', '6': 'ipv6', L: 'unix', U: 'unknown' } as const;
export type Family = (typeof families)[keyof typeof families];

const NEGOTIATION_BYTES = 12;

/** How the data of each command is read. */
const readers: { readonly [name in CommandName]: (data: Buffer) => Command } = {
  abort: plain('abort'),
  body: (bytes) => ({ name: 'body', bytes }),
  connect: readConnect,
  data: plain('data'),
  'end of body': (bytes) => ({ name: 'end of body', bytes }),
  'end of header': plain('end of header'),
  header: readHeader,
  helo: (data) => ({ name: 'helo', host: onlyText(data, 'helo') }),
  macros: readMacros,
  mail: (data) => readPath('mail', data),
  negotiate: readNegotiation,
  quit: plain('quit'),
  'quit, new connection': plain('quit, new connection'),
  recipient: (data) => readPath('recipient', data),
  unknown: plain('unknown'),
};

/**
 * Reads a packet of the MTA.
 *
 * @throws MilterFault for a letter that is no command, and for data that is not the command's
 * @example readCommand({ letter: 'H', data: Buffer.from('mx.example.org\0') }) // { name: 'helo', host: 'mx.example.org' }
 */
export function readCommand({ letter, data }: Packet): Command {
  if (!Object.hasOwn(commandLetters, letter)) {
    throw new MilterFault(`0x${Buffer.from(letter, 'latin1').toString('hex')} is no command`);
  }
  return readers[commandLetters[letter as CommandLetter]](data);
}

function plain(name: Plain): () => Command {
  return () => ({ name });
}

function readNegotiation(data: Buffer): Command {
  if (data.length < NEGOTIATION_BYTES) throw new MilterFault('negotiate is too short');
  const [version, actions, steps] = [0, 4, 8].map((at) => data.readUInt32BE(at)) as [number, number, number];
  return { name: 'negotiate', version, actions, steps };
}

/** Host, family, and but for an unknown family two bytes of port and the address. */
function readConnect(data: Buffer): Connect {
  const end = data.indexOf(0);
  const letter = String.fromCharCode(data[end + 1] ?? 0);
  if (end < 0 || !Object.hasOwn(families, letter)) throw new MilterFault('connect without a family of addresses');
  const family = families[letter as keyof typeof families];
  const host = data.toString('utf8', 0, end);
  const address = family === 'unknown' ? '' : onlyText(data.subarray(end + 4), 'connect');
  return { name: 'connect', host, family, address };
}

function readMacros(data: Buffer): Command {
  const of = data.toString('latin1', 0, 1);
  const texts = textsOf(data.subarray(1), 'macros');
  if (of === '' || texts.length % 2 !== 0) throw new MilterFault('macros that are no pairs');
  const pairs = Array.from({ length: texts.length / 2 }, (_, i) => [texts[2 * i]!, texts[2 * i + 1]!] as const);
  return { name: 'macros', of, pairs };
}

function readPath(name: 'mail' | 'recipient', data: Buffer): Command {
  // What stands behind it are parameters (SIZE, BODY, NOTIFY): the MTA's affair.
  const [written] = textsOf(data, name);
  if (written === undefined) throw new MilterFault(`${name} without an address`);
  return { name, address: bareAddress(written) };
}

/** Without angle brackets and the source route of RFC 5321 appendix F.2; the null sender is empty. */
function bareAddress(written: string): string {
  const text = written.trim();
  const end = text.lastIndexOf('>');
  const path = text.startsWith('<') && end > 0 ? text.slice(1, end) : text;
  const route = path.startsWith('@') ? path.indexOf(':') : -1;
  return path.slice(route + 1);
}

function readHeader(data: Buffer): Command {
  const end = data.indexOf(0);
  const last = data.length - 1;
  if (end < 1 || last <= end || data.indexOf(0, end + 1) !== last)
    throw new MilterFault('header without name and value');
  return { name: 'header', field: data.subarray(0, end), value: data.subarray(end + 1, last) };
}

function onlyText(data: Buffer, what: CommandName): string {
  const texts = textsOf(data, what);
  if (texts.length !== 1) throw new MilterFault(`${what} with ${texts.length} texts instead of one`);
  return texts[0]!;
}

/** Texts that each end in NUL. */
function textsOf(data: Buffer, what: CommandName): string[] {
  if (data.length === 0) return [];
  if (data[data.length - 1] !== 0) throw new MilterFault(`${what} breaks off within a text`);
  return data.toString('utf8', 0, data.length - 1).split('\0');
}
