import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { routes } from '../../../src/server/routes.ts';
import { openapi } from '../../../src/server/workbench/openapi.ts';
import { rig, send } from '../rig.ts';

/** What of an OpenAPI 3.1 document is looked at. */
interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: object };
  readonly tags: readonly { readonly name: string }[];
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security?: readonly object[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Content; readonly $ref?: string }>
  >;
}

type Content = Readonly<Record<string, { readonly schema: object }>>;

const document = openapi(routes, '1.2.3') as unknown as OpenApi;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
);

/** What a JSON pointer of the document leads to. */
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce((value: unknown, part) => (value as Record<string, unknown> | undefined)?.[part], document);

test('the document has every route, once', () => {
  assert.match(document.openapi, /^3\.1\./);
  assert.equal(document.info.version, '1.2.3');
  assert.equal(operations.length, routes.length);
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
  for (const id of ids) assert.match(id, /^[a-z][A-Za-z0-9]*$/);
});

test('paths, their parameters and what they point at fit together, as OpenAPI asks', () => {
  const tags = document.tags.map(({ name }) => name);
  for (const { name, path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part).sort();
    const inPath = operation.parameters.filter((one) => one.in === 'path');
    assert.deepEqual(inPath.map((one) => one.name).sort(), named, name);
    assert.ok(
      inPath.every((one) => one.required === true),
      name,
    );
    assert.match(path, /^\//);
    assert.doesNotMatch(path, /:|\*/, name);
    assert.ok(operation.summary.length > 3, name);
    for (const tag of operation.tags) assert.ok(tags.includes(tag), `${name}: ${tag}`);
    for (const scheme of operation.security ?? [])
      for (const key of Object.keys(scheme)) assert.ok(Object.hasOwn(document.components.securitySchemes, key), name);
    const good = Object.keys(operation.responses).filter((status) => status.startsWith('2') || status.startsWith('3'));
    assert.ok(good.length > 0, `${name} never answers well`);
    for (const [status, answer] of Object.entries(operation.responses)) {
      assert.match(status, /^[1-5]\d\d$/, name);
      if (answer.$ref) assert.ok(at(answer.$ref), `${name}: ${answer.$ref}`);
      else assert.ok(answer.description, `${name}: ${status}`);
    }
  }
});

test('every schema is a schema', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false });
  for (const { name, operation } of operations) {
    const media = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
      Object.values(part?.content ?? {}).map(({ schema }) => schema),
    );
    for (const schema of [...media, ...operation.parameters.map((one) => one.schema)]) {
      if ('$ref' in schema) continue;
      assert.doesNotThrow(() => ajv.compile(schema), name);
    }
  }
});

test('what anybody may ask needs no key, all else one of two', () => {
  const of = (path: string, method: string) => document.paths[path]?.[method];
  assert.equal(of('/api/v1/login', 'post')?.security, undefined);
  assert.deepEqual(of('/api/v1/audit', 'get')?.security, [{ token: [] }, { session: [] }]);
});

test('it is served, to those who have not signed in as well', async () => {
  await using here = await rig();
  const { status, json } = await send(here.server.address, '/api/v1/openapi.json');
  assert.equal(status, 200);
  assert.deepEqual(json, JSON.parse(JSON.stringify(document)));
});
