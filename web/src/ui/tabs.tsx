import type { ReactNode } from 'react';
import * as Aria from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import css from './tabs.module.css';

/** A tab and what it shows. */
export interface TabPage<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  readonly icon?: IconName;
  /** How many there are of what it shows. */
  readonly count?: number | string | undefined;
  readonly isDisabled?: boolean;
  readonly content: ReactNode;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly TabPage<Id>[];
  readonly chosen?: Id;
  readonly onChoose?: (id: Id) => void;
  /** Takes the height that is there; the panel scrolls. */
  readonly fill?: boolean;
  /** At the right end of the bar. */
  readonly tools?: ReactNode;
}

/**
 * Views of the same thing, one at a time.
 *
 * @example <Tabs label="Message" tabs={[{ id: 'headers', name: 'Headers', content: <Headers /> }]} />
 */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, fill, tools }: TabsProps<Id>) {
  return (
    <Aria.Tabs
      className={classNames(css.tabs, fill && css.fill)}
      {...(chosen !== undefined && { selectedKey: chosen })}
      {...(onChoose && { onSelectionChange: (key: Aria.Key) => onChoose(String(key) as Id) })}
    >
      <div className={css.bar}>
        <Aria.TabList aria-label={label} className={classNames(css.list)}>
          {tabs.map(({ id, name, icon, count, isDisabled = false }) => (
            <Aria.Tab key={id} id={id} isDisabled={isDisabled} className={classNames(css.tab)}>
              {icon && <Icon name={icon} />}
              {name}
              {count !== undefined && <span className={css.count}>{count}</span>}
            </Aria.Tab>
          ))}
        </Aria.TabList>
        {tools}
      </div>
      {tabs.map(({ id, content }) => (
        <Aria.TabPanel key={id} id={id} className={classNames(css.panel)}>
          {content}
        </Aria.TabPanel>
      ))}
    </Aria.Tabs>
  );
}
