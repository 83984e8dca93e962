import { sqlText } from '../../duckdb/index.ts';
import type { Dynamic } from '../../values/index.ts';
import type { ScalarFunction } from './row.ts';
import { textArg, textValue } from './strings.ts';

/** Scheme, user, password, host, port, path, query, fragment; the last five may be missing. */
const URL_PARTS =
  '([A-Za-z][A-Za-z0-9+.-]*)://(?:([^:@/?#]*)(?::([^@/?#]*))?@)?' +
  '(\\[[^\\]/?#@]*\\]|[^:/?#@]*)(?::([0-9]*))?(?:/([^?#]*))?(?:\\?([^#]*))?(?:#((?s:.*)))?';
const urlParts = new RegExp(`^${URL_PARTS.replace('(?s:.*)', '[^]*')}$`);

/** The parts in the order in which KQL prints them, each with its group in the pattern. */
const members: readonly (readonly [name: string, group: number])[] = [
  ['Scheme', 1],
  ['Host', 4],
  ['Port', 5],
  ['Path', 6],
  ['Username', 2],
  ['Password', 3],
  ['Query Parameters', 7],
  ['Fragment', 8],
];
const QUERY = 'Query Parameters';

/** SQL: a value that stands more than once in what is made of it, computed and written once. */
const bound = (name: string, value: string, made: string): string =>
  `list_transform([${value}], lambda ${name}: ${made})[1]`;

/** SQL: the JSON bag of a query's parameters; of equal names the first counts. */
function queryJson(query: string): string {
  const name = `split_part(_pair, '=', 1)`;
  const names = `list_transform(_pairs, lambda _pair: ${name})`;
  const firsts = `list_filter(_pairs, lambda _pair, _at: list_position(${names}, ${name}) = _at)`;
  const json = `CAST(to_json(${name}) AS VARCHAR) || ':' || CAST(to_json(substr(_pair, length(${name}) + 2)) AS VARCHAR)`;
  const bag = `'{' || array_to_string(list_transform(${firsts}, lambda _pair: ${json}), ',') || '}'`;
  return bound('_pairs', `list_filter(string_split(${query}, '&'), lambda _pair: _pair <> '')`, bag);
}

function queryBag(query: string): Map<string, Dynamic> {
  const bag = new Map<string, Dynamic>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [name = ''] = pair.split('=', 1);
    if (!bag.has(name)) bag.set(name, pair.slice(name.length + 1));
  }
  return bag;
}

const parseUrl = (name: string): ScalarFunction => ({
  name,
  page: 'parse-url-function',
  nullable: true,
  sql: ({ args }) => {
    const groups = members.map((_, i) => `'g${i + 1}'`).join(', ');
    const parts = `regexp_extract(${textArg(args[0]!)}, ${sqlText(`^${URL_PARTS}$`)}, [${groups}])`;
    const json = members.map(([key, group], i) => {
      const part = `_url.g${group}`;
      return `'${i === 0 ? '{' : ','}"${key}":' || ${key === QUERY ? queryJson(part) : `CAST(to_json(${part}) AS VARCHAR)`}`;
    });
    return bound('_url', parts, `CASE WHEN _url.g1 <> '' THEN ${json.join(' || ')} || '}' END`);
  },
  evaluate: ([url = ''], { argTypes }) => {
    const parts = urlParts.exec(textValue(url, argTypes[0]));
    if (parts === null) return null;
    return new Map<string, Dynamic>(
      members.map(([key, group]) => [key, key === QUERY ? queryBag(parts[group] ?? '') : (parts[group] ?? '')]),
    );
  },
});

const parseUrlQuery = (name: string): ScalarFunction => ({
  name,
  page: 'parse-url-query-function',
  nullable: false,
  sql: ({ args }) => `('{"${QUERY}":' || ${queryJson(textArg(args[0]!))} || '}')`,
  evaluate: ([query = ''], { argTypes }) => new Map([[QUERY, queryBag(textValue(query, argTypes[0]))]]),
});

/** Addresses of the web. What is no absolute URL has no parts (null). Nothing is decoded. */
export const urlFunctions: readonly ScalarFunction[] = [
  parseUrl('parse_url'),
  parseUrl('parseurl'),
  parseUrlQuery('parse_urlquery'),
  parseUrlQuery('parseurlquery'),
];
