import { useSyncExternalStore } from 'react';
import { recall, remember } from './remembered.ts';

/** What the visitor chose: a look, or that of the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark';
/** What is shown. */
export type Theme = 'light' | 'dark';

const choices: readonly ThemeChoice[] = ['auto', 'light', 'dark'];
const read = (kept: unknown): ThemeChoice | undefined => choices.find((choice) => choice === kept);
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

let chosen: ThemeChoice = 'auto';

function show(choice: ThemeChoice): void {
  chosen = choice;
  if (choice === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const listener of listeners) listener();
}

/** Shows the theme that was chosen last; once, before anything is drawn. Another window's choice is followed. */
export function startTheme(): void {
  show(recall('theme', read, 'auto'));
  addEventListener('storage', () => show(recall('theme', read, 'auto')));
}

/** Chooses a look, here and for the next visit. */
export function chooseTheme(choice: ThemeChoice): void {
  remember('theme', choice);
  show(choice);
}

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed);
  system.addEventListener('change', changed);
  return () => {
    listeners.delete(changed);
    system.removeEventListener('change', changed);
  };
};

const shown = (): Theme => (chosen === 'auto' ? (system.matches ? 'dark' : 'light') : chosen);

/** The look that is on the screen, for what draws itself: the editor, charts. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, shown);

/** What was chosen. */
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => chosen);
