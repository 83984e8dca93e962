import { ANY, type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { ChunkLimit, type HostFunction } from '../kql/index.ts';

type Main = Parameters<typeof DuckDBScalarFunction.create>[0]['mainFunction'];

/**
 * Makes functions known to the instance of a connection, once and for all its connections. The engine calls them on the
 * main thread, a chunk of rows at a time; what they throw ends the statement, its message in the engine's error.
 */
export function registerHostFunctions(connection: DuckDBConnection, functions: readonly HostFunction[]): void {
  for (const { name, compute, blind = false } of functions) {
    const scalar = DuckDBScalarFunction.create({
      name,
      varArgsType: blind ? ANY : VARCHAR,
      returnType: VARCHAR,
      specialHandling: true,
      mainFunction: blind ? nulls : computing(compute),
    });
    connection.registerScalarFunction(scalar);
  }
}

const computing =
  (compute: HostFunction['compute']): Main =>
  (_, chunk, output) => {
    const columns = chunk.getColumns() as (string | null)[][];
    const limit = new ChunkLimit();
    for (let row = 0; row < chunk.rowCount; row++) {
      limit.check(columns[0]?.[row] ?? '');
      const result = compute(columns.map((column) => column[row] ?? null));
      limit.add(result);
      output.setItem(row, result);
    }
    output.flush();
  };

const nulls: Main = (_, chunk, output) => {
  for (let row = 0; row < chunk.rowCount; row++) output.setItem(row, null);
  output.flush();
};
