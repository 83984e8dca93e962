import { MailhuntError } from '../../errors/index.ts';
import { parseIp } from '../functions/index.ts';
import type { Operation } from './operation.ts';

/** Pairs of an address and a network that one call may give. */
const MAX_PAIRS = 5_000_000;
const WIDTH = 128n;

/** A network as the first and the last of its addresses. */
interface Network {
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
  /** The next larger network around it. */
  readonly outer: Network | undefined;
}

type Range = Pick<Network, 'first' | 'last'>;

const includes = (outer: Range, inner: Range): boolean => outer.first <= inner.first && inner.last <= outer.last;

/** The addresses that a text stands for; undefined where it is none of this kind. */
function rangeOf(text: string, v4Only: boolean): Range | undefined {
  const ip = parseIp(text);
  if (ip === undefined || (v4Only && !ip.isV4)) return undefined;
  const free = WIDTH - ip.prefix;
  const first = (ip.bits >> free) << free;
  return { first, last: first + (1n << free) - 1n };
}

/** Networks lie in each other or apart, so in the order of their first addresses each has its outer one before it. */
function nested(texts: readonly string[], v4Only: boolean): Network[] {
  const ranges = texts.flatMap((text) => {
    const range = rangeOf(text, v4Only);
    return range === undefined ? [] : [{ text, ...range }];
  });
  ranges.sort((a, b) => order(a.first, b.first) || order(b.last, a.last));
  const networks: Network[] = [];
  let around: Network | undefined;
  for (const range of ranges) {
    while (around !== undefined && !includes(around, range)) around = around.outer;
    around = { ...range, outer: around };
    networks.push(around);
  }
  return networks;
}

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The last network that begins at an address or before it. */
function lastBefore(networks: readonly Network[], first: bigint): Network | undefined {
  let [low, high] = [0, networks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (networks[middle]!.first <= first) low = middle + 1;
    else high = middle;
  }
  return networks[low - 1];
}

/** Addresses, each once, with every network that holds them; an address with a prefix must lie in it whole. */
const ipLookup: Operation = {
  name: 'ip_lookup',
  page: 'ipv4-lookup-plugin',
  run: ([addresses, lookup], options) => {
    const v4Only = options === 'ipv4';
    const networks = nested(
      lookup!.rows.map(([text]) => String(text)),
      v4Only,
    );
    const pairs: [string, string][] = [];
    for (const [text] of addresses!.rows) {
      const range = rangeOf(String(text), v4Only);
      let network = range && lastBefore(networks, range.first);
      for (; network !== undefined; network = network.outer)
        if (includes(network, range!)) pairs.push([String(text), network.text]);
      if (pairs.length > MAX_PAIRS)
        throw new MailhuntError('KQL0010', { what: `${options}_lookup`, rows: pairs.length, limit: MAX_PAIRS });
    }
    return pairs;
  },
};

/** Look-ups of addresses in networks. */
export const ipLookupOperations: readonly Operation[] = [ipLookup];
