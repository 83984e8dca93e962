import type { Scalar } from '../../../kql/index.ts';

/** What is said of one text: that it contains a piece, or begins or ends with it, or not. */
interface Said {
  readonly atom: Scalar;
  readonly isTrue: boolean;
}

interface Piece {
  readonly place: 'start' | 'end' | 'within';
  readonly text: string;
  readonly isCased: boolean;
  /** Whether it says no more than that the piece is there: what has it as a word says more. */
  readonly isPlain: boolean;
}

const places: Readonly<Record<string, Omit<Piece, 'text' | 'isCased'>>> = {
  startswith: { place: 'start', isPlain: true },
  endswith: { place: 'end', isPlain: true },
  contains: { place: 'within', isPlain: true },
  has: { place: 'within', isPlain: false },
  hasprefix: { place: 'within', isPlain: false },
  hassuffix: { place: 'within', isPlain: false },
};

/** Whether no text can be all of this: two beginnings, or a piece that is there while a part of it is not. */
export function contradicts(said: readonly Said[]): boolean {
  const there = said.filter(({ isTrue }) => isTrue).flatMap(({ atom }) => pieceOf(atom));
  const missing = said.filter(({ isTrue }) => !isTrue).flatMap(({ atom }) => pieceOf(atom));
  return there.some((a) => there.some((b) => excludes(a, b)) || missing.some((b) => implies(a, b)));
}

function pieceOf(atom: Scalar): Piece[] {
  if (atom.kind !== 'call') return [];
  const [, sought, ...more] = atom.args;
  const isCased = atom.name.endsWith('_cs');
  const place = places[atom.name.replace(/_cs$/, '')];
  if (place === undefined || sought?.kind !== 'literal' || typeof sought.value !== 'string' || more.length > 0)
    return [];
  return [{ ...place, text: sought.value, isCased }];
}

function excludes(a: Piece, b: Piece): boolean {
  if (a.place !== b.place || a.place === 'within') return false;
  const fits = a.place === 'start' ? 'startsWith' : 'endsWith';
  const [x, y] = [a.text.toLowerCase(), b.text.toLowerCase()];
  return !x[fits](y) && !y[fits](x);
}

/** Whether a text with the first piece has the second. */
function implies(a: Piece, b: Piece): boolean {
  if (!b.isPlain || (b.isCased && !a.isCased)) return false;
  const [x, y] = b.isCased ? [a.text, b.text] : [a.text.toLowerCase(), b.text.toLowerCase()];
  if (b.place === 'within') return x.includes(y);
  return a.place === b.place && (b.place === 'start' ? x.startsWith(y) : x.endsWith(y));
}
