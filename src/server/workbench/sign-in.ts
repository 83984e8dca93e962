import { type Route, sendJson, type Visit } from '../http/route.ts';

const SHORT = { type: 'string', minLength: 1, maxLength: 256 };

/** Signing in and out on the page. */
export const signInRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/login',
    needs: 'anyone',
    audit: true,
    operation: {
      summary: 'Signs in: the answer sets a cookie, and says what to send as X-CSRF-Token from then on',
      body: {
        type: 'application/json',
        limit: 4096,
        schema: {
          type: 'object',
          properties: { name: SHORT, password: SHORT },
          required: ['name', 'password'],
          additionalProperties: false,
        },
      },
      answers: {
        200: {
          description: 'signed in',
          type: 'application/json',
          schema: { type: 'object', properties: { name: { type: 'string' }, csrf: { type: 'string' } } },
        },
      },
    },
    answer: login,
  },
  {
    method: 'POST',
    path: '/api/v1/logout',
    needs: 'anyone',
    operation: {
      summary: 'Ends the session',
      answers: { 200: { description: 'nobody is signed in any more', type: 'application/json' } },
    },
    answer: logout,
  },
];

async function login({ site, request, body, from, note, response }: Visit): Promise<void> {
  const { name, password } = body as { readonly name: string; readonly password: string };
  // People type their password into the wrong field: only names that there are stand in the audit log.
  const known = site.gate.accounts.user(name);
  note({ name: known?.name ?? 'unknown' });
  const { cookie, session } = await site.signIn.signIn({ name, password, from });
  // The session that this browser had before is over.
  site.signIn.signOut(request);
  response.setHeader('Set-Cookie', cookie);
  sendJson(response, 200, { name: session.user, csrf: session.csrf });
}

async function logout({ site, request, principal, note, response }: Visit): Promise<void> {
  if (principal.kind === 'user') note({ signedOut: true });
  response.setHeader('Set-Cookie', site.signIn.signOut(request));
  sendJson(response, 200, {});
}
