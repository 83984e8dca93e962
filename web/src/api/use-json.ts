import { useCallback, useEffect, useState } from 'react';
import { getJson } from './call.ts';

/** What came of asking: nothing yet, a value, or why there is none. A value stays while it is asked for anew, an error goes. */
export interface Asked<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly again: () => void;
}

/**
 * The JSON that an address answers, asked for as soon as there is an address and whenever it changes; an answer that comes
 * too late is dropped.
 *
 * @param address undefined as long as there is nothing to ask
 * @example const { value, error, again } = useJson<{ rules: RuleCard[] }>('/api/v1/rules');
 */
export function useJson<T>(address: string | undefined): Asked<T> {
  const [answer, setAnswer] = useState<{ value?: T; error?: unknown; address?: string }>({});
  const [count, setCount] = useState(0);
  const again = useCallback(() => {
    setAnswer((held) => (held.error === undefined ? held : {}));
    setCount((one) => one + 1);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is what asks anew
  useEffect(() => {
    if (address === undefined) return;
    const stop = new AbortController();
    getJson<T>(address, stop.signal).then(
      (value) => setAnswer({ value, address }),
      (error: unknown) => stop.signal.aborted || setAnswer({ error, address }),
    );
    return () => stop.abort();
  }, [address, count]);
  const isCurrent = address !== undefined && answer.address === address;
  return { value: isCurrent ? answer.value : undefined, error: isCurrent ? answer.error : undefined, again };
}
