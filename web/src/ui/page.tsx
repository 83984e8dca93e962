import { type ReactNode, useEffect } from 'react';
import { classNames } from './class-names.ts';
import css from './page.module.css';

/** Names the window: `Rules – mailhunt`. One part of the screen does so at a time, mostly its `Page`. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – mailhunt`;
  }, [title]);
}

export interface PageProps {
  /** The page's name: its heading, and the window's. */
  readonly title: string;
  /** Beside the heading, quiet. */
  readonly note?: ReactNode;
  /** At the right end of the heading's row. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  /** Takes the window's height and does not scroll as a whole: an editor and a grid. */
  readonly fill?: boolean;
  /** The heading is only there for a screen reader. */
  readonly bare?: boolean;
}

/**
 * What every page is: a heading, and below it the content.
 *
 * @example <Page title="Rules" note="61 rules">…</Page>
 */
export function Page({ title, note, tools, children, fill, bare }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classNames(css.page, fill && css.fill, bare && css.flush)}>
      <header className={classNames(css.head, bare && 'unseen')}>
        <h1>{title}</h1>
        {note !== undefined && <span className={css.note}>{note}</span>}
        {!bare && tools && <div className={css.tools}>{tools}</div>}
      </header>
      {children}
    </div>
  );
}
