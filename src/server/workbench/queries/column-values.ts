import { MailhuntError } from '../../../errors/index.ts';
import { abortable, abortableBlocks } from '../../http/abortable.ts';
import { inTurn } from '../../http/in-turn.ts';
import type { Operation } from '../../http/operation.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';

/** What a column holds most. */
export interface ColumnValues {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** How many rows were looked at, at most. */
  readonly sampled: number;
}

/** Rows that are looked at: what is frequent shows in them. */
const SAMPLE = 200_000;
const SHOWN = 20;
/** Longer texts are shown as they begin. */
const LONGEST = 200;
const PATIENCE = 10_000;

const operation: Operation = {
  summary: 'The most frequent values of a column, among some of its rows',
  parameters: { table: { type: 'string' }, column: { type: 'string' } },
  answers: {
    200: {
      description: 'values and how often they are there',
      type: 'application/json',
      schema: {
        type: 'object',
        required: ['values', 'sampled'],
        properties: { values: { type: 'array', items: { type: 'object' } }, sampled: { type: 'integer' } },
      },
    },
  },
};

/** Value hints of the page's schema tree. */
export const columnValueRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/schema/:table/:column/values', needs: 'query', operation, answer: values },
];

async function values(visit: Visit): Promise<void> {
  const { site, response, params } = visit;
  const text = queryFor(visit, params.table ?? '', params.column ?? '');
  await inTurn(visit, PATIENCE, async (signal) => {
    const answer = await abortable(site.session.query(text, { signal }), signal);
    const rows: (readonly [string, number])[] = [];
    for await (const block of abortableBlocks(answer.tables[0]!.blocks, signal))
      for (const row of block) rows.push(JSON.parse(row) as [string, number]);
    const found: ColumnValues = { values: rows.map(([value, count]) => ({ value, count })), sampled: SAMPLE };
    sendJson(response, 200, found);
  });
}

/** Throws STORE0006, STORE0007 where there is none such. */
function queryFor({ site }: Visit, table: string, column: string): string {
  const found = site.store.catalog().tables.find(({ name }) => name === table);
  if (!found) throw new MailhuntError('STORE0006', { table: table.slice(0, 200) });
  const known = found.columns.some(({ name }) => name === column);
  if (!known) throw new MailhuntError('STORE0007', { table, column: column.slice(0, 200) });
  return [
    quotedName(table),
    `take ${SAMPLE}`,
    `project value = substring(tostring(${quotedName(column)}), 0, ${LONGEST})`,
    'where isnotempty(value)',
    'summarize seen = count() by value',
    'sort by seen desc, value asc',
    `take ${SHOWN}`,
    'project value, seen',
  ].join(' | ');
}

const quotedName = (name: string): string => `['${name.replace(/[\\']/g, '\\$&')}']`;
