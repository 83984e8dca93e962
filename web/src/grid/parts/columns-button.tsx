import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox, SearchField, Switch } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { Column } from '../contract.ts';
import { visibleText } from '../values/hidden-characters.ts';
import { type Layout, moveColumn, toggled } from '../view/columns.ts';
import css from './panel.module.css';

/** Columns in the list at most; the search finds the others. */
const LISTED = 120;

interface ColumnsButtonProps {
  readonly columns: readonly Column[];
  readonly layout: Layout;
  readonly empty: ReadonlySet<number>;
  readonly onLayout: (layout: Layout) => void;
}

/** Picks, orders and pins columns. */
export function ColumnsButton({ columns, layout, empty, onLayout }: ColumnsButtonProps) {
  const [search, setSearch] = useState('');
  const needle = search.toLowerCase();
  const listed = layout.order.filter((place) => columns[place]!.name.toLowerCase().includes(needle));
  const step = (place: number, by: 1 | -1) => {
    const neighbour = listed[listed.indexOf(place) + by];
    if (neighbour !== undefined) onLayout(moveColumn(layout, place, neighbour));
  };
  return (
    <Popover label="Columns" trigger={<IconButton icon="columns" label="Columns" small />} placement="bottom end">
      <div className={css.values}>
        <SearchField label="Search columns" placeholder="Search columns" value={search} onChange={setSearch} />
        <div className={css.actions}>
          <Button look="quiet" small onPress={() => onLayout({ ...layout, hidden: new Set() })}>
            All
          </Button>
          <Button look="quiet" small onPress={() => onLayout({ ...layout, hidden: new Set(layout.order) })}>
            None
          </Button>
        </div>
        <Switch
          label={`Hide empty columns (${empty.size})`}
          isSelected={layout.hideEmpty}
          onChange={(hideEmpty) => onLayout({ ...layout, hideEmpty })}
        />
        <div className={css.list}>
          {listed.slice(0, LISTED).map((place) => (
            <div key={place} className={css.columnRow}>
              <Checkbox
                label={visibleText(columns[place]!.name)}
                isSelected={!layout.hidden.has(place)}
                onChange={(visible) => onLayout({ ...layout, hidden: toggled(layout.hidden, place, !visible) })}
              />
              <IconButton
                icon="pin"
                small
                label={layout.pinned.has(place) ? 'Unpin' : 'Pin to the left'}
                look={layout.pinned.has(place) ? 'plain' : 'quiet'}
                onPress={() =>
                  onLayout({ ...layout, pinned: toggled(layout.pinned, place, !layout.pinned.has(place)) })
                }
              />
              <IconButton icon="up" small label="Further left" onPress={() => step(place, -1)} />
              <IconButton icon="down" small label="Further right" onPress={() => step(place, 1)} />
            </div>
          ))}
          {listed.length > LISTED && <p className={css.quiet}>{listed.length - LISTED} more: search for them.</p>}
        </div>
      </div>
    </Popover>
  );
}
