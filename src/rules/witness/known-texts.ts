import type { Scalar } from '../../kql/index.ts';
import { tableNamed, valueDomains } from '../../schema/index.ts';
import type { Value } from '../../values/index.ts';
import { cellsOf, type Proposal } from './proposal.ts';
import { valueIn } from './symbols.ts';

/** Texts that a column is known to hold, by table and column; undefined where that cannot be written out. */
export function knownTexts(table: string, column: string): readonly string[] | undefined {
  const schema = tableNamed(table);
  if (schema === undefined) return undefined;
  const domains = domainsOf.get(schema) ?? valueDomains(schema);
  domainsOf.set(schema, domains);
  return Object.hasOwn(domains, column) ? domains[column]!.texts : undefined;
}

const domainsOf = new Map<object, ReturnType<typeof valueDomains>>();

/** Known texts that are tried for one cell of one condition. */
const MOST = 12;

/** For each condition the known texts of a cell that make it true, whatever the other cells hold now. */
export class KnownTexts {
  readonly #of: (cell: string) => readonly string[] | undefined;

  constructor(of: (cell: string) => readonly string[] | undefined) {
    this.#of = of;
  }

  proposals(condition: Scalar, wanted: boolean, cells: ReadonlyMap<string, Value>): Proposal[] {
    return cellsOf(condition).flatMap((cell) => {
      const texts = this.#of(cell);
      if (texts === undefined) return [];
      const fitting = texts.filter((text) => valueIn(condition, new Map([...cells, [cell, text]])) === wanted);
      const step = Math.max(1, Math.floor(fitting.length / MOST));
      return fitting.filter((_, i) => i % step === 0).map((value) => ({ cell, value }));
    });
  }
}
