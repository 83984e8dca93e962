import type { ReactElement } from 'react';
import * as Aria from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import css from './tooltip.module.css';

export interface TooltipProps {
  readonly text: string;
  /** Keys that do the same. */
  readonly keys?: string;
  readonly placement?: Aria.TooltipProps['placement'];
  /** Something that can have the focus: a button, a link of React Aria. */
  readonly children: ReactElement;
}

/** A few words about a control, when the pointer rests on it or the focus comes to it. */
export function Tooltip({ text, keys, placement = 'bottom', children }: TooltipProps) {
  return (
    <Aria.TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Aria.Tooltip className={classNames(css.tip)} placement={placement} offset={6}>
        {text}
        {keys && <Kbd keys={keys} />}
      </Aria.Tooltip>
    </Aria.TooltipTrigger>
  );
}
