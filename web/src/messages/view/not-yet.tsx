import { FailureNotice, Spinner } from '../../ui/index.ts';
import css from './message-page.module.css';

/** What a tab shows in place of what it asked for: why it did not come, or that it is on its way. */
export const NotYet = ({ error, label }: { readonly error: unknown; readonly label: string }) => (
  <div className={css.content}>{error ? <FailureNotice error={error} /> : <Spinner label={label} />}</div>
);
