import { useCallback, useEffect, useState } from 'react';
import { getJson } from './call.ts';

/** What came of asking: nothing yet, a value, or why there is none. A value stays while it is asked for anew. */
export interface Asked<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly again: () => void;
}

/**
 * The JSON that an address answers, asked for when the part of the page appears and whenever the address changes; an
 * answer that comes too late is dropped.
 *
 * @example const { value, error, again } = useJson<{ rules: RuleCard[] }>('/api/v1/rules');
 */
export function useJson<T>(address: string): Asked<T> {
  const [answer, setAnswer] = useState<{ value?: T; error?: unknown; address?: string }>({});
  const [count, setCount] = useState(0);
  const again = useCallback(() => setCount((one) => one + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is what asks anew
  useEffect(() => {
    const stop = new AbortController();
    getJson<T>(address, stop.signal).then(
      (value) => setAnswer({ value, address }),
      (error: unknown) => stop.signal.aborted || setAnswer({ error, address }),
    );
    return () => stop.abort();
  }, [address, count]);
  const current = answer.address === address;
  return { value: current ? answer.value : undefined, error: current ? answer.error : undefined, again };
}
