import type { Scalar } from '../../kql/index.ts';
import type { Random } from '../../lab/index.ts';
import type { Value } from '../../values/index.ts';
import { KnownTexts } from './known-texts.ts';
import { cellsOf, type Place } from './proposal.ts';
import { proposalsFor } from './propose.ts';
import { valueIn } from './symbols.ts';

/** How many proposals are weighed against each other in a step. */
const WEIGHED = 24;

/** What a cell holds at first, and when nothing better is known; a new value with each call. */
export type Fresh = (cell: string) => Value;

/**
 * Cells for which the conditions are true, by local search: a condition that fails proposes changes, the one that most
 * conditions around it agree with is made. The cells are left as they came out; what is still not true is returned.
 */
export function solve(
  conditions: readonly Scalar[],
  cells: Map<string, Value>,
  fresh: Fresh,
  random: Random,
  known: KnownTexts = new KnownTexts(() => undefined),
): readonly Scalar[] {
  const touching = new Map<string, number[]>();
  conditions.forEach((condition, i) => {
    for (const cell of cellsOf(condition)) touching.set(cell, [...(touching.get(cell) ?? []), i]);
  });
  for (const cell of touching.keys()) if (!cells.has(cell)) cells.set(cell, fresh(cell));
  const holds = (i: number): boolean => valueIn(conditions[i]!, cells) === true;
  const failing = new Set([...conditions.keys()].filter((i) => !holds(i)));
  const place: Place = {
    cells,
    fresh,
    propose: proposalsFor,
    hints: [...new Set(conditions.flatMap(textsIn))].slice(0, 12),
  };
  for (let step = conditions.length * 6 + 200; step > 0 && failing.size > 0; step--) {
    const at = random.pick([...failing].slice(0, 50));
    const proposals = [
      ...known.proposals(conditions[at]!, true, cells),
      ...sampled(proposalsFor(conditions[at]!, true, place), random),
    ];
    let best: { cell: string; value: Value; score: number } | undefined;
    for (const { cell, value } of proposals) {
      const old = cells.get(cell) ?? null;
      cells.set(cell, value);
      const around = touching.get(cell) ?? [];
      const score =
        around.reduce((sum, i) => sum + (holds(i) ? 1 : 0) - (failing.has(i) ? 0 : 1), 0) +
        (holds(at) ? 0.5 : 0) +
        random.next() * 0.4;
      cells.set(cell, old);
      if (best === undefined || score > best.score) best = { cell, value, score };
    }
    if (best === undefined) break;
    cells.set(best.cell, best.value);
    for (const i of touching.get(best.cell) ?? []) {
      if (holds(i)) failing.delete(i);
      else failing.add(i);
    }
  }
  return [...failing].map((i) => conditions[i]!);
}

/** The texts that stand in a condition. */
function textsIn(scalar: Scalar): string[] {
  if (scalar.kind === 'call') return scalar.args.flatMap(textsIn);
  return scalar.kind === 'literal' && typeof scalar.value === 'string' && scalar.value !== '' ? [scalar.value] : [];
}

/** A few of many. */
function sampled<T>(items: readonly T[], random: Random): readonly T[] {
  return items.length <= WEIGHED ? items : Array.from({ length: WEIGHED }, () => random.pick(items));
}
