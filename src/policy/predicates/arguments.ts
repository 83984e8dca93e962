import { BlockList, isIP } from 'node:net';
import { listOf, oneOf, type Reader, type Spot, shape, text, wholeNumber, wrong } from '../../yaml/index.ts';
import { type Pattern, patternOf } from '../matching/patterns.ts';
import { type Phrase, phraseOf } from '../matching/words.ts';
import type { Argument } from './predicate.ts';

/** Values of one condition that are read. */
export const MOST_VALUES = 1000;
const LONGEST = 1024;

const many = (items: object): object => ({
  oneOf: [items, { type: 'array', items, minItems: 1, maxItems: MOST_VALUES }],
});

const some =
  <T>(member: Reader<T>): Reader<readonly T[]> =>
  (spot) => {
    const found = listOf(member, MOST_VALUES)(spot);
    return found.length === 0 ? wrong(spot, 'needs at least one value') : found;
  };

const bounded: Reader<string> = (spot) => {
  const value = text(spot);
  if (value.trim() === '') wrong(spot, 'is empty');
  return value.length > LONGEST ? wrong(spot, `is longer than ${LONGEST} characters`) : value;
};

/** Words and phrases, one of which is enough. */
export const words: Argument<readonly Phrase[]> = {
  read: some((spot) => phraseOf(bounded(spot))),
  schema: many({ type: 'string', maxLength: LONGEST }),
};

/** Regular expressions, one of which is enough. */
export const patterns: Argument<readonly Pattern[]> = {
  read: some((spot) => patternOf(bounded(spot), (why) => wrong(spot, why))),
  schema: many({ type: 'string', format: 'regex', maxLength: LONGEST }),
};

const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A domain as Exchange takes it: with an `@` or `*.` before it as people write it, and without regard to case. */
const domain: Reader<string> = (spot) => {
  const name = bounded(spot)
    .toLowerCase()
    .replace(/^(?:@|\*\.)/, '');
  return DOMAIN.test(name) ? name : wrong(spot, `${JSON.stringify(name.slice(0, 80))} is no domain name in A-labels`);
};

/** Domains; a message of one of them, or below it, is meant. */
export const domains: Argument<readonly string[]> = { read: some(domain), schema: many({ type: 'string' }) };

const address: Reader<string> = (spot) => {
  const value = bounded(spot).toLowerCase();
  return /^\S+@\S+$/.test(value) ? value : wrong(spot, `${JSON.stringify(value.slice(0, 80))} is no address`);
};

export const addresses: Argument<readonly string[]> = {
  read: some(address),
  schema: many({ type: 'string', format: 'email' }),
};

/** One or several of a few words, one of which is enough. */
export const wordsOf = <const T extends string>(...known: readonly T[]): Argument<readonly T[]> => ({
  read: some(oneOf(known)),
  schema: many({ enum: known }),
});

/** One of a few words. */
export const wordOf = <const T extends string>(...known: readonly T[]): Argument<T> => ({
  read: oneOf(known),
  schema: { enum: known },
});

/** Microsoft's reason codes: three digits, with or without quotation marks. */
export const reasonCodes: Argument<readonly string[]> = {
  read: some((spot) => {
    const code = text(spot);
    return /^\d{3}$/.test(code) ? code : wrong(spot, `${JSON.stringify(code.slice(0, 20))} is no code of three digits`);
  }),
  schema: many({ type: ['string', 'integer'], pattern: '^[0-9]{3}$' }),
};

export const number = (low: number, high: number): Argument<number> => ({
  read: wholeNumber(low, high),
  schema: { type: 'integer', minimum: low, maximum: high },
});

/** Addresses of clients as they were written, and what they contain. */
export interface IpRanges {
  readonly written: readonly string[];
  readonly list: BlockList;
}

/** Single addresses, ranges `a-b`, or CIDR, as SenderIpRanges takes them. */
export const ipRanges: Argument<IpRanges> = {
  read: (spot) => {
    const list = new BlockList();
    const written = some((one: Spot) => {
      const range = text(one).trim();
      if (!added(list, range)) wrong(one, `${JSON.stringify(range.slice(0, 80))} is no address, range a-b or CIDR`);
      return range;
    })(spot);
    return { written, list };
  },
  schema: many({ type: 'string' }),
};

const familyOf = (ip: string): 'ipv4' | 'ipv6' | undefined => (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(ip)];

function added(list: BlockList, range: string): boolean {
  const [first = '', rest, ...more] = range.split(/[-/]/).map((part) => part.trim());
  const family = familyOf(first);
  if (family === undefined || more.length > 0) return false;
  if (rest === undefined) list.addAddress(first, family);
  else if (range.includes('/')) {
    const bits = /^\d{1,3}$/.test(rest) ? Number(rest) : Number.NaN;
    if (!(bits <= (family === 'ipv4' ? 32 : 128))) return false;
    list.addSubnet(first, bits, family);
  } else {
    if (familyOf(rest) !== family) return false;
    try {
      list.addRange(first, rest, family);
    } catch {
      // Its end lies before its beginning.
      return false;
    }
  }
  return true;
}

export const inRanges = ({ list }: IpRanges, ip: string): boolean => {
  const family = familyOf(ip);
  return family !== undefined && list.check(ip, family);
};

/** The pair that Exchange splits into two parameters: a header field, and what its value holds. */
export interface InHeader<T> {
  readonly header: string;
  readonly values: readonly T[];
}

const headerName: Reader<string> = (spot) => {
  const name = text(spot);
  return /^[!-9;-~]{1,70}$/.test(name)
    ? name
    : wrong(spot, `${JSON.stringify(name.slice(0, 80))} is no name of a header field`);
};

const headerPair = <T>(member: string, values: Argument<readonly T[]>): Argument<InHeader<T>> => ({
  read: (spot) => {
    const found = shape({ MessageHeader: headerName, [member]: values.read })(spot) as Readonly<
      Record<string, unknown>
    >;
    for (const name of ['MessageHeader', member]) if (found[name] === undefined) wrong(spot, `needs ${name}`);
    return { header: found.MessageHeader as string, values: found[member] as readonly T[] };
  },
  schema: {
    type: 'object',
    properties: { MessageHeader: { type: 'string' }, [member]: values.schema },
    required: ['MessageHeader', member],
    additionalProperties: false,
  },
});

export const headerWords: Argument<InHeader<Phrase>> = headerPair('Words', words);
export const headerPatterns: Argument<InHeader<Pattern>> = headerPair('Patterns', patterns);
