import type { TableColumn } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import { secondOf } from '../text/times.ts';
import css from './message-page.module.css';

/** When something happened, to the second. */
export const timeColumn: TableColumn<{ readonly at: string }> = {
  name: 'Time (UTC)',
  cell: ({ at }) => <span className={css.name}>{secondOf(at)}</span>,
};

/** An address or an account, which is not broken into letters where the table is narrow. */
export const Address = ({ text }: { readonly text: string }) => (
  <span className={css.cell}>
    <Hostile text={text} most={120} />
  </span>
);

/** Who did it. */
export const whoColumn: TableColumn<{ readonly account: string }> = {
  name: 'Who',
  mono: true,
  cell: ({ account }) => <Address text={account} />,
};
