import { type Route, sendJson, type Visit } from '../http/route.ts';

/** Who the page's visitor is. */
export interface Me {
  readonly name: string;
  readonly kind: string;
  readonly rights: readonly string[];
  /** To be sent as `X-CSRF-Token` with everything that changes something. */
  readonly csrf: string;
  readonly version: string;
  /** True where people have to sign in. */
  readonly accounts: boolean;
  readonly database: string;
}

/** Who is there, and what may he do. */
export const meRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/me',
    needs: 'anyone',
    operation: {
      summary: 'Who asks, and what he may do',
      answers: { 200: { description: 'the visitor', type: 'application/json' } },
    },
    answer: me,
  },
];

async function me({ site, principal, csrf, response }: Visit): Promise<void> {
  const answer: Me = {
    name: principal.name,
    kind: principal.kind,
    rights: [...principal.rights],
    csrf,
    version: site.version,
    accounts: site.gate.accounts.required,
    database: site.store.catalog().database,
  };
  sendJson(response, 200, answer);
}
