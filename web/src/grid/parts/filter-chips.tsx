import { IconButton } from '../../ui/button.tsx';
import type { Column } from '../contract.ts';
import { visibleText } from '../values/hidden-characters.ts';
import type { ColumnFilter } from '../view/filter.ts';
import { setFilter, toggleGrouping, type ViewState } from '../view/view-state.ts';
import css from './table-view.module.css';

interface FilterChipsProps {
  readonly columns: readonly Column[];
  readonly view: ViewState;
  readonly onView: (change: (view: ViewState) => ViewState) => void;
}

/** What keeps rows from sight or puts them together, each to be taken away. */
export function FilterChips({ columns, view, onView }: FilterChipsProps) {
  const nameOf = (place: number) => visibleText(columns[place]?.name ?? '');
  return (
    <>
      {[...view.filters].map(([place, filter]) => (
        <Chip
          key={`filter ${place}`}
          text={`${nameOf(place)} ${wordsOf(filter)}`}
          onRemove={() => onView((now) => setFilter(now, place, {}))}
        />
      ))}
      {view.groups.map((place) => (
        <Chip
          key={`group ${place}`}
          text={`by ${nameOf(place)}`}
          onRemove={() => onView((now) => toggleGrouping(now, place))}
        />
      ))}
    </>
  );
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <span className={css.chip}>
      <span className={css.chipText} title={text}>
        {text}
      </span>
      <IconButton icon="close" small label={`Remove: ${text}`} onPress={onRemove} />
    </span>
  );
}

/** @example wordsOf({ text: 'pay', from: '5' }) // 'holds “pay”, from 5' */
export function wordsOf({ values, text, from, to }: ColumnFilter): string {
  const parts: string[] = [];
  if (values) parts.push(valueWords(values));
  if (text)
    parts.push(text.startsWith('!') ? `without “${visibleText(text.slice(1))}”` : `holds “${visibleText(text)}”`);
  if (from) parts.push(`from ${visibleText(from)}`);
  if (to) parts.push(`to ${visibleText(to)}`);
  return parts.join(', ');
}

function valueWords({ only, names }: NonNullable<ColumnFilter['values']>): string {
  const [first = ''] = names;
  const words =
    names.size === 1 ? visibleText(first === null ? 'null' : first.slice(0, 60) || '(empty)') : `${names.size} values`;
  return only ? `is ${words}` : `without ${words}`;
}
