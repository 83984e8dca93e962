import { type CallScalar, fold, type Scalar } from '../../../kql/index.ts';
import type { Leaves } from './leaves.ts';

type ColumnScalar = Extract<Scalar, { kind: 'column' }>;

/** A member that is asked of a bag which never has it. */
export interface AbsentMember {
  readonly call: CallScalar;
  readonly key: string;
  /** The leaf that holds the bag. */
  readonly bag: ColumnScalar;
}

/** Larger than this a scalar is no longer followed: each `extend` that reads a column twice can double it. */
const MAX_SIZE = 600;

/** Puts in place of the columns what they stand for, and in place of a bag's members what is known of them. */
export class Resolver {
  readonly #leaves: Leaves;
  readonly #absent: (member: AbsentMember) => void;

  constructor(leaves: Leaves, absent: (member: AbsentMember) => void) {
    this.#leaves = leaves;
    this.#absent = absent;
  }

  /** A scalar over leaves; one that grows too large, or that reads a column which is not there, is a leaf of its own. */
  resolve(scalar: Scalar, columns: ReadonlyMap<string, Scalar>): Scalar {
    const resolved = this.#inside(scalar, columns);
    return sizeOf(resolved) > MAX_SIZE ? this.#leaves.fresh({ type: scalar.type }) : resolved;
  }

  #inside(scalar: Scalar, columns: ReadonlyMap<string, Scalar>): Scalar {
    if (scalar.kind === 'column') return columns.get(scalar.name) ?? this.#leaves.fresh({ type: scalar.type });
    if (scalar.kind === 'membership') return { ...scalar, value: this.#inside(scalar.value, columns) };
    if (scalar.kind !== 'call') return scalar;
    const args = scalar.args.map((arg) => this.#inside(arg, columns));
    return this.#simpler({ ...scalar, args });
  }

  #simpler(call: CallScalar): Scalar {
    const [first] = call.args;
    if (call.name === 'tostring' && first?.type === 'string') return first;
    const member = this.#memberOf(call);
    if (member !== undefined) return member;
    return fold(call);
  }

  #memberOf(call: CallScalar): Scalar | undefined {
    const asked = askedMember(call);
    if (asked === undefined) return undefined;
    const facts = this.#leaves.of(asked.bag.name)?.facts;
    if (facts?.kind !== 'bag') return undefined;
    const member = this.#leaves.member(asked.bag, facts.bag, asked.key);
    if (member === undefined) this.#absent({ call, ...asked });
    const value: Scalar = member ?? { kind: 'literal', type: 'dynamic', value: null };
    return call.type === 'dynamic' ? value : textOf(value);
  }
}

const textOf = (value: Scalar): Scalar => fold({ kind: 'call', name: 'tostring', type: 'string', args: [value] });

/** `parse_json(Bag).Key`, `extract_json("$.Key", Bag)`. */
function askedMember({ name, args, type }: CallScalar): { bag: ColumnScalar; key: string } | undefined {
  const [first, second] = args;
  if (name === '[]' && first?.kind === 'call' && (first.name === 'parse_json' || first.name === 'todynamic')) {
    const [bag] = first.args;
    const key = second?.kind === 'literal' && typeof second.value === 'string' ? second.value : undefined;
    return bag?.kind === 'column' && key !== undefined ? { bag, key } : undefined;
  }
  if ((name === 'extract_json' || name === 'extractjson') && type === 'string' && args.length === 2) {
    const path = first?.kind === 'literal' ? /^\$\.(\w+)$/.exec(String(first.value)) : null;
    return path !== null && second?.kind === 'column' ? { bag: second, key: path[1]! } : undefined;
  }
  return undefined;
}

/** How many nodes a scalar has. */
function sizeOf(scalar: Scalar): number {
  return scalar.kind === 'call' ? scalar.args.reduce((sum, arg) => sum + sizeOf(arg), 1) : 1;
}
