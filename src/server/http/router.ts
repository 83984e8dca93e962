import type { IncomingMessage, ServerResponse } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import type { Route } from './route.ts';

/** A route, and the texts that stand in its path for the parts that it names. */
export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request. Throws HTTP0003, and sets `Allow` where only the method is wrong. */
export function routeOf(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Found {
  const method = request.method ?? 'GET';
  const here = routes.flatMap((route) => {
    const params = paramsIn(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const found = here.find(({ route }) => route.method === method);
  if (found) return found;
  const allowed = new Set(here.map(({ route }) => route.method));
  if (allowed.size > 0) response.setHeader('Allow', [...allowed].join(', '));
  throw new MailhuntError('HTTP0003', { method, path: path.slice(0, 200) });
}

/**
 * What a path has for the parts that a pattern names, decoded (`rest` for a `*` at its end, as it stands); undefined where it does not fit, or is no valid encoding.
 *
 * @example paramsIn('/messages/:id/source', '/messages/a%20b/source') // { id: 'a b' }
 */
export function paramsIn(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  if (pattern.endsWith('/*'))
    return path.startsWith(pattern.slice(0, -1)) ? { rest: path.slice(pattern.length - 1) } : undefined;
  if (!pattern.includes(':')) return pattern === path ? {} : undefined;
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== text) return undefined;
      continue;
    }
    const decoded = decodedPart(text);
    if (!decoded) return undefined;
    params[part.slice(1)] = decoded;
  }
  return params;
}

function decodedPart(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // No UTF-8: an address that nothing has.
    return undefined;
  }
}
