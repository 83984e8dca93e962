/**
 * Joins the names of classes; what is absent or false is left out.
 *
 * @example classNames(css.button, small && css.small) // 'button_x1 small_y2'
 */
export const classNames = (...names: readonly (string | false | undefined | null)[]): string =>
  names.filter(Boolean).join(' ');
