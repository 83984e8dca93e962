import type { GivenList } from '../../../surroundings/index.ts';
import type { Part } from './part.ts';

/** Watchlists of a test: a list of search keys, or of rows with their columns. */
export const listsOf = (part: Part | undefined): Readonly<Record<string, GivenList>> =>
  Object.fromEntries([...(part?.entries() ?? [])].map(([alias, list]) => [alias, listOf(list)]));

function listOf(part: Part): GivenList {
  const items = part.items();
  if (!items.some((item) => item.isMap)) return { columns: ['SearchKey'], rows: items.map((item) => [fieldOf(item)]) };
  const rows = items.map((item) => new Map([...item.entries()].map(([name, field]) => [name, fieldOf(field)])));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return { columns, rows: rows.map((row) => columns.map((column) => row.get(column) ?? '')) };
}

/** Every field of a watchlist is a text. */
function fieldOf(part: Part): string {
  const { scalar } = part;
  if (scalar === null) return '';
  return scalar === undefined ? part.wrong('is a text') : String(scalar);
}
