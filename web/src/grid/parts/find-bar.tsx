import { IconButton } from '../../ui/button.tsx';
import { SearchField } from '../../ui/field.tsx';
import { type Found, MOST_PLACES } from '../view/find.ts';
import css from './table-view.module.css';

interface FindBarProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly found: Found | undefined;
  /** Which match was gone to, from 0. */
  readonly at: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** Finds a text in the cells shown: Enter goes on, Shift+Enter back, Escape ends. */
export function FindBar({ text, onText, found, at, onStep, onClose }: FindBarProps) {
  const count = found?.places.length ?? 0;
  return (
    <search
      className={css.find}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
        else if (event.key === 'Escape' && text === '') onClose();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <SearchField
        label="Find in the result"
        placeholder="Find in the result"
        value={text}
        onChange={onText}
        autoFocus
      />
      <span className={css.findCount} role="status">
        {text === '' || !found
          ? ''
          : count === 0
            ? 'not found'
            : `${at + 1} of ${found.more ? `more than ${MOST_PLACES}` : count}`}
      </span>
      <IconButton
        icon="up"
        small
        label="Match before"
        keys="Shift+Enter"
        isDisabled={count === 0}
        onPress={() => onStep(-1)}
      />
      <IconButton
        icon="down"
        small
        label="Next match"
        keys="Enter"
        isDisabled={count === 0}
        onPress={() => onStep(1)}
      />
      <IconButton icon="close" small label="End the search" keys="Escape" onPress={onClose} />
    </search>
  );
}
