import type { Row } from '../../../src/kql/evaluate/index.ts';
import type { Catalog, Plan } from '../../../src/kql/index.ts';
import { withLists } from '../../../src/rules/witness/lists.ts';
import { ownName } from '../../../src/rules/witness/own-name.ts';
import type { Witness, WitnessRow } from '../../../src/rules/witness/witness.ts';
import { tables } from '../../../src/schema/index.ts';
import type { Value } from '../../../src/values/index.ts';
import { evaluatePlan } from '../../kql/naive/index.ts';

/** Whether a plan gives a row over a witness, by the naive evaluation. Throws KQL0005 for a pattern that it does not try. */
export const naiveTrial =
  (catalog: Catalog) =>
  async (plan: Plan, { rows, lists }: Witness): Promise<boolean> =>
    evaluatePlan(withLists(plan, lists), tablesWith(rows, catalog)).rows.length > 0;

/** What Sentinel writes into each row. */
const SENTINEL: Readonly<Record<string, string>> = { TenantId: '', SourceSystem: 'mailhunt' };

/** The tables of the schema, holding these rows; what Sentinel calls them by is there too, and each name of a renamed table. */
function tablesWith(rows: readonly WitnessRow[], catalog: Catalog): Map<string, Row[]> {
  const byTable = new Map<string, Row[]>(tables.map(({ name }) => [name, []]));
  for (const { table, cells } of rows) {
    const hidden = catalog.tables.find(({ name }) => name === table)?.hidden ?? [];
    const others = hidden.map(({ name }): [string, Value] => [
      name,
      SENTINEL[name] ?? cells.get(ownName(table, name)) ?? null,
    ]);
    const row = new Map([...others, ...cells]);
    byTable.get(table)!.push(row);
  }
  for (const { name, successor } of tables)
    if (successor !== undefined) {
      const both = [...byTable.get(name)!, ...byTable.get(successor)!];
      byTable.set(name, both).set(successor, both);
    }
  return byTable;
}
