import { evaluate, type Scalar } from '../../../kql/index.ts';
import { textsOf } from './formula.ts';
import type { Leaf } from './leaves.ts';
import { sameWord } from './same-word.ts';
import { contradicts } from './text-order.ts';
import { ANY, EITHER, FALSE, TRUE, type Truths } from './truth.ts';
import { type Keyed, type World, withValue, worldWhere } from './world.ts';

/** Predicates that are false of a text which is none of those that they name, in whatever case. */
const equalities = new Set(['==', '=~', 'in', 'in~', 'isempty']);
/** Those that do not look at case: two texts that differ in it alone are the same to them. */
const caseless = new Set([
  ...['=~', 'in~', 'isempty', 'has', 'contains', 'startswith', 'endswith', 'hasprefix', 'hassuffix'],
]);

/** Those that are never null. */
const decided = new Set([...equalities, ...caseless, ...[...caseless].map((name) => `${name}_cs`), 'matches regex']);

/** More atoms than these are left open rather than tried in each combination. */
const MAX_OPEN = 5;

/**
 * How a text of which little is known can be: one of those that it is compared with, one that differs from such a text in
 * case alone, or another. On the last two, equality is decided; what looks into the text is open.
 */
export function textWorlds(term: Scalar, atoms: readonly Keyed[], leaf: Leaf | undefined): World[] {
  const named = [...new Set(['', ...atoms.flatMap(([, atom]) => textsAsked(atom))])];
  const fold = named.every(isAscii) ? foldOf(term) : undefined;
  const texts = (fold === undefined ? named : [...new Set(named.map(fold))]).filter((text) => isAllowed(text, leaf));
  const where = (text: string) => worldWhere(atoms, (atom) => evaluate(withValue(atom, term, text), new Map()));
  const variants = fold !== undefined ? [] : named.filter((text) => canVary(text, leaf));
  return [
    ...texts.map(where),
    ...variants.flatMap((text) => {
      const world = where(text);
      return opened(atoms, (key, atom) => truthOfVariant(atom, world.get(key)!));
    }),
    ...opened(atoms, (_, atom) => (equalities.has(nameOf(atom)) ? FALSE : openTruth(atom))),
  ];
}

/** Only of these letters is it certain what Kusto makes of them: the `İ` of `İstanbul` is left as it is. */
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

const nameOf = (atom: Scalar): string => (atom.kind === 'call' ? atom.name : '');

const textsAsked = (atom: Scalar): string[] =>
  atom.kind === 'call' && equalities.has(atom.name) ? (textsOf(atom.args.slice(1)) ?? []) : [];

function truthOfVariant(atom: Scalar, ofText: Truths): Truths {
  if (caseless.has(nameOf(atom))) return ofText;
  return equalities.has(nameOf(atom)) ? FALSE : openTruth(atom);
}

const openTruth = (atom: Scalar): Truths => (decided.has(nameOf(atom)) ? EITHER : ANY);

/** A term that gives texts of one case only is the text that it makes of another, or none of those that are asked for. */
function foldOf(term: Scalar): ((text: string) => string) | undefined {
  if (term.kind !== 'call') return undefined;
  if (term.name === 'tolower') return (text) => text.toLowerCase();
  return term.name === 'toupper' ? (text) => text.toUpperCase() : undefined;
}

/** What the leaf's facts say of a text. */
export function isAllowed(text: string, leaf: Leaf | undefined): boolean {
  const facts = leaf?.facts;
  if (text === '') return true;
  if (facts?.kind === 'format') return facts.format.test(text) || !facts.mistaken.test(text);
  if (facts?.kind === 'spelled')
    return facts.texts.includes(text) || !facts.texts.some((known) => sameWord(known, text));
  return true;
}

/** Whether a text can stand there in another case. */
function canVary(text: string, leaf: Leaf | undefined): boolean {
  if (text.toLowerCase() === text.toUpperCase()) return false;
  const facts = leaf?.facts;
  if (facts?.kind === 'spelled') return !facts.texts.some((known) => sameWord(known, text));
  return facts?.kind !== 'format' || isAllowed(text, leaf);
}

/** Every combination of what the open atoms can be, without those that contradict themselves. */
function opened(atoms: readonly Keyed[], truthOf: (key: string, atom: Scalar) => Truths): World[] {
  const world = new Map(atoms.map(([key, atom]): [string, Truths] => [key, truthOf(key, atom)]));
  const open = atoms.filter(([key]) => world.get(key) === EITHER);
  if (open.length > MAX_OPEN) return [world];
  return open
    .reduce<Map<string, Truths>[]>(
      (worlds, [key]) => worlds.flatMap((one) => [TRUE, FALSE].map((truth) => new Map(one).set(key, truth))),
      [world],
    )
    .filter((one) => !contradicts(open.map(([key, atom]) => ({ atom, isTrue: one.get(key) === TRUE }))));
}
