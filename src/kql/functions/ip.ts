import type { Value } from '../../values/index.ts';
import { hostCallSql } from './host-call.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const ADDRESS = `(?:${OCTET}\\.){3}${OCTET}(?:/(?:3[0-2]|[12]?[0-9]))?`;
const address = new RegExp(`^${ADDRESS}$`);

/** An address with its prefix, `10.1.2.3/24`; 32 bits where none is written. */
interface Ipv4 {
  readonly number: bigint;
  readonly prefix: bigint;
}

function parseIpv4(text: Value): Ipv4 | undefined {
  if (typeof text !== 'string' || !address.test(text)) return undefined;
  const [host = '', prefix = '32'] = text.split('/');
  return { number: host.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n), prefix: BigInt(prefix) };
}

const top = (number: bigint, bits: bigint): bigint => number >> (32n - bits);

/** SQL pieces of an address; they may only be evaluated where `valid` holds. */
interface Ipv4Sql {
  readonly valid: string;
  readonly number: string;
  readonly prefix: string;
}

function ipv4Sql({ sql, constant }: SqlArg): Ipv4Sql {
  const known = parseIpv4(constant ?? null);
  if (known !== undefined)
    return { valid: 'true', number: `${known.number}::BIGINT`, prefix: `${known.prefix}::BIGINT` };
  const octet = (n: number): string => `CAST(split_part(split_part(${sql}, '/', 1), '.', ${n}) AS BIGINT)`;
  return {
    valid: `regexp_full_match(${sql}, '${ADDRESS}')`,
    number: `(((${octet(1)} * 256 + ${octet(2)}) * 256 + ${octet(3)}) * 256 + ${octet(4)})`,
    prefix: `CASE WHEN contains(${sql}, '/') THEN CAST(split_part(${sql}, '/', 2) AS BIGINT) ELSE 32 END`,
  };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The networks of RFC 1918, as the top bits of their addresses. */
const privateNetworks: readonly (readonly [number: bigint, bits: bigint])[] = [
  [0x0an, 8n],
  [0xac1n, 12n],
  [0xc0a8n, 16n],
];

const one = (
  name: string,
  sql: (ip: Ipv4Sql) => string,
  evaluate: (ip: Ipv4) => Value,
  page = `${name.replaceAll('_', '-')}-function`,
): ScalarFunction => ({
  name,
  page,
  nullable: true,
  sql: ({ args }) => {
    const ip = ipv4Sql(args[0] as SqlArg);
    return `CASE WHEN ${ip.valid} THEN ${sql(ip)} END`;
  },
  evaluate: ([text = null]) => {
    const ip = parseIpv4(text);
    return ip === undefined ? null : evaluate(ip);
  },
});

/** Two addresses compared in as many top bits as the shortest of all prefixes says. */
const two = (
  name: string,
  sql: (a: string, b: string) => string,
  evaluate: (a: bigint, b: bigint) => Value,
  prefixes: 'both' | 'second',
): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: ({ args }) => {
    const [first, second, mask] = args as [SqlArg, SqlArg, SqlArg?];
    const [a, b] = [ipv4Sql(first), ipv4Sql(second)];
    const bits = [...(prefixes === 'both' ? [a.prefix] : []), b.prefix, ...(mask === undefined ? [] : [mask.sql])];
    const shift = `(32 - least(${bits.join(', ')}))`;
    const inMask = mask === undefined ? '' : ` AND ${mask.sql} BETWEEN 0 AND 32`;
    return `CASE WHEN ${a.valid} AND ${b.valid}${inMask} THEN ${sql(`(${a.number} >> ${shift})`, `(${b.number} >> ${shift})`)} END`;
  },
  evaluate: ([first = null, second = null, mask = 32n]) => {
    const [a, b] = [parseIpv4(first), parseIpv4(second)];
    if (a === undefined || b === undefined || typeof mask !== 'bigint' || mask < 0n || mask > 32n) return null;
    const bits = least(mask, prefixes === 'both' ? least(a.prefix, b.prefix) : b.prefix);
    return evaluate(top(a.number, bits), top(b.number, bits));
  },
});

/** The ranges of a call, lists taken apart. */
const rangesOf = (values: readonly Value[]): (Ipv4 | undefined)[] =>
  values.flat(1).map((text) => parseIpv4(text as Value));

/** Whether an address lies in one of some networks; null where it does not and one of them is none. */
const inAnyRange: ScalarFunction = {
  name: 'ipv4_is_in_any_range',
  page: 'ipv4-is-in-any-range-function',
  nullable: true,
  sql: (call) => {
    const [address, ...ranges] = call.args as [SqlArg, ...SqlArg[]];
    const known = rangesOf(ranges.map(({ constant }) => constant ?? null));
    if (known.includes(undefined)) return hostCallSql(call);
    const ip = ipv4Sql(address);
    const holds = known.map((range) => {
      const { number, prefix } = range as Ipv4;
      return `(${ip.number} >> ${32n - prefix}) = ${top(number, prefix)}`;
    });
    return `CASE WHEN ${ip.valid} THEN (${holds.length === 0 ? 'false' : holds.join(' OR ')}) END`;
  },
  evaluate: ([text = null, ...values]) => {
    const [ip, ranges] = [parseIpv4(text), rangesOf(values)];
    if (ip === undefined) return null;
    const isIn = (range: Ipv4): boolean => top(ip.number, range.prefix) === top(range.number, range.prefix);
    if (ranges.some((range) => range !== undefined && isIn(range))) return true;
    return ranges.includes(undefined) ? null : false;
  },
};

/** Functions of IPv4 addresses as text; null where a text is no address. */
export const ipFunctions: readonly ScalarFunction[] = [
  inAnyRange,
  one(
    'parse_ipv4',
    ({ number, prefix }) => `((${number} >> (32 - ${prefix})) << (32 - ${prefix}))`,
    ({ number, prefix }) => top(number, prefix) << (32n - prefix),
  ),
  one(
    'ipv4_is_private',
    ({ number, prefix }) =>
      `(${privateNetworks.map(([network, bits]) => `(${prefix} >= ${bits} AND (${number} >> ${32n - bits}) = ${network})`).join(' OR ')})`,
    ({ number, prefix }) => privateNetworks.some(([network, bits]) => prefix >= bits && top(number, bits) === network),
  ),
  one(
    'ipv4_netmask_suffix',
    ({ prefix }) => prefix,
    ({ prefix }) => prefix,
  ),
  two(
    'ipv4_is_in_range',
    (a, b) => `(${a} = ${b})`,
    (a, b) => a === b,
    'second',
  ),
  two(
    'ipv4_is_match',
    (a, b) => `(${a} = ${b})`,
    (a, b) => a === b,
    'both',
  ),
  two(
    'ipv4_compare',
    (a, b) => `CAST(sign(${a} - ${b}) AS BIGINT)`,
    (a, b) => (a === b ? 0n : a < b ? -1n : 1n),
    'both',
  ),
];
