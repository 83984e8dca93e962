import type { Action } from '../keys/index.ts';

/** At most so many used last stand at the top. */
const RECENT = 5;

/**
 * The actions that fit what was typed, best first: names that begin with it, then names that hold all its words. With
 * nothing typed those used last come first, then all others in their order. An action told twice is shown once.
 */
export function foundActions(actions: readonly Action[], typed: string, recent: readonly string[]): Action[] {
  const all = [...new Map(actions.map((action) => [idOf(action), action])).values()];
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    const lately = recent.slice(0, RECENT).flatMap((id) => all.find((action) => idOf(action) === id) ?? []);
    return [...lately, ...all.filter((action) => !lately.includes(action))];
  }
  return all
    .map((action) => ({ action, rank: rankOf(action, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ action }) => action);
}

/** What an action is remembered by. */
export const idOf = ({ group = '', name }: Action): string => `${group}/${name}`;

/** The list of those used last, with one more. */
export const usedNow = (recent: readonly string[], id: string): string[] =>
  [id, ...recent.filter((one) => one !== id)].slice(0, RECENT);

function rankOf({ name, group = '' }: Action, words: readonly string[]): number {
  const text = name.toLowerCase();
  const whole = `${text} ${group.toLowerCase()}`;
  if (!words.every((word) => whole.includes(word))) return 0;
  const [first = ''] = words;
  if (text.startsWith(first)) return 3;
  return text.includes(` ${first}`) ? 2 : 1;
}
