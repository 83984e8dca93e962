import { useCallback, useState } from 'react';

/** What a text from the browser's memory stands for; undefined where it is not what was once kept. */
export type Reader<T> = (kept: unknown) => T | undefined;

const nameOf = (key: string): string => `mailhunt.${key}`;

/** What was kept under a key in this browser, or what there is at first. Memory that is refused or damaged counts as empty. */
export function recall<T>(key: string, read: Reader<T>, first: T): T {
  try {
    const text = localStorage.getItem(nameOf(key));
    return text === null ? first : (read(JSON.parse(text)) ?? first);
  } catch {
    return first;
  }
}

/** Keeps a value in this browser; where it has no room or is not allowed, the page goes on without. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify(value));
  } catch {
    // A private window, or a full one: what is shown now is still right.
  }
}

/**
 * State that is there again after a reload.
 *
 * @example const [open, setOpen] = useRemembered('hunt.schema', (kept) => kept === true, true);
 */
export function useRemembered<T>(key: string, read: Reader<T>, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => recall(key, read, first));
  const set = useCallback(
    (next: T) => {
      setValue(next);
      remember(key, next);
    },
    [key],
  );
  return [value, set];
}
