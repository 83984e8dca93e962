import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { parseSearch } from '../../../../src/server/workbench/messages/search/parse-search.ts';
import { Icon, IconButton } from '../../ui/index.ts';
import css from './search-box.module.css';
import { SearchHelp } from './search-help.tsx';
import { type Suggestion, suggestionsAt, withSuggestion } from './suggestions.ts';

export interface SearchBoxProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Enter: the search is to be made. */
  readonly onSearch: (text: string) => void;
}

/** The words of the search, with what may stand at the caret, and what is wrong as it is typed. `/` leads here. */
export function SearchBox({ text, onText, onSearch }: SearchBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(text.length);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const found = useMemo(() => suggestionsAt(text, caret), [text, caret]);
  const { problems } = useMemo(() => parseSearch(text), [text]);
  const shown = isOpen ? found.all : [];
  // While a word is being written it is not wrong yet.
  const problem = problems.find(({ place }) => caret > place.start + place.length || !isOpen);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, other suggestions
  useEffect(() => setChosen(-1), [text]);

  const take = (suggestion: Suggestion) => {
    const next = withSuggestion(text, found, suggestion);
    onText(next.text);
    setCaret(next.caret);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
    input.current?.focus();
  };
  const move = (event: KeyboardEvent, step: number) => {
    if (found.all.length === 0) return;
    event.preventDefault();
    setOpen(true);
    setChosen(
      (before) => (before < 0 && step < 0 ? found.all.length - 1 : before + step + found.all.length) % found.all.length,
    );
  };
  const confirm = () => {
    const suggestion = shown[chosen];
    if (suggestion) {
      take(suggestion);
      return;
    }
    setOpen(false);
    onSearch(text);
  };
  const leave = (event: KeyboardEvent) => {
    if (shown.length > 0) event.stopPropagation();
    else input.current?.blur();
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(event, 1);
    else if (event.key === 'ArrowUp') move(event, -1);
    else if (event.key === 'Enter') confirm();
    else if (event.key === 'Escape') leave(event);
  };
  return (
    <search className={css.search}>
      <div className={css.box} data-invalid={problem ? '' : undefined}>
        <Icon name="search" size={14} />
        <input
          ref={input}
          id="message-search"
          className={css.input}
          type="text"
          role="combobox"
          aria-label="Search messages"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-describedby={problem ? `${id}-problem` : undefined}
          aria-invalid={problem !== undefined}
          {...(shown[chosen] && { 'aria-activedescendant': `${id}-${chosen}` })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={2000}
          placeholder="from:anna auth:dmarc=fail clicked:yes"
          value={text}
          onChange={({ target }) => {
            onText(target.value);
            setCaret(target.selectionStart ?? target.value.length);
            setOpen(true);
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
          onKeyDown={press}
          onBlur={() => setOpen(false)}
        />
        {text !== '' && (
          <IconButton
            icon="close"
            label="Clear the search"
            small
            onPress={() => {
              onText('');
              onSearch('');
            }}
          />
        )}
        <SearchHelp onTake={(example) => onText(`${text}${text === '' || text.endsWith(' ') ? '' : ' '}${example}`)} />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Suggestions"
        tabIndex={-1}
        className={css.list}
        hidden={shown.length === 0}
      >
        {shown.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys (ARIA combobox)
          <div
            key={suggestion.text}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={css.option}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(suggestion)}
          >
            <code>{suggestion.text}</code>
            <span>{suggestion.hint}</span>
          </div>
        ))}
      </div>
      <p id={`${id}-problem`} className={css.problem} aria-live="polite">
        {problem?.message}
      </p>
    </search>
  );
}

/** Puts the caret into the search box. */
export const focusSearch = (): void => document.getElementById('message-search')?.focus();
