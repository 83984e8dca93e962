/** Keys and what they do: chords, and what each part of the page can do now. */
export { type Action, ActionList } from './actions.ts';
export { chordParts, isSafeWhileWriting, isStep, type Pressed } from './chord.ts';
export { useActions, useAllActions } from './use-actions.ts';
