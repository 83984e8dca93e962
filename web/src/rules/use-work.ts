import { useEffect, useRef, useState } from 'react';

/** Work that a press begins: what is being done, what came of it, why nothing did. */
export interface Work<T> {
  readonly isRunning: boolean;
  readonly words: string;
  readonly value: T | undefined;
  readonly error: unknown;
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * Work on the server that a press begins, another press or leaving the page ends.
 *
 * @example const run = useWork((signal) => postJson<Run>('/api/v1/rules/run', { key }, signal));
 */
export function useWork<T>(work: (signal: AbortSignal, tell: (words: string) => void) => Promise<T>): Work<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown; words: string; isRunning: boolean }>({
    words: '',
    isRunning: false,
  });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = () => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const isMine = () => running.current === mine && !mine.signal.aborted;
    setState({ words: '', isRunning: true });
    work(mine.signal, (words) => isMine() && setState((now) => ({ ...now, words }))).then(
      (value) => isMine() && setState({ value, words: '', isRunning: false }),
      (error: unknown) => isMine() && setState({ error, words: '', isRunning: false }),
    );
  };
  const stop = () => {
    running.current?.abort();
    setState((now) => ({ ...now, isRunning: false, words: '' }));
  };
  return { ...state, value: state.value, error: state.error, start, stop };
}
