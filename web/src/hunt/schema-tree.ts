import type { SchemaAnswer, SchemaTable } from '../../../src/server/workbench/queries/schema.ts';
import { kqlName } from '../grid/values/kql-name.ts';

/** A row of the schema tree: something that a query can name, or a heading over some. */
export interface TreeNode {
  /** Unique in the tree, and the same tomorrow. */
  readonly id: string;
  readonly kind: 'group' | 'table' | 'column' | 'value' | 'function' | 'watchlist';
  readonly name: string;
  /** What is written into the query. */
  readonly insert: string;
  /** Beside the name, quiet: a type, a count. */
  readonly note: string;
  /** What is known of it, in words. */
  readonly about?: string;
  readonly children: readonly TreeNode[];
  /** Of a column: its table, of which values can be asked. */
  readonly table?: string;
}

/** The tree of what a query can name: tables with rows first, then functions and watchlists, then tables without rows. */
export function schemaTree({ tables, functions, watchlists }: SchemaAnswer): readonly TreeNode[] {
  const filled = tables.filter(({ rows }) => rows > 0);
  const empty = tables.filter(({ rows }) => rows === 0);
  const groups = [
    groupOf('tables', 'Tables', filled.map(tableNode)),
    groupOf(
      'functions',
      'Functions',
      functions.map(({ name, parameters, docString }) => ({
        id: `function ${name}`,
        kind: 'function',
        name,
        insert: `${kqlName(name)}()`,
        note: parameters === '()' ? '' : parameters,
        ...(docString && { about: docString }),
        children: [],
      })),
    ),
    groupOf(
      'watchlists',
      'Watchlists',
      watchlists.map(({ alias, columns }) => ({
        id: `watchlist ${alias}`,
        kind: 'watchlist',
        name: alias,
        insert: `_GetWatchlist(${JSON.stringify(alias)})`,
        note: '',
        children: columns.map(({ name, type }) => columnNode(`watchlist ${alias}`, name, type)),
      })),
    ),
    groupOf('empty', 'Tables without rows', empty.map(tableNode)),
  ];
  return groups.filter(({ children }) => children.length > 0);
}

const groupOf = (id: string, name: string, children: readonly TreeNode[]): TreeNode => ({
  id: `group ${id}`,
  kind: 'group',
  name,
  insert: '',
  note: String(children.length),
  children,
});

const tableNode = ({ name, rows, from, to, columns }: SchemaTable): TreeNode => ({
  id: `table ${name}`,
  kind: 'table',
  name,
  insert: kqlName(name),
  note: rows === 0 ? '' : compact(rows),
  about: rows === 0 ? 'No rows' : `${rows.toLocaleString('en')} rows${times(from, to)}`,
  children: columns.map((column) => ({
    ...columnNode(`table ${name}`, column.name, column.type),
    table: name,
    ...(column.holds !== undefined && { about: `Holds ${column.holds}` }),
  })),
});

const columnNode = (parent: string, name: string, type: string): TreeNode => ({
  id: `${parent} column ${name}`,
  kind: 'column',
  name,
  insert: kqlName(name),
  note: type,
  children: [],
});

const times = (from: string | null, to: string | null): string =>
  from && to ? `, ${from.slice(0, 10)} to ${to.slice(0, 10)}` : '';

const compact = (count: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(count);

/**
 * The tree with only what a search finds: names that have all its words. A table that is found keeps all its columns, one
 * with found columns only those.
 */
export function filterTree(nodes: readonly TreeNode[], search: string): readonly TreeNode[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return nodes;
  const found = (node: TreeNode): TreeNode[] => {
    const name = node.name.toLowerCase();
    if (node.kind !== 'group' && words.every((word) => name.includes(word))) return [node];
    const children = node.children.flatMap(found);
    return children.length > 0 ? [{ ...node, children }] : [];
  };
  return nodes.flatMap(found);
}

/** A row of the tree as it is drawn. */
export interface TreeRow {
  readonly node: TreeNode;
  /** 1 for the top. */
  readonly level: number;
  readonly isOpen: boolean;
  readonly parent: string | undefined;
  /** Its place among those beside it, from 1, and how many these are. */
  readonly place: number;
  readonly of: number;
}

/**
 * The rows that are seen while some nodes are open.
 *
 * @param more nodes below others that were asked for since, by the id of the node above
 */
export function rowsOf(
  nodes: readonly TreeNode[],
  isOpen: (node: TreeNode) => boolean,
  more: ReadonlyMap<string, readonly TreeNode[]> = new Map(),
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (siblings: readonly TreeNode[], level: number, parent: string | undefined): void => {
    for (const [at, node] of siblings.entries()) {
      const below = more.get(node.id) ?? node.children;
      const open = (below.length > 0 || node.table !== undefined) && isOpen(node);
      rows.push({ node, level, isOpen: open, parent, place: at + 1, of: siblings.length });
      if (open) add(below, level + 1, node.id);
    }
  };
  add(nodes, 1, undefined);
  return rows;
}

/** The longest value that is shown whole. */
const LONGEST_VALUE = 80;

/**
 * What a column holds most, as nodes below it; one that says why where there is nothing.
 *
 * @param wrong why the values could not be had
 */
export function valueNodes(
  column: TreeNode,
  values: readonly { readonly value: string; readonly count: number }[],
  wrong = 'No values',
): readonly TreeNode[] {
  const node = (name: string, insert: string, note: string): TreeNode => ({
    id: `${column.id} value ${name}`,
    kind: 'value',
    name,
    insert,
    note,
    children: [],
  });
  if (values.length === 0) return [node(wrong, '', '')];
  const isText = column.note === 'string' || column.note === 'dynamic' || column.note === 'guid';
  return values.map(({ value, count }) => {
    const shown = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
    return node(shown, isText ? JSON.stringify(value) : literal(column.note, value), compact(count));
  });
}

const literal = (type: string, value: string): string =>
  type === 'datetime' || type === 'timespan' ? `${type}(${value})` : value;
