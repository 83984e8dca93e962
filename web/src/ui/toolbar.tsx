import type { ReactNode } from 'react';
import * as Aria from 'react-aria-components';
import { classNames } from './class-names.ts';
import css from './toolbar.module.css';

/** Controls in a row: one stop of the Tab key, arrow keys within. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Aria.Toolbar aria-label={label} className={classNames(css.toolbar)}>
      {children}
    </Aria.Toolbar>
  );
}

/** A thin line between groups of a toolbar. */
export const ToolbarLine = () => <Aria.Separator orientation="vertical" className={classNames(css.line)} />;

/** Pushes what follows to the right end. */
export const ToolbarSpace = () => <span className={css.space} />;
