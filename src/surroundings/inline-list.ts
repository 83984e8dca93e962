import type { ListValue } from '../settings/index.ts';
import type { ListContent } from './stix.ts';

/**
 * The content of a watchlist whose values stand in the settings: texts in one column, or maps whose names are the columns.
 *
 * @param column what the column of texts is called
 * @example inlineList(['contoso.com'], 'Domain') // { columns: ['Domain'], records: [['contoso.com']] }
 */
export function inlineList(values: readonly ListValue[], column: string): ListContent {
  const maps = values.map((value) => (typeof value === 'object' ? value : { [column]: value }));
  const columns = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  const records = maps.map((map) => columns.map((name) => String(map[name] ?? '')));
  return { columns: columns.length === 0 ? [column] : columns, records };
}
