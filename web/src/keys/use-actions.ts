import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type Action, ActionList } from './actions.ts';

const list = new ActionList();

/**
 * Tells the palette and the list of keys what this part of the page can do, for as long as it is on the screen. The array
 * may be a new one at every render.
 *
 * @example useActions([{ name: 'Run the query', keys: 'Shift+Enter', group: 'Hunt', isHandled: true, run }]);
 */
export function useActions(actions: readonly Action[]): void {
  const owner = useRef({});
  const latest = useRef(actions);
  latest.current = actions;
  // What is shown of them; `run` may be new at every render and is looked up when it is called.
  const shown = JSON.stringify(actions.map(({ name, keys, group, isHandled }) => [name, keys, group, isHandled]));
  useEffect(() => {
    const mine = owner.current;
    const stable = (JSON.parse(shown) as unknown[]).map((_, index) => ({
      ...(latest.current[index] as Action),
      run: () => latest.current[index]?.run(),
    }));
    list.put(mine, stable);
  }, [shown]);
  useEffect(() => {
    const mine = owner.current;
    return () => list.remove(mine);
  }, []);
}

/** What can be done now. */
export const useAllActions = (): readonly Action[] =>
  useSyncExternalStore(
    (changed) => list.subscribe(changed),
    () => list.all,
  );
