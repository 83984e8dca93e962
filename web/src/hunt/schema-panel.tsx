import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { ColumnValues } from '../../../src/server/workbench/queries/column-values.ts';
import { getJson } from '../api/call.ts';
import { classNames, FailureNotice, Icon, IconButton, type IconName, SearchField, Spinner } from '../ui/index.ts';
import css from './schema-panel.module.css';
import { filterTree, rowsOf, schemaTree, type TreeNode, type TreeRow, valueNodes } from './schema-tree.ts';
import type { SchemaState } from './use-schema.ts';

const ROW = 26;

const icons: Readonly<Partial<Record<TreeNode['kind'], IconName>>> = {
  table: 'table',
  function: 'code',
  watchlist: 'list',
};

export interface SchemaPanelProps extends SchemaState {
  /** Writes into the query. */
  readonly onInsert: (text: string) => void;
}

/** What queries can name, as a tree: arrows and letters go through it, Enter or a double click writes a name into the query. */
export function SchemaPanel({ schema, error, refresh, onInsert }: SchemaPanelProps) {
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set(['group tables']));
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [values, setValues] = useState<ReadonlyMap<string, readonly TreeNode[]>>(new Map());
  const tree = useMemo(() => (schema ? schemaTree(schema) : []), [schema]);
  const shown = useMemo(() => filterTree(tree, search), [tree, search]);
  const rows = useMemo(() => {
    const isSearch = search.trim() !== '';
    // a search opens what holds its finds, not the tables that it finds themselves
    const isOpen = (node: TreeNode) =>
      isSearch && (node.kind === 'group' || isPart(node, tree)) ? !closed.has(node.id) : opened.has(node.id);
    return rowsOf(shown, isOpen, values);
  }, [shown, search, opened, closed, values, tree]);

  const toggle = (row: TreeRow) => {
    const { id } = row.node;
    setOpened((now) => withOrWithout(now, id, !row.isOpen));
    setClosed((now) => withOrWithout(now, id, row.isOpen));
    if (!row.isOpen && row.node.table !== undefined && !values.has(id)) void askValues(row.node, setValues);
  };

  return (
    <section className={css.panel} aria-label="Schema" data-region tabIndex={-1}>
      <div className={css.head}>
        <SearchField
          label="Find a table or column"
          placeholder="Find a table or column"
          value={search}
          onChange={setSearch}
        />
        <IconButton icon="refresh" label="Count again" small onPress={refresh} />
      </div>
      {error !== undefined && <FailureNotice error={error} />}
      {!schema && error === undefined && (
        <div className={css.wait}>
          <Spinner label="Loading the schema" />
        </div>
      )}
      {schema && rows.length === 0 && <p className={css.none}>Nothing has that name.</p>}
      {rows.length > 0 && <Tree rows={rows} onToggle={toggle} onInsert={onInsert} />}
    </section>
  );
}

/** True for a table of which a search has left only some columns. */
const isPart = (node: TreeNode, tree: readonly TreeNode[]): boolean =>
  tree.some(({ children }) =>
    children.some(({ id, children: all }) => id === node.id && all.length > node.children.length),
  );

const withOrWithout = (set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> => {
  const next = new Set(set);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
};

type SetValues = (
  change: (now: ReadonlyMap<string, readonly TreeNode[]>) => ReadonlyMap<string, readonly TreeNode[]>,
) => void;

async function askValues(column: TreeNode, setValues: SetValues): Promise<void> {
  const put = (nodes: readonly TreeNode[]) => setValues((now) => new Map([...now, [column.id, nodes]]));
  const path = `/api/v1/schema/${encodeURIComponent(column.table ?? '')}/${encodeURIComponent(column.name)}/values`;
  try {
    put(valueNodes(column, (await getJson<ColumnValues>(path)).values));
  } catch (error) {
    put(valueNodes(column, [], error instanceof Error ? error.message : String(error)));
  }
}

interface TreeProps {
  readonly rows: readonly TreeRow[];
  readonly onToggle: (row: TreeRow) => void;
  readonly onInsert: (text: string) => void;
}

function Tree({ rows, onToggle, onInsert }: TreeProps) {
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  const at = Math.max(
    0,
    rows.findIndex(({ node }) => node.id === focused),
  );
  const typed = useRef({ text: '', at: 0 });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });

  const go = (index: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (!row) return;
    setFocused(row.node.id);
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const insert = ({ node }: TreeRow) => node.insert !== '' && onInsert(node.insert);
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = keys[event.key];
    if (step) step({ row, at, rows, go, toggle: () => onToggle(row), insert: () => insert(row) });
    else if (event.key.length === 1 && event.key !== ' ') go(nextTyped(rows, at, event, typed.current));
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={box}
      className={css.tree}
      role="tree"
      aria-label="Tables, functions and watchlists"
      aria-activedescendant={rows[at] && rowId(at)}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className={css.space} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <Row
              key={row.node.id}
              row={row}
              index={index}
              top={start}
              isFocused={index === at}
              onPress={() => {
                setFocused(row.node.id);
                onToggle(row);
              }}
              onInsert={() => insert(row)}
            />
          );
        })}
      </div>
    </div>
  );
}

const rowId = (index: number): string => `schema-row-${index}`;

interface Step {
  readonly row: TreeRow;
  readonly at: number;
  readonly rows: readonly TreeRow[];
  readonly go: (index: number) => void;
  readonly toggle: () => void;
  readonly insert: () => void;
}

const canOpen = ({ node }: TreeRow): boolean => node.children.length > 0 || node.table !== undefined;

/** The keys of a tree (ARIA Authoring Practices). */
const keys: Readonly<Record<string, (step: Step) => void>> = {
  ArrowDown: ({ at, go }) => go(at + 1),
  ArrowUp: ({ at, go }) => go(at - 1),
  Home: ({ go }) => go(0),
  End: ({ rows, go }) => go(rows.length - 1),
  ArrowRight: ({ row, at, go, toggle }) => {
    if (!canOpen(row)) return;
    if (row.isOpen) go(at + 1);
    else toggle();
  },
  ArrowLeft: ({ row, rows, go, toggle }) => {
    if (row.isOpen) toggle();
    else if (row.parent !== undefined) go(rows.findIndex(({ node }) => node.id === row.parent));
  },
  Enter: ({ row, toggle, insert }) => (row.node.insert === '' ? toggle() : insert()),
  ' ': ({ row, toggle }) => canOpen(row) && toggle(),
};

/** Letters typed one soon after the other are the beginning of a name. */
function nextTyped(
  rows: readonly TreeRow[],
  at: number,
  { key, timeStamp }: { readonly key: string; readonly timeStamp: number },
  typed: { text: string; at: number },
): number {
  typed.text = timeStamp - typed.at < 800 ? typed.text + key.toLowerCase() : key.toLowerCase();
  typed.at = timeStamp;
  const from = typed.text.length === 1 ? at + 1 : at;
  const order = [...rows.keys()].map((index) => (index + from) % rows.length);
  return order.find((index) => rows[index]?.node.name.toLowerCase().startsWith(typed.text)) ?? at;
}

interface RowProps {
  readonly row: TreeRow;
  readonly index: number;
  readonly top: number;
  readonly isFocused: boolean;
  readonly onPress: () => void;
  readonly onInsert: () => void;
}

function Row({ row, index, top, isFocused, onPress, onInsert }: RowProps) {
  const { node, level, isOpen, place, of } = row;
  const { kind, name, note, about, insert } = node;
  const icon = icons[kind];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and says which row is meant
    <div
      id={rowId(index)}
      role="treeitem"
      className={classNames(css.row, css[kind], isFocused && css.focused)}
      style={{ transform: `translateY(${top}px)`, '--level': level } as React.CSSProperties}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={of}
      aria-selected={isFocused}
      {...(canOpen(row) && { 'aria-expanded': isOpen })}
      title={[about, insert && 'Enter or a double click writes it into the query'].filter(Boolean).join('\n')}
      onClick={onPress}
      onDoubleClick={onInsert}
    >
      <span className={css.arrow}>{canOpen(row) && <Icon name={isOpen ? 'down' : 'right'} size={12} />}</span>
      {icon && <Icon name={icon} size={14} />}
      <span className={css.name}>{name}</span> <span className={css.note}>{note}</span>
    </div>
  );
}
