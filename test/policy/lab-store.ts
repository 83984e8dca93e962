import { answerOf, compileOn } from '../../src/kql/index.ts';
import type { Answering } from '../../src/rules/index.ts';
import { type Batch, openSandbox, type Sandbox } from '../../src/store/index.ts';

/** A store of its own for a test, with these rows. */
export interface LabStore extends AsyncDisposable {
  readonly store: Answering;
  fill(batches: readonly Batch[]): Promise<void>;
}

/** Opens a store whose rows are those of the last `fill`. */
export async function openLabStore(): Promise<LabStore> {
  const sandbox: Sandbox = await openSandbox();
  const { engine, catalog } = sandbox;
  return {
    store: {
      query: async (text, options) => {
        const compiled = await compileOn(text, { catalog, engine, ...options });
        // Nobody reads the warnings of these queries, and finding them asks the engine again.
        const tables = compiled.tables.map((table) => ({ ...table, doubts: [] }));
        return answerOf({ ...compiled, tables }, { engine, signal: options.signal });
      },
    },
    fill: (batches) => sandbox.fill(joined(batches)),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** A batch a table: each costs its own way into the database. */
function joined(batches: readonly Batch[]): readonly Batch[] {
  const found = new Map<string, { readonly batch: Batch; readonly rows: Batch['rows'][number][] }>();
  for (const batch of batches) {
    const key = `${batch.table} ${batch.columns.join()}`;
    const one = found.get(key) ?? { batch, rows: [] };
    one.rows.push(...batch.rows);
    found.set(key, one);
  }
  return [...found.values()].map(({ batch, rows }) => ({ ...batch, rows }));
}
