import type { Scalar } from '../../../kql/index.ts';
import { atomsOf, type Formula, formulaOf, truthsOf } from './formula.ts';
import type { Leaves } from './leaves.ts';
import { type Subject, subjectOf } from './subject.ts';
import { ANY, FALSE, NULL, TRUE, type Truths } from './truth.ts';
import type { Keyed, World } from './world.ts';
import { worldsOf } from './worlds.ts';

/** After so many steps a predicate is held to be anything: silence is never wrong. */
const MAX_STEPS = 4_000;

/**
 * What a predicate can be on a row for which all of `known` are true: a set that holds each truth that can really be. It
 * may hold one that cannot; so only what is missing in it is a proof.
 *
 * @example
 * possible(bound('EmailDirection == "IntraOrg"'), [], leaves) // FALSE
 */
export function possible(predicate: Scalar, known: readonly Scalar[], leaves: Leaves): Truths {
  const search = new Search(formulaOf(predicate), known.map(formulaOf), leaves);
  return [TRUE, FALSE, NULL].reduce((truths, wanted) => (search.reaches(wanted) ? truths | wanted : truths), 0);
}

/** Whether a predicate can be true on a row for which all of `known` are true. */
export const canBeTrue = (predicate: Scalar, known: readonly Scalar[], leaves: Leaves): boolean =>
  new Search(formulaOf(predicate), known.map(formulaOf), leaves).reaches(TRUE);

/** Goes through the worlds of one subject after the other, as long as the formulas are open. */
class Search {
  readonly #target: Formula;
  readonly #known: readonly Formula[];
  readonly #worlds: readonly (readonly World[])[];
  readonly #truths = new Map<string, Truths>();
  readonly #leaves: Leaves;
  #steps = 0;

  constructor(target: Formula, known: readonly Formula[], leaves: Leaves) {
    this.#target = target;
    this.#known = known;
    const atoms = atomsOf(target);
    for (const formula of known) atomsOf(formula, atoms);
    this.#leaves = leaves;
    const worlds = groups(atoms, leaves).map(([subject, own]) => worldsOf(subject, own, leaves));
    this.#worlds = worlds.toSorted((a, b) => a.length - b.length);
    for (const world of this.#worlds) this.#open(world);
  }

  /** Whether some world makes all that is known true and the target what is wanted. */
  reaches(wanted: Truths): boolean {
    this.#steps = 0;
    return this.#from(0, wanted);
  }

  #from(index: number, wanted: Truths): boolean {
    if (++this.#steps > MAX_STEPS || !this.#leaves.mayTry(1)) return true;
    const target = truthsOf(this.#target, this.#truths);
    const known = this.#known.map((formula) => truthsOf(formula, this.#truths));
    if ((target & wanted) === 0 || known.some((truths) => (truths & TRUE) === 0)) return false;
    const worlds = this.#worlds[index];
    if (worlds === undefined) return true;
    const found = worlds.some((world) => {
      for (const [key, truths] of world) this.#truths.set(key, truths);
      return this.#from(index + 1, wanted);
    });
    this.#open(worlds);
    return found;
  }

  /** Each atom can be what it is in any of the worlds. */
  #open(worlds: readonly World[]): void {
    const [first] = worlds;
    for (const key of first?.keys() ?? [])
      this.#truths.set(
        key,
        worlds.reduce((all, world) => all | (world.get(key) ?? ANY), 0),
      );
  }
}

function groups(atoms: ReadonlyMap<string, Scalar>, leaves: Leaves): (readonly [Subject, readonly Keyed[]])[] {
  const found = new Map<string, { subject: Subject; atoms: Keyed[] }>();
  for (const [key, atom] of atoms) {
    const subject = subjectOf(atom, leaves);
    const group = found.get(subject.key) ?? { subject, atoms: [] };
    group.atoms.push([key, atom]);
    found.set(subject.key, group);
  }
  return [...found.values()].map(({ subject, atoms }) => [subject, atoms]);
}
