import { tableNamed } from '../../schema/index.ts';
import type { Column, Value } from '../../values/index.ts';

/** The hex digits of a number, made long by repeating something that depends on it. */
const hex = (n: number, length: number): string =>
  Array.from({ length: Math.ceil(length / 8) }, (_, i) => ((n + 1) * 2654435761 + i * 40503 * (n + 7)) >>> 0)
    .map((part) => part.toString(16).padStart(8, '0'))
    .join('')
    .slice(0, length);

const address = (n: number): string => `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}`;
const guid = (n: number): string => hex(n, 32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');

/** What a text column of such a name holds, for the n-th thing. */
const TEXTS: readonly (readonly [name: RegExp, text: (n: number) => string])[] = [
  [/sha256|^hash/i, (n) => hex(n, 64)],
  [/sha1/i, (n) => hex(n, 40)],
  [/md5/i, (n) => hex(n, 32)],
  [/NetworkMessageId|ObjectId|TenantId|Guid$/i, guid],
  [/InternetMessageId/i, (n) => `<${n}@w${n}.example.net>`],
  [/IPv6/i, (n) => `2001:db8::${(n & 0xffff).toString(16)}`],
  [/IPv4|IPAddress|IP$|^IP/, address],
  [/Url(s|Chain)?$|Uri$/i, (n) => `https://w${n}.example.com/p${n}`],
  [/Domain|Tld|Host$/i, (n) => `w${n}.example.com`],
  [/Upn|Address$|Mail$|Email|Mailbox|^User$/i, (n) => `u${n}@w${n}.example.com`],
  [
    /AuthenticationDetails/,
    (n) => `{"SPF":"pass","DKIM":"${['pass', 'fail', 'none'][n % 3]}","DMARC":"pass","CompAuth":"pass"}`,
  ],
  [
    /DetectionMethods/,
    (n) => `{"Phish":["${['Advanced filter', 'URL malicious reputation', 'File detonation'][n % 3]}"]}`,
  ],
  [/FileName/i, (n) => `file${n}.docx`],
  [/DeviceName|Computer/i, (n) => `pc${n}.example.org`],
  [/FolderPath/i, (n) => `C:\\Users\\u${n}\\file${n}.docx`],
  [/Country/i, (n) => ['US', 'FR', 'DE', 'JP'][n % 4]!],
];

/** Columns whose known values are words inside a longer text. */
const COMPOSED = /^AuthenticationDetails$|DetectionMethods$/;

const KINDS: Readonly<Record<Column['type'], (n: number) => Value>> = {
  bool: (n) => n % 2 === 0,
  int: (n) => BigInt(n % 100_000),
  long: (n) => BigInt(n),
  real: (n) => n + 0.5,
  decimal: (n) => `${n}.5`,
  string: (n) => `text ${n}`,
  guid,
  datetime: () => null,
  timespan: (n) => BigInt(n) * 10_000_000n,
  dynamic: (n) => new Map<string, Value>([['n', BigInt(n)]]),
};

/** What a column holds for the n-th thing: one of its known values, or what its name promises. Times are left to the caller. */
export function typicalValue(table: string, { name, type }: Column, n: number): Value {
  if (type !== 'string') return KINDS[type](n);
  const named = TEXTS.find(([pattern]) => pattern.test(name));
  const known = tableNamed(table)?.columns.find((column) => column.name === name)?.values;
  if (known !== undefined && known.length > 0 && !COMPOSED.test(name)) return known[n % known.length]!;
  return named === undefined ? `${name} ${n}` : named[1](n);
}

/** Texts of all those kinds, for whoever has no better idea. */
export const typicalTexts = (n: number): string[] => TEXTS.map(([, text]) => text(n));
