import { physicalNames, sqlName, sqlText } from '../../duckdb/index.ts';
import { fromHostTextSql } from '../functions/index.ts';
import type { PlanOf } from '../plan/index.ts';
import { nested, type Select, selectAll } from './select.ts';

/**
 * Loaded rows: one JSON text that the engine takes apart, at 5 µs a row of five cells. As VALUES, hundreds of thousands
 * of rows would take its parser minutes.
 */
export function loadedSelect(plan: PlanOf<'loaded'>): Select {
  const names = physicalNames(plan.schema);
  const columns = plan.schema.map(
    ({ name, type }, i) => `${fromHostTextSql(`cells[${i + 1}]`, type)} AS ${sqlName(names.get(name)!)}`,
  );
  const rows = `SELECT unnest(from_json(${sqlText(plan.rows)}, '[["VARCHAR"]]')) AS cells`;
  return selectAll(nested(`SELECT ${columns.join(', ')}\nFROM ${nested(rows)}`));
}
