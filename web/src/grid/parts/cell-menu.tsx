import { useRef } from 'react';
import * as Aria from 'react-aria-components';
import css from './panel.module.css';

/** A row of the menu over cells. */
export interface CellMenuRow {
  readonly name: string;
  /** Set as code: a line of KQL. */
  readonly isCode?: boolean;
  readonly keys?: string;
  readonly run: () => void;
}

export interface CellMenuGroup {
  readonly name: string;
  readonly rows: readonly CellMenuRow[];
}

interface CellMenuProps {
  /** Where it opens, in pixels of the window. */
  readonly x: number;
  readonly y: number;
  readonly groups: readonly CellMenuGroup[];
  readonly onClose: () => void;
}

/** What can be done with the selected cells, at the pointer or at the focused cell. */
export function CellMenu({ x, y, groups, onClose }: CellMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className={css.anchor} style={{ left: x, top: y }} />
      <Aria.Popover
        isOpen
        triggerRef={anchor}
        placement="bottom start"
        className={css.popover ?? ''}
        style={{ width: 'auto' }}
        onOpenChange={(open) => {
          if (!open) onClose();
        }}
      >
        <Aria.Menu aria-label="Cells" className={css.menu ?? ''} autoFocus="first" onClose={onClose}>
          {groups.map(({ name, rows }) => (
            <Aria.MenuSection key={name} aria-label={name}>
              <Aria.Header>{name}</Aria.Header>
              {rows.map((row) => (
                <Aria.MenuItem key={row.name} id={`${name}: ${row.name}`} textValue={row.name} onAction={row.run}>
                  <span className={row.isCode ? css.code : ''}>{row.name}</span>
                  {row.keys && <span className={css.keys}>{row.keys}</span>}
                </Aria.MenuItem>
              ))}
            </Aria.MenuSection>
          ))}
        </Aria.Menu>
      </Aria.Popover>
    </>
  );
}
