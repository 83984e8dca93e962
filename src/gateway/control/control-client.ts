import { type IncomingMessage, request } from 'node:http';
import { fromWire, MailhuntError } from '../../errors/index.ts';
import type { Held, HeldPage } from '../quarantine/index.ts';
import type { Control, GateStatus, HeldMessage, QuarantinePurged, Released } from './control.ts';

/** Bytes of an answer: the largest message, and a page of messages with all their recipients. */
const LARGEST = 256 << 20;
/** Milliseconds: to look whether somebody answers, for an answer, and for a next hop or a look through all messages. */
const TIMES = { look: 5000, answer: 60_000, release: 15 * 60_000, purge: 60 * 60_000 } as const;

/** What is asked for: without `by` it is only looked at. */
interface Question {
  readonly time?: number;
  readonly body?: { readonly by: string };
}

/**
 * The control of a gate that runs in another process.
 *
 * @param path of its control socket
 * @example (await controlAt(join(folder, 'control.sock')).list()).messages
 */
export function controlAt(path: string): Control {
  const ask = async <T>(way: string, question: Question = {}): Promise<T> =>
    JSON.parse((await answered(path, way, question)).toString('utf8')) as T;
  const of = (id: string): string => `/quarantine/${encodeURIComponent(id.toWellFormed())}`;
  return {
    status: () => ask<GateStatus>('/status'),
    list: ({ limit, before } = {}) => {
      const asked = Object.entries({ limit, before }).flatMap(([name, n]) => (n === undefined ? [] : [`${name}=${n}`]));
      return ask<HeldPage>(`/quarantine?${asked.join('&')}`);
    },
    show: (id) => ask<HeldMessage>(of(id)),
    bytes: (id) => answered(path, `${of(id)}/message`),
    release: (id, by) => ask<Released>(`${of(id)}/release`, { body: { by }, time: TIMES.release }),
    remove: (id, by) => ask<Held>(`${of(id)}/remove`, { body: { by } }),
    purge: (body) => ask<QuarantinePurged>('/purge', { body, time: TIMES.purge }),
  };
}

/**
 * The control of the gate that runs on a folder; undefined where none runs.
 *
 * @throws MailhuntError GATE0016 where one runs and cannot be asked
 */
export async function runningGate(path: string): Promise<Control | undefined> {
  try {
    await answered(path, '/pid', { time: TIMES.look });
    return controlAt(path);
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    throw error;
  }
}

/** The body of an answer, whole. */
function answered(socketPath: string, path: string, { body, time = TIMES.answer }: Question = {}): Promise<Buffer> {
  const failed = (cause: unknown): MailhuntError =>
    new MailhuntError('GATE0016', { path: socketPath, text: (cause as Error).message }, { cause });
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const signal = AbortSignal.timeout(time);
    const sent = request({ socketPath, path, method, agent: false, signal });
    sent.once('error', (error) => reject(failed(signal.aborted ? new Error('it does not answer in time') : error)));
    sent.once('response', (response) => {
      bytesOf(response).then(
        (bytes) => (response.statusCode === 200 ? resolve(bytes) : reject(refusalOf(bytes) ?? failed(noSense))),
        (error: unknown) => reject(failed(error)),
      );
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const noSense = new Error('its answer is none');

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LARGEST) throw new Error('its answer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function refusalOf(bytes: Buffer): MailhuntError | undefined {
  try {
    return fromWire(JSON.parse(bytes.toString('utf8')));
  } catch {
    // Not our JSON: something else listens there.
    return undefined;
  }
}
