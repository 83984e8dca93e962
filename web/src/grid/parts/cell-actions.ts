import type { Cell, Column } from '../contract.ts';
import { isEmpty } from '../values/cell-text.ts';
import { visibleText } from '../values/hidden-characters.ts';
import { filterChoices, listFilter } from '../values/kql-filter.ts';
import { asDatatable, asTabs, MOST_COPIED } from '../view/copied.ts';
import { valueName } from '../view/filter.ts';
import type { Selected } from '../view/selection.ts';
import { setFilter, type ViewState } from '../view/view-state.ts';
import type { CellMenuGroup, CellMenuRow } from './cell-menu.tsx';

/** What the actions over cells need of the view. */
export interface CellContext {
  readonly selected: Selected;
  readonly columns: readonly Column[];
  readonly onCopy: (text: string | undefined) => void;
  readonly onDetails: () => void;
  readonly onView: (change: (view: ViewState) => ViewState) => void;
  readonly onAddFilter: ((fragment: string) => void) | undefined;
  readonly onOpenMessage: ((id: string) => void) | undefined;
}

/** The menu over the selected cells. */
export function cellActions(context: CellContext): CellMenuGroup[] {
  return [
    { name: 'Cells', rows: copies(context) },
    { name: 'Add as filter to the query', rows: queryFilters(context) },
    { name: 'Filter this grid', rows: gridFilters(context) },
  ].filter(({ rows }) => rows.length > 0);
}

/** Selected cells as text. Undefined where they are too many, or no table of KQL can hold them. */
export function copiedText(selected: Selected, form: 'tabs' | 'heads' | 'datatable'): string | undefined {
  if (selected.rows.length * selected.columns.length > MOST_COPIED) return undefined;
  return form === 'datatable' ? asDatatable(selected) : asTabs(selected, form === 'heads');
}

function copies({ selected, onCopy, onDetails, onOpenMessage }: CellContext): CellMenuRow[] {
  const message = messageId(selected);
  return [
    { name: 'Copy', keys: 'Ctrl+C', run: () => onCopy(copiedText(selected, 'tabs')) },
    { name: 'Copy with headings', keys: 'Ctrl+Shift+C', run: () => onCopy(copiedText(selected, 'heads')) },
    { name: 'Copy as a KQL datatable', run: () => onCopy(copiedText(selected, 'datatable')) },
    { name: 'Show the whole row', keys: 'Enter', run: onDetails },
    ...(message && onOpenMessage ? [{ name: 'Open the message', run: () => onOpenMessage(message) }] : []),
  ];
}

function messageId({ rows, columns }: Selected): string | undefined {
  const place = columns.find(({ name }) => name === 'NetworkMessageId')?.place;
  const cell = place === undefined ? undefined : rows[0]?.[place];
  return rows.length === 1 && typeof cell === 'string' && cell !== '' ? cell : undefined;
}

function queryFilters({ selected, columns, onAddFilter }: CellContext): CellMenuRow[] {
  const one = oneColumn(selected);
  if (!onAddFilter || !one) return [];
  const column = columns[one.place]!;
  const fragments =
    one.cells.length === 1
      ? filterChoices(column, one.cells[0]).map(({ fragment }) => fragment)
      : [listFilter(column, one.cells, true), listFilter(column, one.cells, false)];
  return fragments
    .filter((fragment) => fragment !== undefined)
    .map((fragment) => ({ name: clipped(fragment.slice(2)), isCode: true, run: () => onAddFilter(fragment) }));
}

function gridFilters({ selected, columns, onView }: CellContext): CellMenuRow[] {
  const one = oneColumn(selected);
  if (!one) return [];
  const names = new Set(one.cells.map((cell) => valueName(cell, columns[one.place]!.type)));
  const word = names.size > 1 ? `these ${names.size} values` : isEmpty(one.cells[0]) ? 'empty ones' : 'this value';
  const filtered = (only: boolean) => () => onView((view) => setFilter(view, one.place, { values: { only, names } }));
  return [
    { name: `Only ${word}`, run: filtered(true) },
    { name: `Without ${word}`, run: filtered(false) },
  ];
}

const oneColumn = ({
  rows,
  columns,
}: Selected): { readonly place: number; readonly cells: readonly Cell[] } | undefined => {
  const place = columns.length === 1 ? columns[0]!.place : undefined;
  return place === undefined || rows.length === 0 ? undefined : { place, cells: rows.map((row) => row[place]) };
};

const clipped = (text: string): string => visibleText(text.length > 120 ? `${text.slice(0, 120)}…` : text);
