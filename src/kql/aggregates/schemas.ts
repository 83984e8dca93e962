import type { Dynamic } from '../../values/index.ts';
import type { AggregateFunction } from '../functions/row.ts';

/** The key under which a schema keeps what an array's elements are. */
const INDEXER = '`indexer`';

/** What values were seen at a place: names of their types, and a container's schema, in the order they came. */
interface Seen {
  readonly names: Set<string>;
  /** The members of bags at this place, an array's elements under {@link INDEXER}. */
  members: Map<string, Seen> | undefined;
}

const nothing = (): Seen => ({ names: new Set(), members: undefined });

/** Stands among the names for the place at which the container was first met. */
const CONTAINER = '';

function see(seen: Seen, value: Dynamic): void {
  if (value === null) return;
  if (!Array.isArray(value) && !(value instanceof Map)) {
    seen.names.add(nameOf(value));
    return;
  }
  seen.names.add(CONTAINER);
  seen.members ??= new Map();
  const entries = Array.isArray(value) ? value.map((item) => [INDEXER, item] as const) : value;
  for (const [key, item] of entries) {
    const member = seen.members.get(key) ?? nothing();
    seen.members.set(key, member);
    see(member, item);
  }
}

function nameOf(value: bigint | boolean | number | string): string {
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'double';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** One type by itself, several in an array. */
function schemaOf({ names, members }: Seen): Dynamic {
  const types = [...names].map((name): Dynamic => (name === CONTAINER ? bagOf(members!) : name));
  return types.length === 1 ? types[0]! : types;
}

const bagOf = (members: ReadonlyMap<string, Seen>): Dynamic =>
  new Map([...members].map(([key, seen]) => [key, schemaOf(seen)]));

/** The schema of a group's dynamic values. */
export const schemaAggregates: readonly AggregateFunction[] = [
  {
    name: 'buildschema',
    page: 'buildschema-aggregation-function',
    evaluate: (rows) => {
      const seen = nothing();
      for (const [value = null] of rows) see(seen, value);
      return seen.names.size === 0 ? null : schemaOf(seen);
    },
  },
];
