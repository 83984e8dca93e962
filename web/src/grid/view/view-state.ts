import type { Column } from '../contract.ts';
import { type Layout, layoutOf, toggled } from './columns.ts';
import type { ColumnFilter, Filters } from './filter.ts';
import { MOST_GROUPINGS } from './group.ts';
import type { SortBy } from './sort.ts';

/** How a person looks at one table. */
export interface ViewState {
  readonly sort: readonly SortBy[];
  readonly filters: Filters;
  readonly groups: readonly number[];
  /** Groups that were opened or closed against `allOpen`. */
  readonly turned: ReadonlySet<string>;
  readonly allOpen: boolean;
  readonly layout: Layout;
}

/** Columns that the rows are sorted by at the same time. */
const MOST_SORTS = 5;

export const viewStateOf = (columns: readonly Column[]): ViewState => ({
  sort: [],
  filters: new Map(),
  groups: [],
  turned: new Set(),
  allOpen: false,
  layout: layoutOf(columns),
});

/** Up, down, not at all. `add` keeps the other columns that the rows are sorted by. */
export function cycleSort(state: ViewState, column: number, add: boolean): ViewState {
  const now = state.sort.find((by) => by.column === column);
  return setSort(state, column, now === undefined ? false : now.descending ? undefined : true, add);
}

/** Sorts by a column; `descending` undefined: no longer. */
export function setSort(state: ViewState, column: number, descending: boolean | undefined, add: boolean): ViewState {
  const others = add ? state.sort.filter((by) => by.column !== column) : [];
  const sort = descending === undefined ? others : [...others, { column, descending }];
  return { ...state, sort: sort.slice(-MOST_SORTS) };
}

/** Sets a column's filter, or takes it away where it says nothing. */
export function setFilter(state: ViewState, column: number, filter: ColumnFilter): ViewState {
  const filters = new Map(state.filters);
  if (saysSomething(filter)) filters.set(column, filter);
  else filters.delete(column);
  return { ...state, filters };
}

const saysSomething = ({ values, text, from, to }: ColumnFilter): boolean =>
  Boolean(text || from || to || (values && (values.only || values.names.size > 0)));

/** Groups by a column, or no longer. */
export function toggleGrouping(state: ViewState, column: number): ViewState {
  const groups = state.groups.includes(column)
    ? state.groups.filter((other) => other !== column)
    : [...state.groups, column].slice(0, MOST_GROUPINGS);
  return { ...state, groups, turned: new Set() };
}

/** Opens or closes one group. */
export const toggleGroup = (state: ViewState, path: string): ViewState => ({
  ...state,
  turned: toggled(state.turned, path, !state.turned.has(path)),
});

export const openAll = (state: ViewState, open: boolean): ViewState => ({ ...state, allOpen: open, turned: new Set() });

export const isOpen = ({ allOpen, turned }: ViewState, path: string): boolean => turned.has(path) !== allOpen;
