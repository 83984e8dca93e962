import type { JsonSchema, Operation } from '../http/operation.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';

/** The description of every address, for programs that make clients and tests of it. */
export const openapiRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/openapi.json',
    needs: 'anyone',
    operation: {
      summary: 'This document',
      answers: { 200: { description: 'OpenAPI 3.1', type: 'application/json', schema: { type: 'object' } } },
    },
    answer: async ({ site, response }: Visit) => sendJson(response, 200, openapi(site.routes, site.version)),
  },
];

/** Errors that addresses can give whatever they do. */
const refusals: Readonly<Record<number, string>> = {
  400: 'The request is not what the address takes.',
  401: 'Nobody is signed in, and no good token was sent.',
  403: 'Whoever asks lacks the right, or the request does not prove where it comes from.',
  404: 'There is no such thing.',
  413: 'The body is too large.',
  415: 'The body is of another media type.',
  429: 'Too many requests, or too many queries at once; Retry-After says when to come back.',
  504: 'The time is over, or the server is stopping.',
};

/** Parts of the address space, by how a path begins; what is not ours is described by its own makers. */
const tags: readonly (readonly [start: string, tag: string, documentation: string])[] = [
  ['/api/v1/', 'workbench', 'docs/server.md'],
  ['/api/', 'own', 'docs/server.md'],
  ['/v1/workspaces', 'log analytics', 'https://learn.microsoft.com/azure/azure-monitor/logs/api/overview'],
  ['/v1/rest', 'kusto', 'https://learn.microsoft.com/kusto/api/rest/'],
  ['/v2/rest', 'kusto', 'https://learn.microsoft.com/kusto/api/rest/'],
  ['/v1.0/', 'graph', 'https://learn.microsoft.com/graph/api/security-security-runhuntingquery'],
  ['/beta/', 'graph', 'https://learn.microsoft.com/graph/api/security-security-runhuntingquery'],
  ['/metrics', 'metrics', 'https://prometheus.io/docs/instrumenting/exposition_formats/'],
];

const tagOf = (path: string) => tags.find(([start]) => path.startsWith(start)) ?? ['', 'page', 'docs/server.md'];

/** An OpenAPI 3.1 document of routes. */
export function openapi(routes: readonly Route[], version: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = templateOf(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'mailhunt',
      version,
      summary: 'Hunts for spoofed e-mail, over HTTP.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of mailhunt tokens create.' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-mailhunt', description: 'Set by POST /api/v1/login.' },
      },
      schemas: { Error: errorSchema },
      responses: Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          `Error${status}`,
          { description, content: errorContent },
        ]),
      ),
    },
    tags: [...new Set(tags.map(([, name]) => name)), 'page'].map((name) => ({ name })),
  };
}

const errorSchema: JsonSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        '@mailhunt': {
          type: 'object',
          description: 'A code of docs/errors.md, what to do, and the place in the query.',
          properties: { code: { type: 'string' }, advice: { type: 'string' } },
        },
      },
    },
  },
};

const errorContent = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };

/** `/messages/:id` is `/messages/{id}`; what a `*` stands for has the name `rest`. */
const templateOf = (path: string): string => path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}');

function operationOf(route: Route): JsonSchema {
  const { method, path, needs, operation } = route;
  const [, tag, documentation] = tagOf(path);
  const named = [...templateOf(path).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary: operation?.summary ?? `${tag}: ${path}`,
    'x-mailhunt-right': needs,
    ...(needs !== 'anyone' && { security: [{ token: [] }, { session: [] }] }),
    ...(documentation?.startsWith('http') && { externalDocs: { url: documentation } }),
    parameters: parametersOf(operation, named),
    ...(operation?.body ? { requestBody: bodyOf(operation.body) } : otherBody(route)),
    responses: answersOf(operation),
  };
}

/** @example operationId('GET', '/hunt/*') // 'getHuntBelow' */
const operationId = (method: string, path: string): string =>
  `${method.toLowerCase()}${path.replace('*', 'below').replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`;

function parametersOf(operation: Operation | undefined, named: readonly string[]): unknown[] {
  const schemas = operation?.parameters ?? {};
  const inPath = named.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: schemas[name] ?? { type: 'string' },
  }));
  const inQuery = Object.entries(schemas)
    .filter(([name]) => !named.includes(name))
    .map(([name, schema]) => ({ name, in: 'query', schema }));
  return [...inPath, ...inQuery];
}

const bodyOf = ({ type, schema = {}, limit }: NonNullable<Operation['body']>): JsonSchema => ({
  required: true,
  description: `At most ${limit} bytes.`,
  content: { [type]: { schema } },
});

/** Protocols that others describe take JSON too. */
const otherBody = ({ method, operation }: Route): JsonSchema =>
  method === 'POST' && operation === undefined
    ? { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }
    : {};

function answersOf(operation: Operation | undefined): JsonSchema {
  const good = Object.entries(operation?.answers ?? { 200: { description: 'the answer', type: 'application/json' } });
  return Object.fromEntries([
    ...Object.keys(refusals).map((status) => [status, { $ref: `#/components/responses/Error${status}` }]),
    ...good.map(([status, { description, type, schema = {} }]) => [
      status,
      { description, content: { [type]: { schema } } },
    ]),
  ]);
}
