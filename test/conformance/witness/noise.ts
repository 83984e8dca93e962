import { typicalValue } from '../../../src/rules/witness/typical.ts';
import type { WitnessRow } from '../../../src/rules/witness/witness.ts';
import { tables } from '../../../src/schema/index.ts';

const HOUR = 36_000_000_000n;

/** Rows of every table that nobody looks for: what their columns typically hold, spread over the last thirty days. */
export function noise(now: bigint, serial: () => number, rows = 4): WitnessRow[] {
  return tables.flatMap((table) =>
    Array.from(
      { length: table.name.startsWith('Email') || table.name.startsWith('Url') ? rows * 12 : rows },
      (_, i) => {
        const n = serial();
        const at = now - BigInt(1 + i * 14) * HOUR;
        return {
          table: table.name,
          decisive: new Set<string>(),
          cells: new Map(
            table.columns.map((column) => [
              column.name,
              column.type === 'datetime' ? at : typicalValue(table.name, column, n),
            ]),
          ),
        };
      },
    ),
  );
}
