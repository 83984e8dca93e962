import type { ResultTable } from '../grid/contract.ts';
import { isNumeric, shownText } from '../grid/values/cell-text.ts';
import { visibleText } from '../grid/values/hidden-characters.ts';
import css from './chart.module.css';

/** The first row as large figures. */
export function Card({
  table,
  row,
  title,
}: {
  readonly table: ResultTable;
  readonly row: number;
  readonly title: string | undefined;
}) {
  const cells = table.rows[row];
  if (!cells) return <p className={css.refused}>No rows.</p>;
  return (
    <div className={css.cards}>
      {title !== undefined && <h2>{title}</h2>}
      <dl>
        {table.columns.map(({ name, type }, place) => {
          const text = shownText(cells[place], type);
          return (
            <div key={name}>
              <dt>{visibleText(name)}</dt>
              <dd>
                {isNumeric(type) && Number.isSafeInteger(Number(text)) && text !== ''
                  ? Number(text).toLocaleString('en')
                  : visibleText(text.slice(0, 200))}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
