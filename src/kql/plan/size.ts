import { MailhuntError } from '../../errors/index.ts';
import { childrenOf } from './children.ts';
import { mapScalars } from './map-scalars.ts';
import type { Plan } from './plan.ts';
import type { Scalar } from './scalar.ts';

/** Characters of a constant that weigh as much as one node of a plan. */
const CHARACTERS = 100;

/**
 * True where a plan, written out, has more than `limit` nodes. Parts that several places hold count each time: a few
 * lines of `let` can hold what no machine can print. The walk ends at the limit.
 */
export const isLarger = (plan: Plan, limit: number): boolean => new Count(limit).plan(plan);

/** The same of a scalar. */
export const isLargerScalar = (scalar: Scalar, limit: number): boolean => new Count(limit).scalar(scalar);

/** Nodes of a plan, written out: an `in` of 100,000 values is allowed, a doubling `let` of 20 steps is not. */
export const MAX_NODES = 250_000;

/** Throws KQL0006 for a plan that is larger than {@link MAX_NODES}. */
export function checkSize(plan: Plan): void {
  if (isLarger(plan, MAX_NODES))
    throw new MailhuntError('KQL0006', { text: `written out it has more than ${MAX_NODES} parts` });
}

class Count {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  plan(plan: Plan): boolean {
    if (this.#spend(1)) return true;
    mapScalars(plan, (scalar) => {
      this.scalar(scalar);
      return scalar;
    });
    for (const child of childrenOf(plan)) this.plan(child);
    return this.#left < 0;
  }

  scalar(scalar: Scalar): boolean {
    if (this.#spend(1 + weight(scalar))) return true;
    if (scalar.kind === 'call') scalar.args.some((arg) => this.scalar(arg));
    if (scalar.kind === 'membership') this.scalar(scalar.value);
    if (scalar.kind === 'membership' || scalar.kind === 'subquery') this.plan(scalar.plan);
    return this.#left < 0;
  }

  #spend(nodes: number): boolean {
    this.#left -= nodes;
    return this.#left < 0;
  }
}

const weight = (scalar: Scalar): number =>
  scalar.kind === 'literal' && typeof scalar.value === 'string' ? Math.floor(scalar.value.length / CHARACTERS) : 0;
