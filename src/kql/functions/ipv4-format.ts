import type { Dynamic, KqlType, Value } from '../../values/index.ts';
import { convertValue } from './convert.ts';
import { formatIpv4Bits, masked, parseIpv4Bits } from './ip-address.ts';
import type { ScalarFunction } from './row.ts';

const MOST = 2n ** 32n;

interface Ipv4 {
  readonly bits: bigint;
  readonly prefix: bigint;
}

/** An address with or without its prefix. */
function parseText(text: string): Ipv4 | undefined {
  const [address = '', prefix = '32', ...more] = text.split('/');
  const bits = parseIpv4Bits(address);
  if (bits === undefined || more.length > 0 || !/^(?:3[0-2]|[12]?[0-9])$/.test(prefix)) return undefined;
  return { bits, prefix: BigInt(prefix) };
}

/** An address as text or as its number. */
function addressOf(value: Value | undefined, type: KqlType | undefined): Ipv4 | undefined {
  if (typeof value === 'bigint') return value >= 0n && value < MOST ? { bits: value, prefix: 32n } : undefined;
  return parseText(convertValue(value ?? null, type ?? 'string', 'string') as string);
}

/** The address with the shorter of its own prefix and the one asked for, or undefined. */
function network([value, asked = 32n]: readonly Value[], types: readonly KqlType[]): Ipv4 | undefined {
  const ip = addressOf(value, types[0]);
  const known = typeof asked === 'bigint' && asked >= 0n && asked <= 32n;
  if (ip === undefined || !known) return undefined;
  const prefix = ip.prefix < asked ? ip.prefix : asked;
  return { bits: masked(ip.bits, prefix, 32n), prefix };
}

const ofNetwork = (name: string, none: Value, compute: (ip: Ipv4) => Value): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: none === null,
  evaluate: (args, { argTypes }) => {
    const ip = network(args, argTypes);
    return ip === undefined ? none : compute(ip);
  },
});

/** The fewest networks that cover the addresses from start to end, in order. */
function networksBetween(start: bigint, end: bigint): Dynamic[] {
  const networks: Dynamic[] = [];
  for (let at = start; at <= end; ) {
    let prefix = 32n;
    for (let size = 2n; prefix > 0n && at % size === 0n && at + size - 1n <= end; size *= 2n) prefix -= 1n;
    networks.push(`${formatIpv4Bits(at)}/${prefix}`);
    at += 1n << (32n - prefix);
  }
  return networks;
}

/** IPv4 addresses as text and numbers, cut to a prefix; and ranges of them as networks. */
export const ipv4FormatFunctions: readonly ScalarFunction[] = [
  ofNetwork('format_ipv4', '', ({ bits }) => formatIpv4Bits(bits)),
  ofNetwork('format_ipv4_mask', '', ({ bits, prefix }) => `${formatIpv4Bits(bits)}/${prefix}`),
  ofNetwork('parse_ipv4_mask', null, ({ bits }) => bits),
  {
    name: 'ipv4_range_to_cidr_list',
    page: 'ipv4-range-to-cidr-list-function',
    nullable: true,
    evaluate: (args, { argTypes }) => {
      const [start, end] = args.map((text, i) => parseIpv4Bits(convertValue(text, argTypes[i]!, 'string') as string));
      return start === undefined || end === undefined ? null : networksBetween(start, end);
    },
  },
];
