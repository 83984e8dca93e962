import type { ReactNode } from 'react';
import { useId } from 'react';
import { classNames } from './class-names.ts';
import css from './panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** Beside the title, quiet: a count, a time. */
  readonly note?: ReactNode;
  /** At the right end of the head. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  /** Content without a margin: a table, a chart. */
  readonly flush?: boolean;
}

/** A part of a page with a title of its own. */
export function Panel({ title, note, tools, children, flush }: PanelProps) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id}>
      <header className={css.head}>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span className={css.note}>{note}</span>}
        {tools && <div className={css.tools}>{tools}</div>}
      </header>
      <div className={classNames(css.body, flush && css.flush)}>{children}</div>
    </section>
  );
}
