import { useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { SearchField } from '../../ui/field.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { Cell, Column } from '../contract.ts';
import { cellText, isEmpty, shownText } from '../values/cell-text.ts';
import { visibleText } from '../values/hidden-characters.ts';
import { jsonOf } from '../values/json-in-text.ts';
import { filterChoices, jsonFilter } from '../values/kql-filter.ts';
import css from './detail.module.css';
import { JsonTree } from './json-tree.tsx';
import { VisibleText } from './visible-text.tsx';

export interface DetailPaneProps {
  readonly columns: readonly Column[];
  readonly cells: readonly Cell[];
  /** Its number in the table, from 1. */
  readonly number: number;
  /** The column whose cell was opened: it is brought into sight. */
  readonly place: number | undefined;
  readonly onStep: (by: 1 | -1) => void;
  /** Undefined: there is no text for it. */
  readonly onCopy: (text: string | undefined) => void;
  readonly onClose: () => void;
  readonly onAddFilter: ((fragment: string) => void) | undefined;
  readonly onOpenMessage: ((id: string) => void) | undefined;
}

/** All of one row, a column below the other; JSON as a tree. Addresses are text: nothing here can be followed. */
export function DetailPane({ columns, cells, number, place, onStep, onClose, ...actions }: DetailPaneProps) {
  const [search, setSearch] = useState('');
  const [withEmpty, setWithEmpty] = useState(false);
  const list = useRef<HTMLDListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again for another row or another cell of it
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [place, number]);
  const needle = search.toLowerCase();
  const listed = columns
    .map((column, at) => ({ column, at, cell: cells[at] }))
    .filter(({ cell }) => withEmpty || !isEmpty(cell))
    .filter(({ column, cell }) => `${column.name}\n${cellText(cell, column.type)}`.toLowerCase().includes(needle));
  const empty = columns.filter((_, at) => isEmpty(cells[at])).length;
  return (
    <section className={css.pane} aria-label={`Row ${number}`}>
      <header className={css.head}>
        <h2>Row {number.toLocaleString('en')}</h2>
        <IconButton icon="up" small label="Row before" keys="↑" onPress={() => onStep(-1)} />
        <IconButton icon="down" small label="Row after" keys="↓" onPress={() => onStep(1)} />
        <IconButton icon="copy" small label="Copy as JSON" onPress={() => actions.onCopy(rowJson(columns, cells))} />
        <IconButton icon="close" small label="Close" keys="Escape" onPress={onClose} />
      </header>
      <div className={css.tools}>
        <SearchField label="Search this row" placeholder="Search this row" value={search} onChange={setSearch} />
        {empty > 0 && (
          <Button look="quiet" small onPress={() => setWithEmpty(!withEmpty)}>
            {withEmpty ? 'Hide' : 'Show'} {empty} empty
          </Button>
        )}
      </div>
      <dl ref={list} className={css.list}>
        {listed.map(({ column, at, cell }) => (
          <Field key={at} column={column} cell={cell} current={at === place} {...actions} />
        ))}
      </dl>
    </section>
  );
}

type Actions = Pick<DetailPaneProps, 'onAddFilter' | 'onOpenMessage' | 'onCopy'>;

/** Characters of a text that are drawn at first. */
const DRAWN = 4_000;

interface FieldProps extends Actions {
  readonly column: Column;
  readonly cell: Cell;
  readonly current: boolean;
}

function Field({ column, cell, current, onAddFilter, onOpenMessage, onCopy }: FieldProps) {
  const [raw, setRaw] = useState(false);
  const json = jsonOf(cell, column.type);
  const filters = onAddFilter ? filterChoices(column, cell) : [];
  const filterOf =
    onAddFilter &&
    ((path: readonly (string | number)[], leaf: unknown) => {
      const fragment = jsonFilter(column, path, leaf);
      return fragment === undefined ? undefined : () => onAddFilter(fragment);
    });
  const name = visibleText(column.name);
  return (
    <>
      <dt aria-current={current}>
        <span className={css.name} title={column.type} data-current={current}>
          {name}
        </span>
        <span className={css.tool}>
          {json && (
            <IconButton
              icon={raw ? 'list' : 'code'}
              small
              label={raw ? 'As a tree' : 'As text'}
              onPress={() => setRaw(!raw)}
            />
          )}
          {column.name === 'NetworkMessageId' && onOpenMessage && !isEmpty(cell) && (
            <IconButton icon="open" small label="Open the message" onPress={() => onOpenMessage(String(cell))} />
          )}
          {filters.length > 0 && (
            <Menu
              label={`Add ${name} as filter`}
              placement="bottom end"
              groups={filters.map(({ label, fragment }) => ({
                id: label,
                name: clipped(fragment.replace('| where ', '')),
                run: () => onAddFilter?.(fragment),
              }))}
            >
              <IconButton icon="filter" small label={`Add ${name} as filter`} />
            </Menu>
          )}
          <IconButton icon="copy" small label={`Copy ${name}`} onPress={() => onCopy(cellText(cell, column.type))} />
        </span>
      </dt>
      <dd>
        {json && !raw ? (
          <JsonTree value={json.value} filterOf={filterOf} />
        ) : (
          <LongText text={json ? indented(json.value) : shownText(cell, column.type)} isNull={cell === null} />
        )}
      </dd>
    </>
  );
}

function LongText({ text, isNull }: { readonly text: string; readonly isNull: boolean }) {
  const [most, setMost] = useState(DRAWN);
  if (text === '') return <span className={css.size}>{isNull ? 'null' : '(empty)'}</span>;
  return (
    <div className={css.text}>
      {text
        .slice(0, most)
        .split('\n')
        .map((line, i, lines) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move
          <div key={i}>
            <VisibleText text={i < lines.length - 1 && line === '' ? ' ' : line} />
          </div>
        ))}
      {text.length > most && (
        <button type="button" className={css.more} onClick={() => setMost(most * 20)}>
          {(text.length - most).toLocaleString('en')} characters more …
        </button>
      )}
    </div>
  );
}

const clipped = (text: string): string => (text.length > 90 ? `${text.slice(0, 90)}…` : text);

const indented = (value: object): string => {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return cellText(value, 'dynamic');
  }
};

function rowJson(columns: readonly Column[], cells: readonly Cell[]): string | undefined {
  const member = ({ name }: Column, place: number) =>
    `  ${JSON.stringify(name)}: ${JSON.stringify(cells[place] ?? null)}`;
  try {
    return `{\n${columns.map(member).join(',\n')}\n}`;
  } catch {
    return undefined;
  }
}
