import type { Chance } from './chance.ts';
import { fitting, mutations, someText } from './values.ts';

/** What is sent. */
export interface FuzzRequest {
  /** `GET /api/v1/messages/{id}`: by it a failure is named. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

/** The part of an OpenAPI document that requests are made of. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

interface Described {
  readonly 'x-mailhunt-right': string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}

/** Protocols that others describe: members that get a request past its first check. */
const foreign: readonly (readonly [path: RegExp, schema: object])[] = [
  [/^\/v[12]\/rest\//, { type: 'object', required: ['csl'], properties: strings('csl', 'db', 'properties') }],
  [/\/runHuntingQuery$/, { type: 'object', required: ['Query'], properties: strings('Query', 'Timespan') }],
  [/\/query$/, { type: 'object', required: ['query'], properties: strings('query', 'timespan') }],
  [/./, { type: 'object', properties: strings('text', 'csl', 'query', 'Query', 'ids', 'requests') }],
];

function strings(...names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, { type: ['string', 'string', 'string', 'object', 'array'] }]));
}

const oddMethods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND', 'POST', 'GET'];

const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  { 'Content-Type': 'text/plain' },
  { 'Content-Type': 'application/json; charset=utf-16' },
  { 'Content-Type': '' },
  { 'Content-Encoding': 'gzip' },
  { 'Accept-Encoding': 'gzip;q=0, br, *;q=x' },
  { 'X-Forwarded-For': '203.0.113.1, evil' },
  { Authorization: 'Bearer mh_00000000_x' },
  { Authorization: 'Basic !!!' },
  { Authorization: `Bearer ${'x'.repeat(5000)}` },
  { Cookie: `mailhunt-1=${'x'.repeat(2000)}; __Host-mailhunt=a; =; ;` },
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { Host: 'evil.example' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'x-ms-client-request-id': 'a'.repeat(3000) },
  { Prefer: 'wait=-1, include-statistics=true, ,,;;=' },
  { Range: 'bytes=9-1,-5' },
  { 'If-None-Match': '*' },
  { 'X-CSRF-Token': 'x' },
  { 'Transfer-Encoding': 'chunked' },
  { Expect: '100-continue' },
];

/** How much of what is odd. */
const CHANCE_OF = { owner: 0.3, oddMethod: 0.04, oddHeader: 0.25, parameter: 0.5, repeated: 0.03 };

/** Every address that a document describes. */
export const routesOf = (document: Document): readonly [string, string][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string] => [method, path]),
  );

/** A request to a route of the document, more or less as it says. */
export function requestTo(
  chance: Chance,
  document: Document,
  [method, path]: readonly [string, string],
  ownerToken: string,
): FuzzRequest {
  const described = document.paths[path]?.[method] as Described;
  const type = Object.keys(described.requestBody?.content ?? {})[0] ?? 'application/json';
  const owner = described['x-mailhunt-right'] === 'append' || chance.says(CHANCE_OF.owner);
  const verb = chance.says(CHANCE_OF.oddMethod) ? chance.pick(oddMethods) : method.toUpperCase();
  const hasBody = !['GET', 'HEAD'].includes(verb);
  return {
    route: `${method.toUpperCase()} ${path}`,
    method: verb,
    path: addressOf(chance, path, described),
    headers: {
      ...(hasBody && { 'Content-Type': type }),
      ...(owner && { Authorization: `Bearer ${ownerToken}` }),
      ...(chance.says(CHANCE_OF.oddHeader) && chance.pick(oddHeaders)),
    },
    body: hasBody ? bodyOf(chance, path, described) : '',
  };
}

/** What follows `?` at addresses that others describe. */
const foreignParameters: readonly (readonly [path: RegExp, names: readonly string[]])[] = [
  [/^\/v[12]\/rest\/query/, ['csl', 'db', 'properties']],
  [/\/query$/, ['query', 'timespan']],
  [/^\/api\/(position|message)$/, ['source', 'id']],
];

function addressOf(chance: Chance, path: string, described: Described): string {
  const others = foreignParameters.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  const more = others.map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
  const parameters = [...described.parameters, ...more];
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((one) => one.name === name)?.schema ?? {};
    const value = chance.says(0.2) ? someText(chance) : String(fitting(chance, schema, name));
    // Now and then as it is: the address itself is broken then.
    return chance.says(0.9) ? encodeURIComponent(value.toWellFormed()) : value.replace(/[^\x21-\x7e]/g, '%');
  });
  const asked = parameters
    .filter((one) => one.in === 'query' && chance.says(CHANCE_OF.parameter))
    .flatMap(({ name, schema }) => {
      const value = chance.says(0.3) ? someText(chance, name) : String(fitting(chance, schema, name));
      const pair = `${name}=${encodeURIComponent(value.toWellFormed())}`;
      return chance.says(CHANCE_OF.repeated) ? [pair, pair] : [pair];
    });
  const stray = chance.says(0.1) ? [`${encodeURIComponent(someText(chance).toWellFormed())}=%zz`] : [];
  const query = [...asked, ...stray].join('&');
  return query === '' ? filled : `${filled}?${query}`;
}

function bodyOf(chance: Chance, path: string, { requestBody }: Described): string | Buffer {
  const [media] = Object.values(requestBody?.content ?? {});
  const own = media?.schema as { readonly properties?: object } | undefined;
  const schema = own?.properties ? own : (foreign.find(([pattern]) => pattern.test(path))?.[1] ?? {});
  return chance.pick(mutations)(chance, fitting(chance, schema));
}

/** Bytes that are no HTTP, or hardly. */
export const brokenHttp: readonly string[] = [
  'GET / HTTP/1.1\r\n\r\n',
  'GET /\r\n\r\n',
  '\r\n\r\n\r\n',
  '\u0000\u0001\u0002\u0003',
  'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',
  `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: localhost\r\n${'X: a\r\n'.repeat(3_000)}\r\n`,
  'POST /v2/rest/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}',
  'POST /v2/rest/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /v2/rest/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n',
  'POST /v2/rest/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
  'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'POST /v2/rest/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"csl":',
];
