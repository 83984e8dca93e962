import { MailhuntError } from '../../../errors/index.ts';
import type { Scalar } from '../../../kql/index.ts';
import type { Value } from '../../../values/index.ts';
import { ANY, type Truths, truthOf } from './truth.ts';

/** One way how a value can be: what each predicate that asks of it is then, by key. */
export type World = ReadonlyMap<string, Truths>;

/** An atom with its key. */
export type Keyed = readonly [key: string, atom: Scalar];

/** What the atoms are where `give` gives their values; what only the engine can tell stays open. */
export const worldWhere = (atoms: readonly Keyed[], give: (atom: Scalar) => Value): World =>
  new Map(atoms.map(([key, atom]) => [key, truthWhere(atom, give)]));

function truthWhere(atom: Scalar, give: (atom: Scalar) => Value): Truths {
  try {
    return truthOf(give(atom));
  } catch (error) {
    if (error instanceof MailhuntError || error instanceof RangeError) return ANY;
    throw error;
  }
}

/** The texts of a scalar's constants. */
export function literalsIn(scalar: Scalar): string[] {
  if (scalar.kind === 'literal') return [scalar.value].flat().filter((value) => typeof value === 'string');
  return scalar.kind === 'call' ? scalar.args.flatMap(literalsIn) : [];
}

/** An atom with a value in place of the subject's term. */
export function withValue(atom: Scalar, term: Scalar, value: Value): Scalar {
  if (atom.kind !== 'call') return atom;
  const args = atom.args.map((arg) =>
    arg.kind === 'literal' ? arg : { kind: 'literal' as const, type: term.type, value },
  );
  return { ...atom, args };
}
