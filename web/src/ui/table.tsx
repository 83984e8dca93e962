import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './table.module.css';

/** A column of a plain table. */
export interface TableColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right, figures below figures. */
  readonly numeric?: boolean;
  /** Code, addresses. */
  readonly mono?: boolean;
  /** Takes what width is left; the others as wide as they need. */
  readonly grows?: boolean;
}

export interface TableProps<Row> {
  /** What the table shows, for a screen reader. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string | number;
  readonly empty?: ReactNode;
}

/**
 * A table of some rows that all fit in sight; for results of queries there is the grid. Scrolls sideways where it is too
 * wide for the page.
 *
 * @example <Table label="Hops" columns={[{ name: 'By', cell: (hop) => hop.by }]} rows={hops} keyOf={(_, index) => index} />
 */
export function Table<Row>({ label, columns, rows, keyOf, empty }: TableProps<Row>) {
  const classOf = ({ numeric, mono, grows }: TableColumn<Row>) =>
    classNames(numeric && css.numeric, mono && css.mono, grows && css.grows);
  return (
    // biome-ignore lint/a11y/useSemanticElements: not fields that belong together, and no landmark either
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <div role="group" className={css.scroll} aria-label={label} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map((column) => (
                <td key={column.name} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length} className={css.empty}>
                {empty ?? 'None'}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
