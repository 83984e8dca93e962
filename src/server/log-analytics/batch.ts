import { MailhuntError } from '../../errors/index.ts';
import { isObject, objectOf } from '../http/body.ts';

/** One query of a batch. */
export interface BatchPart {
  readonly id: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly prefer: string;
}

/** Microsoft's limit. */
const MAX_PARTS = 100;

/**
 * Reads `{"requests": [{"id", "headers", "body", …}]}`. Throws HTTP0002.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/api/batch-queries
 */
export function readBatch(text: string, path: string): readonly BatchPart[] {
  const refuse = (words: string): never => {
    throw new MailhuntError('HTTP0002', { path, text: words });
  };
  const { requests } = objectOf(text, path);
  if (!Array.isArray(requests)) return refuse('requests must be an array');
  if (requests.length > MAX_PARTS) return refuse(`requests holds ${requests.length} of at most ${MAX_PARTS} queries`);
  return requests.map((part: unknown, index) => {
    if (!isObject(part)) return refuse(`requests[${index}] must be an object`);
    const { id, body, headers } = part;
    if (typeof id !== 'string') return refuse(`requests[${index}].id must be a text`);
    if (!isObject(body)) return refuse(`requests[${index}].body must be an object`);
    return { id, members: body, prefer: preferOf(isObject(headers) ? headers : {}) };
  });
}

const preferOf = (headers: Readonly<Record<string, unknown>>): string =>
  String(Object.entries(headers).find(([name]) => name.toLowerCase() === 'prefer')?.[1] ?? '');

/** An answer that is kept until the others of its batch are there. */
export class Kept {
  readonly started = false;
  #text = '';

  async write(text: string): Promise<void> {
    this.#text += text;
  }

  get text(): string {
    return this.#text;
  }
}
