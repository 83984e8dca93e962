import type { KqlType, Value } from '../../values/index.ts';
import { convertValue } from './convert.ts';
import { formatIp, type IpAddress, masked, parseIp } from './ip-address.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { EvaluateCall, ScalarFunction } from './row.ts';

const pageOf = (name: string): string => `${name.replaceAll('_', '-')}-function`;
const addressOf = (value: Value | undefined, type: KqlType | undefined): IpAddress | undefined =>
  parseIp(convertValue(value ?? null, type ?? 'string', 'string') as string);
const top = ({ bits }: IpAddress, count: bigint): bigint => bits >> (128n - count);
const least = (counts: bigint[]): bigint => counts.sort((a, b) => Number(a - b))[0]!;
const orderOf = (a: IpAddress, b: IpAddress, count: bigint): bigint => {
  const [left, right] = [top(a, count), top(b, count)];
  return left === right ? 0n : left < right ? -1n : 1n;
};

/** A number of bits from 0 to 128; null is none. */
const isCount = (value: Value | undefined): value is bigint =>
  typeof value === 'bigint' && value >= 0n && value <= 128n;

/** How two addresses stand to each other in the bits that both prefixes and the last argument leave; null where one is none. */
function compare(
  name: string,
  [first, second, mask = 128n]: readonly Value[],
  { argTypes }: EvaluateCall,
): bigint | null {
  const [a, b] = [addressOf(first, argTypes[0]), addressOf(second, argTypes[1])];
  if (a === undefined || b === undefined || !isCount(mask)) return null;
  const order = orderOf(a, b, least([a.prefix, b.prefix, mask]));
  // The examples count such bits from the start of the IPv4 address, those of parse_ipv6_mask from that of IPv6.
  const asV4 = a.isV4 && b.isV4 && mask <= 32n ? orderOf(a, b, least([a.prefix, b.prefix, mask + 96n])) : order;
  if (order !== asV4)
    return refuseToEvaluate(
      name,
      `a prefix of ${mask} over two IPv4 addresses may mean two things; use ipv4_compare()`,
    );
  return order;
}

const parsed = (name: string): ScalarFunction => ({
  name,
  page: pageOf(name),
  nullable: false,
  evaluate: ([text, mask = 128n], { argTypes }) => {
    const ip = addressOf(text, argTypes[0]);
    if (ip === undefined || !isCount(mask)) return '';
    return formatIp(masked(ip.bits, least([ip.prefix, mask]), 128n));
  },
});

/** Whether an address lies in a network; undefined where the network is none. */
const liesIn = (ip: IpAddress, range: IpAddress | undefined): boolean | undefined =>
  range === undefined ? undefined : top(ip, range.prefix) === top(range, range.prefix);

/** True where one holds; null where none does and one is no network. */
function inAny(ip: IpAddress | undefined, ranges: readonly (IpAddress | undefined)[]): boolean | null {
  if (ip === undefined) return null;
  const found = ranges.map((range) => liesIn(ip, range));
  if (found.includes(true)) return true;
  return found.includes(undefined) ? null : false;
}

const inRanges = (name: string): ScalarFunction => ({
  name,
  page: pageOf(name),
  nullable: true,
  evaluate: ([text, ...ranges], { argTypes }) => {
    const all = ranges.flatMap((range, i) =>
      Array.isArray(range) ? range.map((item) => addressOf(item, 'dynamic')) : [addressOf(range, argTypes[i + 1])],
    );
    return inAny(addressOf(text, argTypes[0]), all);
  },
});

/** Functions of IPv6 addresses, to which those of IPv4 belong as ::ffff:0:0/96. */
export const ipv6Functions: readonly ScalarFunction[] = [
  parsed('parse_ipv6'),
  parsed('parse_ipv6_mask'),
  {
    name: 'ipv6_compare',
    page: pageOf('ipv6_compare'),
    nullable: true,
    evaluate: (args, call) => compare('ipv6_compare', args, call),
  },
  {
    name: 'ipv6_is_match',
    page: pageOf('ipv6_is_match'),
    nullable: true,
    evaluate: (args, call) => {
      const order = compare('ipv6_is_match', args, call);
      return order === null ? null : order === 0n;
    },
  },
  inRanges('ipv6_is_in_range'),
  inRanges('ipv6_is_in_any_range'),
];
