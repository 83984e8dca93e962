import { useEffect, useMemo, useState } from 'react';
import * as Aria from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import { Checkbox, SearchField, TextField } from '../../ui/field.tsx';
import type { IconName } from '../../ui/icon.tsx';
import type { Cell, Column } from '../contract.ts';
import { shownText } from '../values/cell-text.ts';
import { visibleText } from '../values/hidden-characters.ts';
import { type DistinctValues, distinctValues } from '../view/distinct-values.ts';
import { type ColumnFilter, hasRange, rangeEnd, type ValueName } from '../view/filter.ts';
import { paceOf } from '../view/paced.ts';
import css from './panel.module.css';

/** Something to do with a column. */
export interface ColumnAction {
  readonly name: string;
  readonly icon: IconName;
  readonly isOn?: boolean;
  readonly run: () => void;
}

interface ColumnPanelProps {
  readonly beside: HTMLElement;
  readonly column: Column;
  readonly place: number;
  readonly rows: readonly (readonly Cell[])[];
  readonly actions: readonly ColumnAction[];
  readonly filter: ColumnFilter;
  readonly onFilter: (filter: ColumnFilter) => void;
  readonly onClose: () => void;
}

/** Everything that can be done with a column, beside its heading: order, place, and what of its values is shown. */
export function ColumnPanel({ beside, column, actions, filter, onFilter, onClose, ...rest }: ColumnPanelProps) {
  const anchor = useMemo(() => ({ current: beside }), [beside]);
  return (
    <Aria.Popover
      isOpen
      triggerRef={anchor}
      placement="bottom start"
      offset={2}
      className={css.popover ?? ''}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Aria.Dialog aria-label={`Column ${visibleText(column.name)}`} className={css.panel ?? ''}>
        <p className={css.title}>
          {visibleText(column.name)} <span>{column.type}</span>
        </p>
        <div className={css.actions}>
          {actions.map(({ name, icon, isOn, run }) => (
            <Button
              key={name}
              look="quiet"
              small
              icon={isOn ? 'check' : icon}
              onPress={() => {
                run();
                onClose();
              }}
            >
              {name}
            </Button>
          ))}
        </div>
        <TextField
          label="Holds the text"
          hint="with ! before it: does not hold"
          value={filter.text ?? ''}
          onChange={(text) => onFilter({ ...filter, text })}
        />
        {hasRange(column.type) && <Range column={column} filter={filter} onFilter={onFilter} />}
        <Values column={column} filter={filter} onFilter={onFilter} {...rest} />
      </Aria.Dialog>
    </Aria.Popover>
  );
}

const EXAMPLES: Readonly<Record<string, string>> = { datetime: '2026-07-18 14:00', timespan: '00:05:00' };

function Range({ column, filter, onFilter }: Pick<ColumnPanelProps, 'column' | 'filter' | 'onFilter'>) {
  const end = (side: 'from' | 'to', label: string) => {
    const text = filter[side] ?? '';
    const wrong = text.trim() !== '' && rangeEnd(text, column.type, side === 'to') === undefined;
    return (
      <TextField
        label={label}
        value={text}
        placeholder={EXAMPLES[column.type] ?? ''}
        error={wrong ? `no ${column.type}` : undefined}
        onChange={(value) => onFilter({ ...filter, [side]: value })}
      />
    );
  };
  return (
    <div className={css.range}>
      {end('from', 'From')}
      {end('to', 'To')}
    </div>
  );
}

/** Values in the list at most; the search finds the others. */
const LISTED = 100;

type ValuesProps = Pick<ColumnPanelProps, 'column' | 'place' | 'rows' | 'filter' | 'onFilter'>;

/** The list of values to tick, the commonest first. Counts are of all rows. */
function Values({ column, place, rows, filter, onFilter }: ValuesProps) {
  const [search, setSearch] = useState('');
  const found = useDistinct(rows, place, column);
  if (!found) return <p className={css.quiet}>Counting values …</p>;
  const needle = search.toLowerCase();
  const matching = found.values.filter(({ name }) => textOf(name, column).toLowerCase().includes(needle));
  const isShown = (name: ValueName) => !filter.values || filter.values.names.has(name) === filter.values.only;
  const names = matching.map(({ name }) => name);
  return (
    <fieldset className={css.values}>
      <legend>
        {found.more ? 'more than ' : ''}
        {found.values.length.toLocaleString('en')} values
      </legend>
      <SearchField label="Search values" placeholder="Search values" value={search} onChange={setSearch} />
      <div className={css.actions}>
        <Button look="quiet" small onPress={() => onFilter(withValues(filter, undefined))}>
          All
        </Button>
        <Button
          look="quiet"
          small
          onPress={() => onFilter(withValues(filter, { only: true, names: new Set(search ? names : []) }))}
        >
          {search ? 'Only these' : 'None'}
        </Button>
      </div>
      <div className={css.list}>
        {matching.slice(0, LISTED).map(({ name, count }) => (
          <div key={name ?? '\0null'} className={css.value}>
            <Checkbox
              label={textOf(name, column)}
              isSelected={isShown(name)}
              onChange={(shown) => onFilter(withValues(filter, ticked(filter, name, shown)))}
            />
            <span className={css.count}>{count.toLocaleString('en')}</span>
          </div>
        ))}
        {matching.length > LISTED && (
          <p className={css.quiet}>{(matching.length - LISTED).toLocaleString('en')} more: search for them.</p>
        )}
        {matching.length === 0 && <p className={css.quiet}>No such value.</p>}
      </div>
    </fieldset>
  );
}

const textOf = (name: ValueName, column: Column): string =>
  name === null ? 'null' : name === '' ? '(empty)' : visibleText(shownText(name.slice(0, 200), column.type));

const withValues = ({ values: _, ...filter }: ColumnFilter, values: ColumnFilter['values']): ColumnFilter => ({
  ...filter,
  ...(values && { values }),
});

function ticked({ values }: ColumnFilter, name: ValueName, shown: boolean): NonNullable<ColumnFilter['values']> {
  const only = values?.only ?? false;
  const names = new Set(values?.names);
  if (shown === only) names.add(name);
  else names.delete(name);
  return { only, names };
}

function useDistinct(rows: readonly (readonly Cell[])[], place: number, column: Column): DistinctValues | undefined {
  const [found, setFound] = useState<DistinctValues>();
  useEffect(() => {
    const giveUp = new AbortController();
    distinctValues(rows, rows.keys(), { column: place, type: column.type }, paceOf(giveUp.signal)).then(
      setFound,
      (error: unknown) => {
        if (!giveUp.signal.aborted) throw error;
      },
    );
    return () => giveUp.abort();
  }, [rows, place, column.type]);
  return found;
}
