import { MailhuntError } from '../../../errors/index.ts';
import type { Queries, Row } from './rows.ts';
import { among, literal } from './search/index.ts';

/** Rows that are read to find the messages of a page: a message has a row a recipient. */
const ROWS = 4000;

/** Predicates as a pipeline. */
export const where = (predicates: readonly string[]): string => predicates.map((one) => `| where ${one}`).join(' ');

/** A place in the list: time and id of the row that was shown last. */
export interface Cursor {
  readonly at: string;
  readonly id: string;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/;

/** A place as text that an address takes as it is, whatever characters the id has. */
export const cursorText = ({ at, id }: Cursor): string => Buffer.from(JSON.stringify([at, id])).toString('base64url');

/** The place that {@link cursorText} wrote; undefined for anything else. */
export function cursorOf(text: string): Cursor | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const [at, id] = Array.isArray(read) ? (read as readonly unknown[]) : [];
    const isTime = typeof at === 'string' && TIME.test(at) && !Number.isNaN(Date.parse(at));
    return isTime && typeof id === 'string' ? { at, id } : undefined;
  } catch {
    // No JSON: no page gave it.
    return undefined;
  }
}

/** Where the page before ended; undefined for the first page. Throws HTTP0002 for what no page gave. */
export function cursorIn(url: URL): Cursor | undefined {
  const text = url.searchParams.get('before');
  if (text === null) return undefined;
  const cursor = cursorOf(text);
  if (cursor) return cursor;
  throw new MailhuntError('HTTP0002', { path: url.pathname, text: 'before is not what a page gave as next' });
}

/**
 * The ids of a page, by time and id, so that pages neither overlap nor leave anything out while new mail comes in. Rows
 * of one message may differ in time: what an earlier page has shown is passed over.
 */
export async function idsOfPage(
  queries: Queries,
  predicates: readonly string[],
  before: Cursor | undefined,
  limit: number,
) {
  const older = before && [
    `Timestamp <= datetime(${before.at})`,
    `Timestamp < datetime(${before.at}) or strcmp(NetworkMessageId, ${literal(before.id)}) < 0`,
  ];
  const rows = await queries.rows(
    `EmailEvents ${where([...(older ?? []), ...predicates])} | project Timestamp, NetworkMessageId | order by Timestamp desc, NetworkMessageId desc | take ${ROWS}`,
  );
  const ids = new Set<string>();
  let last: Row | undefined;
  let isCut = rows.length === ROWS;
  for (const row of rows) {
    const id = String(row.NetworkMessageId);
    if (!ids.has(id) && ids.size === limit) {
      isCut = true;
      break;
    }
    ids.add(id);
    last = row;
  }
  const shown = before ? await shownBefore(queries, predicates, before, ids) : new Set<string>();
  return {
    ids: [...ids].filter((id) => !shown.has(id)),
    next: isCut && last ? cursorText({ at: String(last.Timestamp), id: String(last.NetworkMessageId) }) : null,
  };
}

async function shownBefore(
  queries: Queries,
  predicates: readonly string[],
  before: Cursor,
  ids: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (ids.size === 0) return ids;
  const newer = [
    `Timestamp >= datetime(${before.at})`,
    `Timestamp > datetime(${before.at}) or strcmp(NetworkMessageId, ${literal(before.id)}) >= 0`,
    among(ids),
  ];
  const rows = await queries.rows(`EmailEvents ${where([...newer, ...predicates])} | distinct NetworkMessageId`);
  return new Set(rows.map((row) => String(row.NetworkMessageId)));
}
