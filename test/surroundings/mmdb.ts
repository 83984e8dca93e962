/**
 * Writes databases of MaxMind's form for tests, format 2.0 with records of 32 bits.
 *
 * @see https://maxmind.github.io/MaxMind-DB/
 */
type Field = string | number | Field[] | { readonly [name: string]: Field };

/** A database of IPv6 addresses, IPv4 ones as ::a.b.c.d; each entry is the bits of a network and what is known of it. */
export function mmdb(entries: readonly { readonly bits: string; readonly data: Field }[]): Buffer {
  const nodes: (number | undefined | { readonly data: number })[][] = [[undefined, undefined]];
  for (const [i, { bits }] of entries.entries()) {
    let at = 0;
    for (const [n, bit] of [...bits].entries()) {
      const side = Number(bit);
      if (n === bits.length - 1) nodes[at]![side] = { data: i };
      else {
        if (typeof nodes[at]![side] !== 'number') nodes[at]![side] = nodes.push([undefined, undefined]) - 1;
        at = nodes[at]![side] as number;
      }
    }
  }
  const parts = entries.map(({ data }) => field(data));
  const offsets = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.length, 0));
  const tree = Buffer.alloc(nodes.length * 8);
  for (const [i, sides] of nodes.entries())
    for (const [side, to] of sides.entries()) {
      const value =
        to === undefined ? nodes.length : typeof to === 'number' ? to : nodes.length + 16 + offsets[to.data]!;
      tree.writeUInt32BE(value, i * 8 + side * 4);
    }
  const metadata = field({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: 'Test-City',
    description: { en: 'made up' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 32,
  });
  const mark = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex');
  return Buffer.concat([tree, Buffer.alloc(16), ...parts, mark, metadata]);
}

/** The bits of an IPv4 network within ::/96. */
export const bitsOf = (address: string, length: number): string =>
  '0'.repeat(96) +
  address
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('')
    .slice(0, length);

const STRING = 2;
const DOUBLE = 3;
const UINT32 = 6;
const MAP = 7;
const ARRAY = 11;

function field(value: Field): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(STRING, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([control(ARRAY, value.length), ...value.map(field)]);
  if (typeof value === 'object') {
    const members = Object.entries(value);
    return Buffer.concat([
      control(MAP, members.length),
      ...members.flatMap(([name, item]) => [field(name), field(item)]),
    ]);
  }
  const bytes = Buffer.alloc(Number.isInteger(value) && value >= 0 ? 4 : 8);
  if (bytes.length === 4) bytes.writeUInt32BE(value);
  else bytes.writeDoubleBE(value);
  return Buffer.concat([control(bytes.length === 4 ? UINT32 : DOUBLE, bytes.length), bytes]);
}

const control = (type: number, size: number): Buffer => {
  const [small, more] = size < 29 ? [size, []] : [29, [size - 29]];
  return Buffer.from(type < 8 ? [(type << 5) | small, ...more] : [small, type - 7, ...more]);
};
