import type { Warning } from '../../kql/index.ts';
import { abortable, abortableBlocks } from '../http/abortable.ts';
import { failureOf } from '../http/failure.ts';
import type { Visit } from '../http/route.ts';
import { startWork } from '../http/work.ts';

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** What the asker should know beside the rows, each once. */
export type Warnings = Map<string, Pick<Warning, 'code' | 'message'>>;

/** Runs queries for one visit and collects their warnings. */
export interface Queries {
  readonly warnings: Warnings;
  rows(text: string): Promise<readonly Row[]>;
}

/**
 * Does something that queries the store, in its turn and within the time of a query. Throws HTTP0006 where too many wait,
 * HTTP0009 when the time is over, KQL0008 when the client is gone, and what the work throws.
 */
export async function inTurn<T>(visit: Visit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { site, response } = visit;
  using clock = startWork(response, site.settings.timeout, site.closing);
  const { signal } = clock;
  let leave = () => {};
  try {
    leave = await site.admission.enter(signal);
    return await abortable(work(signal), signal);
  } catch (error) {
    throw failureOf(error, visit, signal);
  } finally {
    leave();
  }
}

/** Asks the store on behalf of a visit. */
export function queriesOf({ site }: Visit, signal: AbortSignal): Queries {
  const warnings: Warnings = new Map();
  return {
    warnings,
    rows: async (text) => {
      const answer = await site.session.query(text, { signal });
      const rows: Row[] = [];
      for (const { columns, blocks } of answer.tables)
        for await (const block of abortableBlocks(blocks, signal))
          for (const line of block) rows.push(rowOf(line, columns));
      for (const { code, message } of answer.warnings) warnings.set(message, { code, message });
      return rows;
    },
  };
}

function rowOf(line: string, columns: readonly { readonly name: string }[]): Row {
  const cells = JSON.parse(line) as readonly unknown[];
  return Object.fromEntries(columns.map(({ name }, at) => [name, cells[at]]));
}
