import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { classNames, Icon, IconButton, MoreMenu } from '../ui/index.ts';
import css from './tab-strip.module.css';
import type { Tabs } from './tabs.ts';

export interface TabStripProps {
  readonly tabs: Tabs;
  /** The element that shows the tab in front. */
  readonly panel: string;
  readonly isRunning: (id: string) => boolean;
  readonly onChoose: (id: string) => void;
  readonly onOpen: () => void;
  readonly onClose: (id: string) => void;
  readonly onCloseOthers: (id: string) => void;
  readonly onCopy: (id: string) => void;
  readonly onRename: (id: string, name: string) => void;
}

/**
 * The query tabs: arrow keys go through them, Delete closes one, F2 or a double click renames it; a middle click closes it
 * too, as in a browser.
 */
export function TabStrip(props: TabStripProps) {
  const { tabs, panel, isRunning, onChoose, onOpen, onClose } = props;
  const [renaming, setRenaming] = useState<string>();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const tab = list.current?.querySelector(`[data-tab="${tabs.active}"]`);
    tab?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tabs.active]);

  const choose = (id: string) => {
    onChoose(id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${id}"]`)?.focus();
  };
  const press = (event: KeyboardEvent, id: string) => {
    const ids = tabs.all.map((tab) => tab.id);
    const at = ids.indexOf(id);
    const goes: Readonly<Record<string, string | undefined>> = {
      ArrowLeft: ids.at(at - 1),
      ArrowRight: ids[(at + 1) % ids.length],
      Home: ids[0],
      End: ids.at(-1),
    };
    const next = goes[event.key];
    if (next !== undefined) choose(next);
    else if (event.key === 'Delete') onClose(id);
    else if (event.key === 'F2') setRenaming(id);
    else return;
    event.preventDefault();
  };

  return (
    <div className={css.bar}>
      <div ref={list} className={css.list} role="tablist" aria-label="Query tabs">
        {tabs.all.map(({ id, name }) =>
          renaming === id ? (
            <Rename
              key={id}
              name={name}
              onDone={(next) => {
                setRenaming(undefined);
                if (next !== undefined) props.onRename(id, next);
              }}
            />
          ) : (
            <div key={id} className={classNames(css.item, id === tabs.active && css.active)} role="presentation">
              <button
                type="button"
                role="tab"
                id={`hunt-tab-${id}`}
                data-tab={id}
                className={css.tab}
                aria-selected={id === tabs.active}
                {...(id === tabs.active && { 'aria-controls': panel })}
                tabIndex={id === tabs.active ? 0 : -1}
                title={name}
                onClick={() => onChoose(id)}
                onDoubleClick={() => setRenaming(id)}
                onAuxClick={({ button }) => button === 1 && onClose(id)}
                onKeyDown={(event) => press(event, id)}
              >
                {isRunning(id) && <span className={css.running} role="img" aria-label="runs" />}
                <span className={css.name}>{name}</span>
              </button>
              {/* for the pointer, as a list of tabs may hold nothing but tabs; Delete and the menu do the same */}
              <span className={css.close} aria-hidden="true" title={`Close ${name}`} onClick={() => onClose(id)}>
                <Icon name="close" size={12} />
              </span>
            </div>
          ),
        )}
      </div>
      <div className={css.tools}>
        <IconButton icon="plus" label="New tab" small onPress={onOpen} />
        <MoreMenu
          label="This tab"
          groups={[
            { id: 'rename', name: 'Rename', keys: 'F2', icon: 'edit', run: () => setRenaming(tabs.active) },
            { id: 'copy', name: 'Duplicate', icon: 'copy', run: () => props.onCopy(tabs.active) },
            { id: 'close', name: 'Close', keys: 'Delete', icon: 'close', run: () => onClose(tabs.active) },
            { id: 'others', name: 'Close the others', run: () => props.onCloseOthers(tabs.active) },
          ]}
        />
      </div>
    </div>
  );
}

function Rename({ name, onDone }: { readonly name: string; readonly onDone: (name?: string) => void }) {
  const [text, setText] = useState(name);
  return (
    <input
      className={css.rename}
      aria-label="Name of the tab"
      value={text}
      maxLength={120}
      // biome-ignore lint/a11y/noAutofocus: whoever asked to rename writes at once
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={() => onDone(text.trim() || undefined)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onDone(text.trim() || undefined);
        if (key === 'Escape') onDone();
      }}
    />
  );
}
