import type { CallScalar, Scalar } from '../../../kql/index.ts';
import { textsOf } from './formula.ts';
import { keyOf } from './key.ts';
import { type Leaf, type Leaves, leavesIn } from './leaves.ts';

/** What atoms speak of, so that they can be decided together. */
export interface Subject {
  readonly key: string;
  readonly kind: 'leaf' | 'text' | 'number' | 'opaque';
  /** The leaf, or the term that is compared with constants. */
  readonly term: Scalar;
}

/** Functions that give on made-up words what they give on the words that they stand for. */
const understood = new Set([
  ...['==', '!=', '=~', '!~', 'in', '!in', 'in~', '!in~', 'and', 'or', 'not', 'iff', 'iif', 'case', 'coalesce'],
  ...['has', 'has_cs', 'contains', 'contains_cs', 'startswith', 'startswith_cs', 'endswith', 'endswith_cs'],
  ...['!has', '!has_cs', '!contains', '!contains_cs', '!startswith', '!startswith_cs', '!endswith', '!endswith_cs'],
  ...['hasprefix', 'hasprefix_cs', 'hassuffix', 'hassuffix_cs', '!hasprefix', '!hassuffix', 'has_any', 'has_all'],
  ...['isempty', 'isnotempty', 'isnull', 'isnotnull', 'tostring', 'tolower', 'toupper', 'strcat', 'trim'],
  ...['extract', 'matches regex', 'parse_json', 'todynamic', '[]'],
]);

const unary = new Set(['isempty', 'isnotempty', 'isnull', 'isnotnull']);
const sided = new Set(['==', '!=', '<', '<=', '>', '>=']);
const comparisons = new Set([...sided, 'between', '!between', 'in', '!in']);
const measured = new Set(['int', 'long', 'real', 'datetime', 'timespan']);

/** What an atom speaks of. */
export function subjectOf(atom: Scalar, leaves: Leaves): Subject {
  const read = [...leavesIn(atom)];
  const leaf = read.length === 1 ? leaves.of(read[0]!) : undefined;
  if (leaf !== undefined && isListed(leaf) && isUnderstood(atom, leaf))
    return { key: `leaf ${read[0]}`, kind: 'leaf', term: { kind: 'column', name: read[0]!, type: leaf.type } };
  return compared(atom) ?? { key: `atom ${keyOf(atom)}`, kind: 'opaque', term: atom };
}

/** Whether the values of a leaf can be written down, or stood for by made-up ones. */
const isListed = ({ facts, values, words }: Leaf): boolean =>
  values !== undefined || words !== undefined || facts?.kind === 'closed' || facts?.kind === 'bag';

/** What stands for other words must not be measured or cut. */
function isUnderstood(scalar: Scalar, leaf: Leaf): boolean {
  if (scalar.kind === 'membership' || scalar.kind === 'subquery') return false;
  if (scalar.kind !== 'call') return true;
  const isOpen = leaf.words !== undefined || leaf.facts?.kind === 'bag';
  return (!isOpen || understood.has(scalar.name)) && scalar.args.every((arg) => isUnderstood(arg, leaf));
}

function compared(atom: Scalar): Subject | undefined {
  if (atom.kind !== 'call') return undefined;
  const [term, ...rest] = atom.args;
  if (term === undefined || term.kind === 'literal') return swapped(atom);
  if (unary.has(atom.name) && term.type === 'string') return subjectNamed('text', term);
  const isConstant = rest.length > 0 && rest.every(({ kind }) => kind === 'literal');
  if (!isConstant || term.kind === 'membership' || term.kind === 'subquery') return undefined;
  if (term.type === 'string' && textsOf(rest) !== undefined) return subjectNamed('text', term);
  if (comparisons.has(atom.name) && areComparable([term, ...rest])) return subjectNamed('number', term);
  return undefined;
}

/** `5 < Count` speaks of Count. */
function swapped({ name, args: [first, second, ...more] }: CallScalar): Subject | undefined {
  if (first === undefined || second === undefined || more.length > 0 || second.kind === 'literal') return undefined;
  return sided.has(name) && areComparable([second, first]) ? subjectNamed('number', second) : undefined;
}

const subjectNamed = (kind: 'text' | 'number', term: Scalar): Subject => ({
  key: `${kind} ${keyOf(term)}`,
  kind,
  term,
});

/** Measures of one kind: numbers with numbers, times with times. */
function areComparable(scalars: readonly Scalar[]): boolean {
  const kinds = new Set(scalars.map(({ type }) => (type === 'int' || type === 'long' ? 'whole' : type)));
  const isPlain = scalars.every((scalar) => scalar.kind !== 'literal' || !Array.isArray(scalar.value));
  const [first] = scalars;
  return (
    isPlain &&
    measured.has(first!.type) &&
    (kinds.size === 1 || [...kinds].every((kind) => kind === 'whole' || kind === 'real'))
  );
}
