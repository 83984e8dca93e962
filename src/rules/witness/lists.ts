import type { RunContext } from '../../../src/kql/index.ts';
import type { Schema } from '../../../src/kql/plan/index.ts';

type Surroundings = NonNullable<RunContext['surroundings']>;
type Request = Parameters<Surroundings['external']>[0];

/** A list from outside that a hunt reads: while its rows are sought, the marker stands for them in the plan. */
export interface ExternalList {
  readonly marker: string;
  readonly schema: Schema;
  readonly sources: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
}

/** Lends a query lists that hold nothing but their marker, and remembers which it asked for. */
export function listings(): {
  readonly lists: readonly ExternalList[];
  around(surroundings: Surroundings | undefined): Surroundings;
} {
  const lists: ExternalList[] = [];
  const external = async ({ schema, sources, properties }: Request): Promise<{ rows: string }> => {
    const marker = JSON.stringify([
      schema.map(({ name, type }) => (type === 'string' ? `list ${lists.length} ${name}` : null)),
    ]);
    lists.push({ marker, schema, sources, properties });
    return { rows: marker };
  };
  const none = { version: 'witness', functions: [], tables: [], enrichments: [], names: [] };
  return { lists, around: (surroundings) => ({ ...none, ...surroundings, external }) };
}
