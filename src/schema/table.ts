import type { Column, KqlType } from '../values/index.ts';

/** A column of a Defender table: its KQL type, and the values that it is known to hold (never a closed list). */
export interface SchemaColumn extends Column {
  readonly values?: readonly string[];
}

/** A Defender table. */
export interface TableSchema {
  readonly name: string;
  /** The public page it was taken from. */
  readonly source: string;
  /**
   * The columns that say which thing a row is about; a row reported again under the same key replaces what was seen
   * before. Empty: each row stands for itself.
   */
  readonly key: readonly string[];
  /** The table that Microsoft put in this one's place: each name reads the rows of both. */
  readonly successor?: string;
  /** In the documented order. */
  readonly columns: readonly SchemaColumn[];
}

interface TableFacts {
  readonly source: string;
  readonly key?: readonly string[];
  readonly successor?: string;
  readonly columns: Readonly<Record<string, KqlType | { readonly type: KqlType; readonly values: readonly string[] }>>;
}

/** Writes a table of the schema in the short form that the data files use. */
export const table = (name: string, facts: TableFacts): TableSchema => ({
  name,
  source: facts.source,
  key: facts.key ?? [],
  ...(facts.successor === undefined ? {} : { successor: facts.successor }),
  columns: Object.entries(facts.columns).map(([column, fact]) =>
    typeof fact === 'string' ? { name: column, type: fact } : { name: column, ...fact },
  ),
});

/**
 * Columns in the shortest form: names with their types, a string where none is said.
 *
 * @example columns('Timestamp:datetime DeviceId Size:long') // { Timestamp: 'datetime', DeviceId: 'string', Size: 'long' }
 */
export const columns = (text: string): Readonly<Record<string, KqlType>> =>
  Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((word) => {
        const [name, type = 'string'] = word.split(':');
        return [name, type as KqlType];
      }),
  );
