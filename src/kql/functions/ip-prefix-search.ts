import { sqlText } from '../../duckdb/index.ts';
import type { Value } from '../../values/index.ts';
import { hostCallSql } from './host-call.ts';
import type { ScalarFunction, SqlCall } from './row.ts';
import { textArg, textValue } from './strings.ts';
import { escapePattern, termPattern } from './terms.ts';

const sides = { before: true, after: true } as const;
const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const OCTETS = new RegExp(`^(?:${OCTET}\\.){0,3}(?:${OCTET})?$`);
const ADDRESS = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`);

/** `192.168.`, or a whole address; a prefix that ends without a dot is none. */
const isPrefix = (text: string): boolean =>
  OCTETS.test(text) && (text.endsWith('.') ? text !== '.' : ADDRESS.test(text));

/** A pattern of the whole addresses that begin so. */
function addressPattern(prefix: string): string {
  const missing = 4 - prefix.split('.').filter((octet) => octet !== '').length;
  const rest = Array<string>(missing).fill(OCTET).join('\\.');
  return `${escapePattern(prefix)}${rest}`;
}

/** The prefixes among the arguments after the first, lists taken apart. */
const prefixesOf = (values: readonly Value[]): string[] =>
  values.flat(1).filter((value): value is string => typeof value === 'string' && isPrefix(value));

function searchSql(call: SqlCall): string {
  const [source, ...needles] = call.args;
  if (needles.some(({ constant }) => constant === undefined)) return hostCallSql(call);
  const patterns = prefixesOf(needles.map(({ constant }) => constant ?? null)).map(addressPattern);
  if (patterns.length === 0) return 'false';
  return `regexp_full_match(${textArg(source!)}, ${sqlText(termPattern(`(?:${patterns.join('|')})`, sides))})`;
}

/** Whole addresses between characters that are neither letters nor digits. */
const SOUGHT = new RegExp(`(?<![\\p{L}\\p{N}])(?=(${OCTET}(?:\\.${OCTET}){3})(?![\\p{L}\\p{N}]))`, 'gu');

/** Whether an address that begins with one of the prefixes stands in the text, with no letter or digit beside it. */
const search = (name: string): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: false,
  sql: searchSql,
  evaluate: ([source = '', ...needles], { argTypes }) => {
    const prefixes = prefixesOf(needles);
    const addresses = [...textValue(source, argTypes[0]).matchAll(SOUGHT)].map((match) => match[1]!);
    return addresses.some((address) =>
      prefixes.some((prefix) => (prefix.endsWith('.') ? address.startsWith(prefix) : address === prefix)),
    );
  },
});

/** Addresses of a network in a text. */
export const ipPrefixSearchFunctions: readonly ScalarFunction[] = [
  search('has_ipv4_prefix'),
  search('has_any_ipv4_prefix'),
];
