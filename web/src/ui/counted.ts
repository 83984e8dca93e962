/**
 * A number with what is counted, in the plural where it is not one.
 *
 * @example counted(1, 'row') // '1 row'
 * @example counted(1200, 'row') // '1,200 rows'
 */
export const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
