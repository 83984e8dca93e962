import type { IncomingMessage } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import type { Route, Visit } from '../http/route.ts';
import { acceptedEncodings } from './accepted-encodings.ts';
import { BuiltFiles, type Packed } from './built-files.ts';
import { notBuilt, sendPlainPage } from './plain-page.ts';
import { policyOf } from './policy.ts';

const views = ['/hunt', '/messages', '/rules', '/trends'];
const files = ['/favicon.svg', '/theme.js', '/THIRD-PARTY.txt'];

/** The workbench: one page for all its addresses, and the files that it loads. */
export const pageRoutes: readonly Route[] = [
  ...['/', ...views, ...views.map((view) => `${view}/*`)].map((path) => pageAt(path, page)),
  ...files.map((path) => pageAt(path, (visit) => file(visit, path.slice(1)))),
  pageAt('/assets/*', (visit) => file(visit, `assets/${visit.params.rest}`)),
];

function pageAt(path: string, answer: Route['answer']): Route {
  return { method: 'GET', path, needs: 'anyone', answer };
}

/** By folder: a process has one, tests some. */
const built = new Map<string, BuiltFiles>();

async function find({ site, request }: Visit, name: string): Promise<Packed | undefined> {
  const files = built.get(site.web) ?? new BuiltFiles(site.web);
  built.set(site.web, files);
  return files.file(name, acceptedEncodings(String(request.headers['accept-encoding'] ?? '')));
}

async function page(visit: Visit): Promise<void> {
  const packed = await find(visit, 'index.html');
  if (packed) send(visit, 'index.html', packed);
  else sendPlainPage(visit.response, notBuilt);
}

async function file(visit: Visit, name: string): Promise<void> {
  const packed = await find(visit, name);
  if (!packed) throw new MailhuntError('HTTP0003', { method: 'GET', path: name.slice(0, 200) });
  send(visit, name, packed);
}

/** The names of assets hold their hash: what was loaded once is never asked for again. */
const isNamedByHash = (name: string): boolean => /^assets\/.*-[\w-]{8}\.\w+$/.test(name);

function send({ request, response }: Visit, name: string, { bytes, encoding, type, etag }: Packed): void {
  const policy = policyOf(name);
  response.setHeader('Cache-Control', isNamedByHash(name) ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('ETag', etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
  if (hasAlready(request, etag)) {
    response.writeHead(304).end();
    return;
  }
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length }).end(bytes);
}

const hasAlready = ({ headers }: IncomingMessage, etag: string): boolean =>
  (headers['if-none-match'] ?? '').split(',', 20).some((one) => one.trim().replace(/^W\//, '') === etag);

/** True where a person looks for a page that is not there: a browser asks for HTML, a program for anything else. */
export const looksForPage = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').startsWith('text/html');
