import { tableNamed } from '../../schema/index.ts';
import { type Dynamic, dynamicFrom, type KqlType } from '../../values/index.ts';
import { oddColumns, type WitnessRow } from './witness.ts';

/** A row of a witness as people read it: what its conditions read, in the order of the table. */
export interface ShownRow {
  readonly table: string;
  readonly cells: Readonly<Record<string, Dynamic>>;
  /** Columns of them that hold what they are not known to. */
  readonly odd: readonly string[];
}

/** The cells of a row that matter: those that the conditions read, and the time; with `all`, every one. */
export function shownRow(row: WitnessRow, all = false): ShownRow {
  const { table, cells, decisive } = row;
  const columns = tableNamed(table)?.columns ?? [];
  const kept = columns.filter(({ name }) => all || decisive.has(name) || name === 'Timestamp');
  const value = (name: string, type: KqlType): Dynamic => dynamicFrom(cells.get(name) ?? null, type);
  const shown = kept.map(({ name, type }): [string, Dynamic] => [name, value(name, type)]);
  return { table, cells: Object.fromEntries(shown), odd: oddColumns(row) };
}
