import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import { isThisMachine } from '../http/proxy.ts';
import type { Accounts } from './accounts.ts';
import { type CookieJar, secretIn } from './cookie.ts';
import { type Principal, type Right, rightsOfRoles } from './right.ts';
import type { Sessions } from './sessions.ts';

/** What is known of who may come in. */
export interface Gate {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly jar: CookieJar;
  /** What mailhunt's own commands show: it stands in the store's folder. */
  readonly ownerToken: string;
  /** What the page shows where nobody has to sign in. */
  readonly openCsrf: string;
  /** The time, milliseconds since 1970. */
  readonly clock: () => number;
}

/** Who sent a request, and what proves that it was meant. */
export interface Caller {
  readonly principal: Principal;
  /** What a browser has to send as `X-CSRF-Token` with all that is no GET; undefined where it has nothing to lose. */
  readonly csrf?: string;
}

const owner: Principal = {
  name: 'owner',
  kind: 'owner',
  rights: new Set<Right>([...rightsOfRoles.admin, 'bodies', 'append']),
};
const local: Principal = {
  name: 'local',
  kind: 'local',
  rights: new Set<Right>([...rightsOfRoles.responder, 'admin', 'bodies']),
};
const nobody: Principal = { name: 'nobody', kind: 'nobody', rights: new Set<Right>(['anyone']) };

/**
 * Who sent a request: mailhunt's own command on this machine, a program with a token, a user with a session. Where no
 * accounts are set, whoever reaches the port on this machine may do everything but write rows and upkeep. Throws ACCESS0009.
 */
export function callerOf(request: IncomingMessage, gate: Gate): Caller {
  const bearer = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined && isSame(bearer, gate.ownerToken) && isThisMachine(request)) return { principal: owner };
  if (!gate.accounts.required) return { principal: local, csrf: gate.openCsrf };
  if (bearer !== undefined) return ofToken(bearer, gate);
  return ofCookie(request, gate);
}

/** A request that shows a token has no other identity: a wrong one does not fall back to the cookie. */
function ofToken(bearer: string, { accounts, clock }: Gate): Caller {
  const token = accounts.token(bearer, clock());
  if (token === undefined) return { principal: nobody };
  const rights = new Set<Right>(['anyone', ...token.rights]);
  return { principal: { name: `token:${token.name}`, kind: 'token', rights } };
}

function ofCookie(request: IncomingMessage, { accounts, sessions, jar, clock }: Gate): Caller {
  const secret = secretIn(request, jar);
  const session = secret === undefined ? undefined : sessions.find(secret, (name) => accounts.user(name), clock());
  const user = session && accounts.user(session.user);
  if (session === undefined || user === undefined) return { principal: nobody };
  const rights = new Set<Right>([...rightsOfRoles[user.role], ...(user.bodies ? (['bodies'] as const) : [])]);
  return { principal: { name: user.name, kind: 'user', rights }, csrf: session.csrf };
}

/**
 * Refuses who lacks the right that an address needs: ACCESS0003 for those who have not signed in, ACCESS0004 for the
 * others. `append` is for mailhunt's own commands (HTTP0012) on this machine (HTTP0007).
 */
export function requireRight(request: IncomingMessage, { name, kind, rights }: Principal, needs: Right): void {
  if (rights.has(needs)) return;
  if (needs === 'append' && !isThisMachine(request))
    throw new MailhuntError('HTTP0007', { text: 'this address answers this machine only' });
  if (needs === 'append') throw new MailhuntError('HTTP0012', {});
  if (kind === 'nobody') throw new MailhuntError('ACCESS0003', {});
  throw new MailhuntError('ACCESS0004', { name, right: needs });
}

/**
 * Refuses what a page of another site, or one that was slipped in, might send in a visitor's name (ACCESS0008): whoever
 * shows a cookie proves with everything that is no GET that it has read `GET /api/v1/me`. Where nobody has to sign in,
 * that holds for browsers, which say `Origin` or `Sec-Fetch-Site`; programs have nothing that others could use.
 */
export function requireCsrf(request: IncomingMessage, { principal, csrf }: Caller): void {
  if (csrf === undefined || request.method === 'GET') return;
  if (principal.kind === 'local' && !isBrowser(request)) return;
  if (!isSame(String(request.headers['x-csrf-token'] ?? ''), csrf)) throw new MailhuntError('ACCESS0008', {});
}

const isBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.cookie !== undefined;

function isSame(text: string, secret: string): boolean {
  const [sent, wanted] = [Buffer.from(text), Buffer.from(secret)];
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
