import { connect } from 'node:net';
import { type Sent, send } from '../rig.ts';
import { Chance } from './chance.ts';
import { brokenHttp, type Document, type FuzzRequest, requestTo, routesOf } from './requests.ts';

/** What is fuzzed, and how much. */
export interface FuzzOptions {
  readonly address: string;
  readonly ownerToken: string;
  /** What no answer may tell: the store's path. */
  readonly secret: string;
  readonly seed: number;
  readonly requests: number;
  /** No more requests are begun after so many milliseconds. */
  readonly time: number;
  /** Milliseconds after which the client goes away. */
  readonly patience: number;
  /** Routes by name; all where absent. */
  readonly only?: RegExp;
}

/** What went wrong at one route. */
export interface Finding {
  readonly route: string;
  /** The number of the request: with the seed it comes again. */
  readonly number: number;
  readonly words: string;
}

/** How far a run came. */
export interface FuzzReport {
  readonly findings: readonly Finding[];
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests that had no answer when the client went away. */
  readonly unanswered: readonly string[];
  /** Routes that were never answered with success. */
  readonly neverWell: readonly string[];
  readonly routes: number;
  readonly sent: number;
  /** The routes that took longest, each with its seconds altogether. */
  readonly slowest: Readonly<Record<string, number>>;
}

const AT_ONCE = 4;
/** One of so many requests is no HTTP. */
const BROKEN = 40;

/** Sends requests to every route of a server's own OpenAPI document, and says which answers must not be. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { address, seed, requests, time, patience, only = /./ } = options;
  const document = (await send(address, '/api/v1/openapi.json')).json as Document;
  const end = performance.now() + time;
  const routes = routesOf(document).filter(([method, path]) => only.test(`${method.toUpperCase()} ${path}`));
  const findings: Finding[] = [];
  const statuses: Record<string, number> = {};
  const well = new Set<string>();
  const unanswered: string[] = [];
  const took = new Map<string, number>();
  let number = 0;
  const worker = async (): Promise<void> => {
    while (number < requests && performance.now() < end) {
      const current = number++;
      const chance = new Chance(seed * 1_000_003 + current);
      if (current % BROKEN === BROKEN - 1) await sendBroken(address, chance);
      const route = routes[current % routes.length] as [string, string];
      const request = requestTo(chance, document, route, options.ownerToken);
      const began = performance.now();
      const sent = await answerTo(address, request, patience);
      took.set(request.route, (took.get(request.route) ?? 0) + (performance.now() - began) / 1000);
      statuses[sent?.status ?? 'none'] = (statuses[sent?.status ?? 'none'] ?? 0) + 1;
      if (sent && sent.status < 400) well.add(request.route);
      if (sent === undefined) unanswered.push(`${current} ${request.route}`);
      const words = sent && objection(sent, options.secret);
      if (words !== undefined)
        findings.push({ route: request.route, number: current, words: `${words}\n${shown(request)}` });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const names = routes.map(([method, path]) => `${method.toUpperCase()} ${path}`);
  const slowest = Object.fromEntries([...took].toSorted(([, a], [, b]) => b - a).slice(0, 6));
  return {
    slowest,
    findings,
    unanswered,
    statuses,
    neverWell: names.filter((name) => !well.has(name)),
    routes: names.length,
    sent: number,
  };
}

/** The answer; undefined where there is none in time: then the client goes away. */
async function answerTo(address: string, request: FuzzRequest, patience: number): Promise<Sent | undefined> {
  const signal = AbortSignal.timeout(patience);
  try {
    return await send(address, request.path, { ...request, signal });
  } catch (error) {
    // A connection that the server cuts because it does not read on is an answer, too: status 0.
    const cut = { status: 0, headers: {}, bytes: Buffer.alloc(0), text: (error as Error).message, json: undefined };
    return signal.aborted ? undefined : cut;
  }
}

/** The time is over; the server is not ready, which `/api/health/ready` says by its status. */
const documented: readonly number[] = [503, 504];

/** What is wrong with an answer; undefined where nothing is. */
function objection(sent: Sent, secret: string): string | undefined {
  const { status, text, headers, json } = sent;
  if (status === 0) return /ECONNRESET|EPIPE|hang up|Invalid character|unescaped/.test(text) ? undefined : text;
  if (status >= 500 && !documented.includes(status)) return `${status} ${text.slice(0, 600)}`;
  const isJson = String(headers['content-type']).startsWith('application/json');
  if (isJson && text !== '' && headers['content-encoding'] === undefined && json === undefined)
    return `${status} no JSON: ${text.slice(0, 300)}`;
  if (text.includes(secret)) return `${status} tells the store's path`;
  if (/\n\s+at .+\.(ts|js):\d+/.test(text)) return `${status} tells a stack`;
  return undefined;
}

const shown = ({ method, path, headers, body }: FuzzRequest): string =>
  `${method} ${path.slice(0, 300)}\n${JSON.stringify(headers).slice(0, 300)}\n${JSON.stringify(String(body).slice(0, 300))}`;

/** Sends bytes that are no HTTP, and goes away. */
async function sendBroken(address: string, chance: Chance): Promise<void> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  socket.write(chance.pick(brokenHttp));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  if (chance.says(0.5)) await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 50))]);
  socket.destroy();
}

/** Findings by route: the first of each, and how many there are. */
export function byRoute(findings: readonly Finding[]): Readonly<Record<string, string>> {
  const routes = new Set(findings.map(({ route }) => route));
  const wordsOf = (route: string): string => {
    const all = findings.filter((finding) => finding.route === route);
    return `${all.length} times, first at ${all[0]?.number}: ${all[0]?.words}`;
  };
  return Object.fromEntries([...routes].map((route) => [route, wordsOf(route)]));
}
