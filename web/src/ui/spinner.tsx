import { classNames } from './class-names.ts';
import css from './spinner.module.css';

/** Something is under way; says what, with `bare` only to a screen reader. */
export function Spinner({ label, bare = false }: { readonly label: string; readonly bare?: boolean }) {
  return (
    <span className={css.spinner} role="status" data-waiting>
      <span className={css.ring} aria-hidden="true" />
      <span className={classNames(bare && 'unseen')}>{label}</span>
    </span>
  );
}
