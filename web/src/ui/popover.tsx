import type { ReactElement, ReactNode } from 'react';
import * as Aria from 'react-aria-components';
import { classNames } from './class-names.ts';
import menu from './menu.module.css';
import css from './popover.module.css';

export interface PopoverProps {
  readonly label: string;
  /** What opens it: a button of this folder. */
  readonly trigger: ReactElement;
  readonly placement?: Aria.PopoverProps['placement'];
  /** Its content; as a function it is given what closes it. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

/** A small surface beside a button, for a few fields; Escape and a press outside close it. */
export function Popover({ label, trigger, placement = 'bottom start', children }: PopoverProps) {
  return (
    <Aria.DialogTrigger>
      {trigger}
      <Aria.Popover className={classNames(menu.popover)} placement={placement} offset={4}>
        <Aria.Dialog aria-label={label} className={classNames(css.content)}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Aria.Dialog>
      </Aria.Popover>
    </Aria.DialogTrigger>
  );
}
