import { useSyncExternalStore } from 'react';

/** Whether the server answers; `signed-out`: it answers, but no longer knows the visitor. */
export type Connection = 'there' | 'gone' | 'signed-out';

const listeners = new Set<() => void>();
let now: Connection = 'there';

/** Notes how a request went; the frame shows it. */
export function noteConnection(next: Connection): void {
  if (next === now) return;
  now = next;
  for (const listener of listeners) listener();
}

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

/** How the last request went. */
export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => now);
