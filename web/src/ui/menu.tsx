import type { ReactElement } from 'react';
import * as Aria from 'react-aria-components';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import css from './menu.module.css';

/** A row of a menu. */
export interface MenuRow {
  readonly id: string;
  readonly name: string;
  readonly icon?: IconName;
  readonly hint?: string;
  readonly keys?: string;
  readonly danger?: boolean;
  readonly isDisabled?: boolean;
  /** Goes there instead of calling `run`. */
  readonly href?: string;
  readonly run?: () => void;
}

/** Rows under a heading. */
export interface MenuGroup {
  readonly name: string;
  readonly rows: readonly MenuRow[];
}

export interface MenuProps {
  /** What the menu is, for a screen reader. */
  readonly label: string;
  readonly groups: readonly MenuGroup[] | readonly MenuRow[];
  /** What opens it: a button of this folder. */
  readonly children: ReactElement;
  readonly placement?: Aria.PopoverProps['placement'];
  /** The row that is in force, marked. */
  readonly chosen?: string;
}

/**
 * A menu that a button opens.
 *
 * @example <Menu label="Export" groups={[{ id: 'csv', name: 'CSV', run: toCsv }]}><Button>Export</Button></Menu>
 */
export function Menu({ label, groups, children, placement = 'bottom start', chosen }: MenuProps) {
  const selection = chosen === undefined ? {} : { selectionMode: 'single' as const, selectedKeys: [chosen] };
  return (
    <Aria.MenuTrigger>
      {children}
      <Aria.Popover className={classNames(css.popover)} placement={placement} offset={4}>
        <Aria.Menu aria-label={label} className={classNames(css.list)} {...selection}>
          {groups.map((group) =>
            'rows' in group ? (
              <Aria.MenuSection key={group.name}>
                <Aria.Header className={classNames(css.section)}>{group.name}</Aria.Header>
                {group.rows.map(rowOf)}
              </Aria.MenuSection>
            ) : (
              rowOf(group)
            ),
          )}
        </Aria.Menu>
      </Aria.Popover>
    </Aria.MenuTrigger>
  );
}

const rowOf = ({ id, name, icon, hint, keys, danger, isDisabled, href, run }: MenuRow) => (
  <Aria.MenuItem
    key={id}
    id={id}
    textValue={name}
    className={classNames(css.item, danger && css.danger)}
    {...(isDisabled && { isDisabled })}
    {...(href && { href })}
    {...(run && { onAction: run })}
  >
    {icon && <Icon name={icon} />}
    <span className={css.words}>
      <Aria.Text slot="label">{name}</Aria.Text>
      {hint && (
        <Aria.Text slot="description" className={classNames(css.hint)}>
          {hint}
        </Aria.Text>
      )}
    </span>
    {keys && <Kbd keys={keys} />}
  </Aria.MenuItem>
);

/** A menu behind three dots, for what a row or a bar has no place for. */
export const MoreMenu = ({ label, small = true, ...rest }: Omit<MenuProps, 'children'> & { small?: boolean }) => (
  <Menu {...rest} label={label} placement="bottom end">
    <IconButton icon="more" label={label} small={small} />
  </Menu>
);
