import { MailhuntError } from '../../errors/index.ts';
import type { Catalog } from '../../kql/index.ts';
import { type Search, type WitnessContext, type WitnessRow, witnessOf } from './witness.ts';

/** So many columns of a bag are looked for. */
const MOST_COLUMNS = 8;

/** The step that makes columns of what the rows hold, and the column that it reads. */
const UNPACK = /\|\s*evaluate\s+bag_unpack\s*\(\s*([\w.]+)/i;

/** Tables whose rows a compilation looks at. */
export interface LearnableData {
  catalog(): Catalog;
  add(rows: readonly WitnessRow[]): Promise<void>;
}

/**
 * A witness of a hunt that may read columns which `bag_unpack` makes: they exist only where a row holds them. For each
 * that is missing, rows that hold it are added to the data, for which what stands before the step is asked.
 */
export async function unpackedWitnessOf(text: string, given: WitnessContext, data: LearnableData): Promise<Search> {
  for (let columns = 0; ; columns++) {
    const context = { ...given, catalog: data.catalog() };
    try {
      return await witnessOf(text, context);
    } catch (error) {
      const name =
        error instanceof MailhuntError ? /The name '(\w+)' does not refer/.exec(error.message)?.[1] : undefined;
      const before = beforeUnpack(text);
      if (name === undefined || before === undefined || columns === MOST_COLUMNS) throw error;
      const asked = `${before.text}\n| where isnotempty(${before.column}.${name}) and gettype(${before.column}.${name}) == 'string'`;
      const { witness } = await witnessOf(asked, context);
      if (witness === undefined) throw error;
      await data.add(witness.rows);
    }
  }
}

/** The text up to the first such step, its last statement without a name. */
function beforeUnpack(text: string): { text: string; column: string } | undefined {
  const found = UNPACK.exec(text);
  if (found === null) return undefined;
  const before = text.slice(0, found.index);
  const start = before.lastIndexOf(';') + 1;
  return {
    text: before.slice(0, start) + before.slice(start).replace(/^(\s*(?:\/\/.*\n\s*)*)let\s+\w+\s*=/, '$1'),
    column: found[1]!,
  };
}
