import { type SchemaColumn, type TableSchema, tableNamed, tables } from '../schema/index.ts';

/** Case, blanks and signs aside; `[UTC]` is what portals write behind the names of time columns. */
const plain = (name: string): string =>
  name
    .replace(/\[utc\]\s*$/i, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

type Index = ReadonlyMap<string, SchemaColumn | undefined>;

/** Columns by some form of their name; undefined where two columns share it. */
function indexed(table: TableSchema, form: (name: string) => string): Index {
  const index = new Map<string, SchemaColumn | undefined>();
  for (const column of table.columns) {
    const name = form(column.name);
    index.set(name, index.has(name) ? undefined : column);
  }
  return index;
}

const indexes = new Map<TableSchema, { readonly exact: Index; readonly plain: Index }>();

function indexOf(table: TableSchema) {
  let index = indexes.get(table);
  if (index === undefined) {
    index = { exact: indexed(table, String), plain: indexed(table, plain) };
    indexes.set(table, index);
  }
  return index;
}

/**
 * The column that a field's name means: by its exact name, else aside from case, blanks and signs where that is unique.
 *
 * @example columnNamed(emailEvents, 'Network message ID')?.name // 'NetworkMessageId'
 */
export function columnNamed(table: TableSchema, field: string): SchemaColumn | undefined {
  const index = indexOf(table);
  return index.exact.get(field) ?? index.plain.get(plain(field));
}

/**
 * The table whose columns fit a set of field names best: most of the names are its columns, and no other table has as
 * many of them. Undefined where that is not so.
 */
export function tableOfFields(fields: readonly string[]): TableSchema | undefined {
  const fits = tables
    .map((table) => ({ table, count: fields.filter((field) => columnNamed(table, field) !== undefined).length }))
    .sort((a, b) => b.count - a.count);
  const [best, second] = fits;
  if (best === undefined || best.count < 2 || best.count * 2 < fields.length) return undefined;
  return best.count > (second?.count ?? 0) ? best.table : undefined;
}

/** Longest names first, so that `EmailEvents` does not answer for a longer name that holds it. */
const byLength = [...tables].sort((a, b) => b.name.length - a.name.length);

/**
 * The table that a file's name or its folder names, as exports and storage containers write it.
 *
 * @example tableOfPath('insights-logs-advancedhunting-emailevents/y=2026/PT1H.json')?.name // 'EmailEvents'
 */
export function tableOfPath(path: string): TableSchema | undefined {
  const parts = path.split(/[\\/]/);
  const file = parts.pop() ?? '';
  const container = parts.findLast((part) => part.startsWith('insights-logs-advancedhunting-'));
  return tableInText(file) ?? (container === undefined ? undefined : tableInText(container));
}

const tableInText = (text: string): TableSchema | undefined => {
  const lower = text.toLowerCase();
  return byLength.find(({ name }) => new RegExp(`(?:^|[^a-z])${name.toLowerCase()}(?:[^a-z]|$)`).test(lower));
};

/**
 * The table that a record's `category` or `Type` names.
 *
 * @example tableOfCategory('AdvancedHunting-EmailEvents')?.name // 'EmailEvents'
 */
export const tableOfCategory = (category: string): TableSchema | undefined =>
  tableNamed(category.replace(/^AdvancedHunting-/i, ''));
