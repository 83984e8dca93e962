import type { Scalar } from '../../../kql/index.ts';
import type { ColumnFacts, CompactBag } from '../../../schema/index.ts';
import type { KqlType, Value } from '../../../values/index.ts';

type ColumnScalar = Extract<Scalar, { kind: 'column' }>;

/** A value that rows bring in and that is not computed from others: what is known of it. */
export interface Leaf {
  readonly type: KqlType;
  /** Where it is from: `EmailEvents.EmailDirection`. */
  readonly origin?: { readonly table: string; readonly column: string; readonly member?: string };
  readonly facts?: ColumnFacts;
  /** It is one of these. */
  readonly values?: readonly Value[];
  /** It is a word of a bag's member, or null. */
  readonly words?: readonly string[];
  /** No smaller than this, and no null. */
  readonly least?: bigint;
}

/** Values that the predicates of one query are tried on, in all: enough for people, an end for the others. */
const MAX_TRIALS = 250_000;

/** The leaves of one query. In scalars they are columns with names that no query can write. */
export class Leaves {
  readonly #leaves = new Map<string, Leaf>();
  readonly #members = new Map<string, ColumnScalar>();

  #trials = 0;

  /** Whether so many more values may be tried; where not, a predicate is held to be anything. */
  mayTry(count: number): boolean {
    // one that is too large alone leaves something for the others, but not for ever
    this.#trials += count <= MAX_TRIALS ? count : MAX_TRIALS / 100;
    return count <= MAX_TRIALS && this.#trials <= MAX_TRIALS;
  }

  fresh(leaf: Leaf): ColumnScalar {
    const name = `\u0001${this.#leaves.size}`;
    this.#leaves.set(name, leaf);
    return { kind: 'column', name, type: leaf.type };
  }

  of(name: string): Leaf | undefined {
    return this.#leaves.get(name);
  }

  /** A member of a bag that a leaf holds, the same each time; undefined for a key that it never has. */
  member({ name }: ColumnScalar, { members }: CompactBag, key: string): ColumnScalar | undefined {
    if (!Object.hasOwn(members, key)) return undefined;
    const id = `${name} ${key}`;
    const { origin } = this.of(name)!;
    const known =
      this.#members.get(id) ??
      this.fresh({ type: 'dynamic', words: members[key]!, ...(origin && { origin: { ...origin, member: key } }) });
    this.#members.set(id, known);
    return known;
  }

  /** What stands where one of several scalars is: it holds what any of them can hold. */
  merged(scalars: readonly Scalar[], type: KqlType): Scalar {
    const [first] = scalars;
    if (scalars.length === 1 && first !== undefined) return first;
    const facts = new Set(scalars.filter((scalar) => !isEmpty(scalar)).map((scalar) => this.#factsOf(scalar)));
    const [shared] = facts;
    if (facts.size === 1 && shared !== undefined)
      return this.fresh({ type, ...this.#describe(scalars), facts: shared });
    const values = scalars.map((scalar) => this.#valuesOf(scalar));
    if (values.every((some) => some !== undefined))
      return this.fresh({ type, values: [...new Set(values.flat())], ...this.#describe(scalars) });
    return this.fresh({ type });
  }

  #factsOf(scalar: Scalar): ColumnFacts | undefined {
    return scalar.kind === 'column' ? this.of(scalar.name)?.facts : undefined;
  }

  #describe(scalars: readonly Scalar[]): Pick<Leaf, 'origin'> {
    const found = scalars.find((scalar) => scalar.kind === 'column');
    const origin = found && this.of(found.name)?.origin;
    return origin === undefined ? {} : { origin };
  }

  #valuesOf(scalar: Scalar): readonly Value[] | undefined {
    if (scalar.kind === 'literal') return isPlain(scalar.value) ? [scalar.value] : undefined;
    const leaf = scalar.kind === 'column' ? this.of(scalar.name) : undefined;
    if (leaf?.facts?.kind === 'closed') return ['', ...leaf.facts.texts];
    return leaf?.values;
  }
}

const isEmpty = (scalar: Scalar): boolean =>
  scalar.kind === 'literal' && (scalar.value === null || scalar.value === '');

const isPlain = (value: Value): boolean => value === null || typeof value !== 'object';

/** The leaves that a scalar reads. A subquery reads what it reads, and is none of our business. */
export function leavesIn(scalar: Scalar, into: Set<string> = new Set()): Set<string> {
  if (scalar.kind === 'column') into.add(scalar.name);
  if (scalar.kind === 'call') for (const arg of scalar.args) leavesIn(arg, into);
  if (scalar.kind === 'membership') leavesIn(scalar.value, into);
  return into;
}
