import { useState } from 'react';
import * as Aria from 'react-aria-components';
import { type Action, useAllActions } from '../keys/index.ts';
import { classNames, Icon, Kbd, useRemembered } from '../ui/index.ts';
import css from './palette.module.css';
import { foundActions, idOf, usedNow } from './palette-search.ts';

/** Everything that can be done now, found by typing: Ctrl+K. */
export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Aria.ModalOverlay
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={classNames(css.veil)}
    >
      <Aria.Modal className={classNames(css.modal)}>
        <Aria.Dialog aria-label="Command palette" className={classNames(css.dialog)}>
          <Search onClose={onClose} />
        </Aria.Dialog>
      </Aria.Modal>
    </Aria.ModalOverlay>
  );
}

const readNames = (kept: unknown): string[] | undefined =>
  Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, 20) : undefined;

function Search({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [recent, setRecent] = useRemembered('palette.recent', readNames, []);
  const actions = useAllActions();
  const found = foundActions(actions, typed, recent);
  const use = (action: Action) => {
    setRecent(usedNow(recent, idOf(action)));
    onClose();
    // The dialog gives the focus back when it closes; what the action does with it comes after that.
    setTimeout(action.run, 0);
  };
  return (
    <Aria.Autocomplete inputValue={typed} onInputChange={setTyped}>
      <Aria.SearchField aria-label="What to do" autoFocus className={classNames(css.search)}>
        <Icon name="search" />
        <Aria.Input className={classNames(css.input)} placeholder="Go to a page, or do something" />
      </Aria.SearchField>
      <Aria.Menu
        aria-label="Actions"
        className={classNames(css.list)}
        items={found.map((action) => ({ id: idOf(action), action }))}
        renderEmptyState={() => <p className={css.none}>Nothing is called that here.</p>}
      >
        {({ id, action }) => (
          <Aria.MenuItem id={id} textValue={action.name} className={classNames(css.item)} onAction={() => use(action)}>
            <span className={css.name}>{action.name}</span>
            <span className={css.group}>{action.group}</span>
            {action.keys && <Kbd keys={action.keys} />}
          </Aria.MenuItem>
        )}
      </Aria.Menu>
    </Aria.Autocomplete>
  );
}
