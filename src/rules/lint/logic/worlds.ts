import { evaluate, type Scalar } from '../../../kql/index.ts';
import type { Value } from '../../../values/index.ts';
import type { Leaves } from './leaves.ts';
import { listedValues } from './listed-values.ts';
import type { Subject } from './subject.ts';
import { textWorlds } from './text-worlds.ts';
import { ANY, EITHER, FALSE, NULL, TRUE, type Truths } from './truth.ts';
import { type Keyed, literalsIn, type World, withValue, worldWhere } from './world.ts';

/**
 * The ways how a subject's value can be, as far as its atoms tell them apart. There may be ways that never are; each
 * that can be is among them, or is one of those where an atom is left open.
 */
export function worldsOf(subject: Subject, atoms: readonly Keyed[], leaves: Leaves): World[] {
  const worlds = makers[subject.kind](subject, atoms, leaves);
  const different = new Map(worlds.map((world) => [atoms.map(([key]) => world.get(key)).join(), world]));
  return [...different.values()];
}

type Maker = (subject: Subject, atoms: readonly Keyed[], leaves: Leaves) => World[];

/** One atom is tried each way, several together are left open. */
const opaque: Maker = (_, atoms) => {
  const [[key, atom]] = atoms as [Keyed];
  if (atoms.length > 1) return [new Map(atoms.map(([key, atom]) => [key, openTruths(atom)]))];
  return [TRUE, FALSE, NULL].filter((truth) => truth & openTruths(atom)).map((truth) => new Map([[key, truth]]));
};

/** What an atom can be of which nothing is known: only what compares texts is never null. */
export function openTruths(atom: Scalar): Truths {
  const isOfTexts = atom.kind === 'call' && atom.args.every(({ type }) => type === 'string');
  return isOfTexts ? EITHER : ANY;
}

const listed: Maker = ({ term }, atoms, leaves) => {
  const name = (term as { readonly name: string }).name;
  // to write the values down costs as much as to try them
  const literals = leaves.mayTry(0) ? atoms.flatMap(([, atom]) => literalsIn(atom)) : undefined;
  const values = literals && listedValues(leaves.of(name)!, literals);
  if (values === undefined || !leaves.mayTry(values.length * atoms.length))
    return opaque({ key: name, kind: 'opaque', term }, atoms, leaves);
  return values.map((value) => worldWhere(atoms, (atom) => evaluate(atom, new Map([[name, value]]))));
};

/** Numbers and times: the constants, what lies beside and between them, and null. */
const measured: Maker = ({ term }, atoms, leaves) => {
  const least = leastOf(term, leaves);
  const constants = atoms.flatMap(([, atom]) =>
    atom.kind === 'call' ? atom.args.flatMap((arg) => (arg.kind === 'literal' ? [arg.value] : [])) : [],
  );
  const points = (term.type === 'real' ? realPoints : wholePoints)(constants).filter(
    (point) => least === undefined || point >= least,
  );
  const isCounted = term.kind === 'column' && least !== undefined;
  const values: Value[] = [...points, ...(least === undefined ? [] : [least]), ...(isCounted ? [] : [null])];
  if (!leaves.mayTry(values.length * atoms.length))
    return [new Map(atoms.map(([key, atom]) => [key, openTruths(atom)]))];
  return values.map((value) => worldWhere(atoms, (atom) => evaluate(withValue(atom, term, value), new Map())));
};

function wholePoints(constants: readonly Value[]): bigint[] {
  return constants.flatMap((value) => {
    if (typeof value === 'bigint') return [value - 1n, value, value + 1n];
    if (typeof value !== 'number' || !Number.isFinite(value)) return [];
    const floor = BigInt(Math.floor(value));
    return [floor - 1n, floor, floor + 1n, floor + 2n];
  });
}

function realPoints(constants: readonly Value[]): number[] {
  const numbers = constants.filter((value) => typeof value === 'bigint' || typeof value === 'number').map(Number);
  const sorted = [...new Set(numbers)].filter(Number.isFinite).sort((a, b) => a - b);
  const between = sorted.slice(1).map((value, i) => (value + sorted[i]!) / 2);
  const beside =
    sorted.length === 0
      ? [0]
      : [sorted[0]! - Math.max(1, Math.abs(sorted[0]!)), sorted.at(-1)! + Math.max(1, Math.abs(sorted.at(-1)!))];
  return [...sorted, ...between, ...beside, Number.NaN, Infinity, -Infinity];
}

const counted = new Set(['strlen', 'string_size', 'array_length', 'countof', 'dcount', 'estimate_data_size']);

/** The smallest that a term can be, where that is known. */
function leastOf(term: Scalar, leaves: Leaves): bigint | undefined {
  if (term.kind === 'column') return leaves.of(term.name)?.least;
  return term.kind === 'call' && term.type !== 'real' && counted.has(term.name) ? 0n : undefined;
}

/** Each text is tried on each atom, and looked for in its list. */
function costOf(atoms: readonly Keyed[]): number {
  const members = atoms.reduce((sum, [, atom]) => sum + membersAsked(atom), 1);
  return Math.ceil(members * (atoms.length + members / 50));
}

const membersAsked = (atom: Scalar): number =>
  atom.kind === 'call'
    ? atom.args.reduce(
        (sum, arg) => sum + (arg.kind === 'literal' && Array.isArray(arg.value) ? arg.value.length : 1),
        0,
      )
    : 0;

const makers: Readonly<Record<Subject['kind'], Maker>> = {
  leaf: listed,
  number: measured,
  opaque,
  text: ({ term }, atoms, leaves) =>
    leaves.mayTry(costOf(atoms))
      ? textWorlds(term, atoms, term.kind === 'column' ? leaves.of(term.name) : undefined)
      : [new Map(atoms.map(([key, atom]) => [key, openTruths(atom)]))],
};
