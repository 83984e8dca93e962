/** A key as the browser reports it. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** What is held down while another key is pressed; Ctrl is ⌘ on a Mac. */
const held = ['Ctrl', 'Alt', 'Shift'] as const;

/**
 * The steps of a chord, each as the keys that are pressed together.
 *
 * @example chordParts('g h') // [['g'], ['h']];  chordParts('Ctrl+K') // [['Ctrl', 'K']]
 */
export const chordParts = (chord: string): string[][] => chord.split(' ').map((step) => step.split(/(?<=[^+])\+/));

/**
 * True where this key is that step of a chord. Of a character that needs Shift to be typed (`?`) Shift is not asked.
 *
 * @example isStep('Ctrl+K', { key: 'k', ctrlKey: true, … }) // true
 */
export function isStep(step: string, { key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): boolean {
  const [parts = []] = chordParts(step);
  const wanted = parts.at(-1) ?? '';
  if (wanted.toLowerCase() !== key.toLowerCase()) return false;
  const asks = (name: (typeof held)[number]): boolean => parts.slice(0, -1).includes(name);
  const isSign = wanted.length === 1 && wanted.toLowerCase() === wanted.toUpperCase();
  return asks('Ctrl') === (ctrlKey || metaKey) && asks('Alt') === altKey && (isSign || asks('Shift') === shiftKey);
}

/** True for a chord that types nothing by itself, so that it may be used while somebody writes: `Ctrl+K`, `F5`, `Escape`. */
export const isSafeWhileWriting = (chord: string): boolean =>
  /^(?:Ctrl|Alt)\+|^(?:Shift\+)?F\d{1,2}$|^Escape$/.test(chord);
