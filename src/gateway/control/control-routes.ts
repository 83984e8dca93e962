import { MailhuntError } from '../../errors/index.ts';
import type { Control, QuarantinePurge } from './control.ts';

/** A request to a gate, taken apart. */
export interface Asked {
  /** What the path names. */
  readonly id: string;
  readonly search: URLSearchParams;
  /** The JSON of the body; undefined for GET. */
  readonly body: unknown;
}

/** An address of the control, as a row of a table. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST';
  /** `:id` stands for the id of a message. */
  readonly path: string;
  /** JSON, or bytes as they are. */
  readonly answer: (control: Control, asked: Asked) => Promise<unknown>;
}

const MOST = 1000;
/** Characters of a name. */
const NAME = 320;

/** Every address of the control. */
export const controlRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/pid', answer: async () => ({ pid: process.pid }) },
  { method: 'GET', path: '/status', answer: (control) => control.status() },
  { method: 'GET', path: '/quarantine', answer: (control, { search }) => control.list(pageIn(search)) },
  { method: 'GET', path: '/quarantine/:id', answer: (control, { id }) => control.show(id) },
  { method: 'GET', path: '/quarantine/:id/message', answer: (control, { id }) => control.bytes(id) },
  {
    method: 'POST',
    path: '/quarantine/:id/release',
    answer: (control, { id, body }) => control.release(id, byIn(body)),
  },
  { method: 'POST', path: '/purge', answer: (control, { body }) => control.purge(purgeIn(body)) },
  { method: 'POST', path: '/quarantine/:id/remove', answer: (control, { id, body }) => control.remove(id, byIn(body)) },
];

/** The route of a request, and the id that its path names; undefined where there is none. */
export function routeFor(
  method: string | undefined,
  path: string,
): { readonly route: ControlRoute; readonly id: string } | undefined {
  const [, first = '', id, ...rest] = path.split('/');
  const pattern = `/${[first, ...(id === undefined ? [] : [':id']), ...rest].join('/')}`;
  const route = controlRoutes.find((one) => one.method === method && one.path === pattern);
  return route && { route, id: decoded(id ?? '') };
}

function pageIn(search: URLSearchParams) {
  const [limit, before] = ['limit', 'before'].map((name) => {
    const text = search.get(name);
    if (text === null) return undefined;
    return /^\d{1,15}$/.test(text) ? Number(text) : wrong(`${name} is no number`);
  });
  return { limit: Math.min(limit ?? MOST, MOST), ...(before !== undefined && { before }) };
}

/** Who wants it: without a name nothing is done. */
function byIn(body: unknown): string {
  const by = (body as { readonly by?: unknown } | null | undefined)?.by;
  return typeof by === 'string' && by !== '' && by.length <= NAME ? by : wrong('by does not name who wants it');
}

function purgeIn(body: unknown): QuarantinePurge {
  const { persons, dryRun } = (body ?? {}) as { readonly persons?: unknown; readonly dryRun?: unknown };
  const areNamed = Array.isArray(persons) && persons.every((person) => typeof person === 'string');
  if (!areNamed || typeof dryRun !== 'boolean') return wrong('persons and dryRun do not say what is to be purged');
  return { persons, dryRun, by: byIn(body) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return wrong('the id is no UTF-8');
  }
}

function wrong(text: string): never {
  throw new MailhuntError('GATE0014', { text });
}
