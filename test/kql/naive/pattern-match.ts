import { PatternReader, type Piece, UnknownPattern } from './pattern-syntax.ts';

const known = new Map<string, Piece | undefined>();

/**
 * Whether a pattern of KQL is found in a text; undefined where the pattern has something that is not known here. All ways
 * to match are gone at once, as sets of places, so that none takes long; nothing here knows how the engine's patterns are
 * written.
 */
export function holdsPattern(text: string, pattern: string): boolean | undefined {
  if (!known.has(pattern)) known.set(pattern, pieceOf(pattern));
  const characters = [...text];
  const ends = known.get(pattern)?.(characters, new Set([...characters.keys(), characters.length]));
  return ends && ends.size > 0;
}

function pieceOf(pattern: string): Piece | undefined {
  try {
    return new PatternReader(pattern).read();
  } catch (error) {
    if (error instanceof UnknownPattern) return undefined;
    throw error;
  }
}
