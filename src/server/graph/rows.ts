import type { Column } from '../../values/index.ts';
import { cellsOf } from '../kusto/dynamic-as-text.ts';

/**
 * A row's text as an object with the columns' names, as Graph has them. Works on the text, so that no number loses digits.
 *
 * @example rowAsObject([{ name: 'n', type: 'long' }])('[9007199254740993]') // '{"n":9007199254740993}'
 */
export function rowAsObject(columns: readonly Column[]): (row: string) => string {
  const names = columns.map(({ name }) => JSON.stringify(name));
  return (row) =>
    `{${cellsOf(row)
      .map((cell, at) => `${names[at]}:${cell}`)
      .join(',')}}`;
}
