import type { Warning } from '../../../kql/index.ts';
import { abortable, abortableBlocks } from '../../http/abortable.ts';
import { inTurn } from '../../http/in-turn.ts';
import type { Visit } from '../../http/route.ts';

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** What the asker should know beside the rows, each once. */
export type Warnings = Map<string, Pick<Warning, 'code' | 'message'>>;

/** Runs queries for one visit and collects their warnings. */
export interface Queries {
  readonly warnings: Warnings;
  rows(text: string): Promise<readonly Row[]>;
}

/** Looks something up for a visit, in its turn and within the time of a query; nobody is kept waiting by what does not stop. */
export const lookUp = <T>(visit: Visit, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  inTurn(visit, visit.site.settings.timeout, (signal) => abortable(work(signal), signal));

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
