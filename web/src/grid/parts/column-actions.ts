import { type ShownColumn, stepColumn, toggled } from '../view/columns.ts';
import { setSort, toggleGrouping, type ViewState } from '../view/view-state.ts';
import type { ColumnAction } from './column-panel.tsx';

interface ColumnContext {
  readonly view: ViewState;
  readonly columns: readonly ShownColumn[];
  readonly onView: (change: (view: ViewState) => ViewState) => void;
  readonly onFit: (place: number) => void;
}

/** What can be done with a column beside filtering it. */
export function columnActions(place: number, { view, columns, onView, onFit }: ColumnContext): ColumnAction[] {
  const { layout } = view;
  const sorted = view.sort.find((by) => by.column === place);
  const onLayout = (change: (now: ViewState['layout']) => ViewState['layout']) =>
    onView((now) => ({ ...now, layout: change(now.layout) }));
  const sort = (descending: boolean) => () =>
    onView((now) => setSort(now, place, sorted?.descending === descending ? undefined : descending, false));
  return [
    { name: 'Ascending', icon: 'sortUp', isOn: sorted?.descending === false, run: sort(false) },
    { name: 'Descending', icon: 'sortDown', isOn: sorted?.descending === true, run: sort(true) },
    {
      name: 'Group',
      icon: 'group',
      isOn: view.groups.includes(place),
      run: () => onView((now) => toggleGrouping(now, place)),
    },
    {
      name: 'Pin',
      icon: 'pin',
      isOn: layout.pinned.has(place),
      run: () => onLayout((now) => ({ ...now, pinned: toggled(now.pinned, place, !now.pinned.has(place)) })),
    },
    {
      name: 'Hide',
      icon: 'close',
      run: () => onLayout((now) => ({ ...now, hidden: toggled(now.hidden, place, true) })),
    },
    { name: 'Fit', icon: 'expand', run: () => onFit(place) },
    { name: 'Left', icon: 'left', run: () => onLayout((now) => stepColumn(now, columns, place, -1)) },
    { name: 'Right', icon: 'right', run: () => onLayout((now) => stepColumn(now, columns, place, 1)) },
  ];
}
