import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Right, type Role, rightsOfRoles } from '../../../src/server/access/right.ts';
import type { Route } from '../../../src/server/http/route.ts';
import { routes } from '../../../src/server/routes.ts';
import { rig, send } from '../rig.ts';
import { signIn, userNamed, withAccounts, withToken } from './accounts-rig.ts';

/**
 * Which right an address must need, by method and path; the first line that fits counts. Written down apart from the routes,
 * so that one that is opened by mistake is seen.
 */
const wanted: readonly (readonly [pattern: RegExp, right: Right])[] = [
  [/^GET \/(assets\/\*|(hunt|messages|rules|trends)(\/\*)?|[\w-]+\.(svg|ico|png|txt|js))?$/, 'anyone'],
  [/^GET \/api\/health/, 'anyone'],
  [/^GET \/v1\/rest\/auth\/metadata$/, 'anyone'],
  [/^GET \/api\/v1\/(me|openapi\.json)$/, 'anyone'],
  [/^POST \/api\/v1\/(login|logout)$/, 'anyone'],
  [/^\w+ \/api\/v1\/audit$/, 'admin'],
  [/^\w+ \/api\/v1\/(backup|purge)$/, 'upkeep'],
  [/^GET \/api\/v1\/gate\/quarantine$/, 'query'],
  [/^GET \/api\/v1\/gate\/quarantine\//, 'bodies'],
  [/^\w+ \/api\/v1\/gate/, 'admin'],
  [/^\w+ \/api\/(tables|position|append|flush|query|explain|message|kept|keep)$/, 'append'],
  [/^\w+ \/api\/v1\/messages\/[^/]+\/(source|headers|body|files|attachments|pictures|images|parts)/, 'bodies'],
  [/^(PUT|DELETE) /, 'edit'],
  [/./, 'query'],
];

/** Addresses whose right the table above does not foresee, with the reason. */
const others: Readonly<Record<string, Right>> = {
  'GET /metrics': 'admin',
  // Who uploads a message has it already; what is shown of it is what he sent.
  'POST /api/v1/messages/open': 'query',
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

test('each address needs the right that is written down for it', () => {
  for (const route of routes) {
    const right = others[nameOf(route)] ?? wanted.find(([pattern]) => pattern.test(nameOf(route)))?.[1];
    assert.equal(route.needs, right, nameOf(route));
  }
});

test('no two routes have the same address', () => {
  const names = routes.map(nameOf);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

test('every address below /api/v1 is described', () => {
  const bare = routes.filter(({ path, operation }) => path.startsWith('/api/v1/') && operation === undefined);
  assert.deepEqual(bare.map(nameOf), []);
});

/** A request to a route that is refused for nothing but the right, or fails later. */
const requestOf = ({ method, path, operation }: Route, headers: Record<string, string>) => ({
  path: path.replace(/:(\w+)/g, 'x').replace('*', 'x'),
  options: {
    method,
    headers: { ...headers, ...(method !== 'GET' && { 'Content-Type': operation?.body?.type ?? 'application/json' }) },
    body: method === 'GET' ? '' : '{"broken',
  },
});

test('who may what: every address as nobody, each role, tokens and the owner', { timeout: 120_000 }, async (t) => {
  const roles = Object.keys(rightsOfRoles) as Role[];
  await using here = await rig();
  const { address } = here.server;
  await withAccounts(here.store.path, [
    ...(await Promise.all(roles.map((role) => userNamed(role, role)))),
    await userNamed('reader-of-bodies', 'reader', true),
  ]);
  type Caller = { headers: () => Promise<Record<string, string>>; rights: readonly Right[] };
  const bearer = (secret: string) => async () => ({ Authorization: `Bearer ${secret}` });
  const session = (name: string) => async () => ({ ...(await signIn(address, name)).headers });
  const callers: Record<string, Caller> = {
    nobody: { headers: async () => ({}), rights: ['anyone'] },
    ...Object.fromEntries(roles.map((role) => [role, { headers: session(role), rights: rightsOfRoles[role] }])),
    'reader-of-bodies': { headers: session('reader-of-bodies'), rights: ['anyone', 'query', 'bodies'] },
    'token of admin': { headers: bearer(await withToken(here.store.path, ['admin'])), rights: ['anyone', 'admin'] },
    'token of bodies': { headers: bearer(await withToken(here.store.path, ['bodies'])), rights: ['anyone', 'bodies'] },
    owner: {
      headers: bearer(here.server.token),
      rights: ['anyone', 'query', 'bodies', 'edit', 'respond', 'append', 'admin', 'upkeep'],
    },
  };
  for (const [name, { headers, rights }] of Object.entries(callers))
    await t.test(name, async () => {
      // Signing out is asked last, or nothing after it would be asked by anybody.
      const ordered = routes.toSorted(
        (a, b) => Number(a.path.endsWith('/logout')) - Number(b.path.endsWith('/logout')),
      );
      const sent = await headers();
      for (const route of ordered) {
        const { path, options } = requestOf(route, sent);
        const { status, text } = await send(address, path, options);
        const refused = /"code":"(ACCESS0003|ACCESS0004|HTTP0012|ACCESS0008)"/.test(text);
        assert.equal(refused, !rights.includes(route.needs), `${nameOf(route)} ${status} ${text.slice(0, 300)}`);
      }
    });
});
