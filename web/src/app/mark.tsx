import css from './mark.module.css';

/** mailhunt's sign: an envelope in a sight. */
export const Mark = () => (
  <svg className={css.mark} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <circle cx="16" cy="16" r="10.5" />
    <path d="M16 2v5M16 25v5M2 16h5M25 16h5M10.5 12.5h11v7.5h-11ZM10.5 12.8l5.5 4.2 5.5-4.2" />
  </svg>
);
