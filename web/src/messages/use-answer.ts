import { useEffect, useState } from 'react';
import { getJson } from '../api/index.ts';

/** What an address answered: nothing yet, a value, or why there is none. */
export interface Answer<T> {
  readonly value: T | undefined;
  readonly error: unknown;
}

/** The JSON of an address once there is one to ask, asked again when it changes; a late answer is dropped. */
export function useAnswer<T>(path: string | undefined): Answer<T> {
  const [held, setHeld] = useState<{ path?: string; value?: T; error?: unknown }>({});
  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    setHeld({});
    getJson<T>(path, stop.signal).then(
      (value) => setHeld({ path, value }),
      (error: unknown) => {
        if (!stop.signal.aborted) setHeld({ path, error });
      },
    );
    return () => stop.abort();
  }, [path]);
  const isCurrent = held.path === path && path !== undefined;
  return { value: isCurrent ? held.value : undefined, error: isCurrent ? held.error : undefined };
}
