import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListedMessage, MessageList } from '../../../../src/server/workbench/messages/list.ts';
import { getJson } from '../../api/index.ts';

/** The list of messages as far as it was read. */
export interface MessageListState {
  readonly messages: readonly ListedMessage[];
  /** How many fit in all; undefined until they are counted. */
  readonly count: number | undefined;
  readonly kql: string;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly isLoading: boolean;
  readonly isWhole: boolean;
  readonly error: unknown;
  /** Reads the next page, if there is one and none is being read. */
  readonly more: () => void;
  readonly reload: () => void;
}

interface Held {
  readonly query: string;
  readonly messages: readonly ListedMessage[];
  readonly next: string | null;
  readonly kql: string;
  readonly warnings: MessageList['warnings'];
  readonly error?: unknown;
}

const nothing = (query: string): Held => ({ query, messages: [], next: null, kql: '', warnings: [] });

/** Messages that fit a search, page by page, newest first; a new search drops what is still on its way for the old. */
export function useMessageList(query: string): MessageListState {
  const [held, setHeld] = useState<Held>(() => nothing(query));
  const [count, setCount] = useState<number>();
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const stop = useRef(new AbortController());

  const read = useCallback((from: Held, signal: AbortSignal) => {
    setLoading(true);
    const before = from.next === null ? '' : `&before=${encodeURIComponent(from.next)}`;
    getJson<MessageList>(`/api/v1/messages?q=${encodeURIComponent(from.query)}${before}`, signal)
      .then(
        ({ messages, next, kql, warnings }) =>
          setHeld({ query: from.query, messages: [...from.messages, ...messages], next, kql, warnings }),
        (error: unknown) => {
          if (!signal.aborted) setHeld({ ...from, error });
        },
      )
      .finally(() => {
        if (!signal.aborted) setLoading(false);
      });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same again
  useEffect(() => {
    const mine = new AbortController();
    stop.current = mine;
    setCount(undefined);
    setHeld(nothing(query));
    read(nothing(query), mine.signal);
    getJson<{ messages: number }>(`/api/v1/messages/count?q=${encodeURIComponent(query)}`, mine.signal).then(
      ({ messages }) => setCount(messages),
      // The list says what is wrong.
      () => {},
    );
    return () => mine.abort();
  }, [query, round, read]);

  const more = useCallback(() => {
    if (!isLoading && held.next !== null && held.query === query && !held.error) read(held, stop.current.signal);
  }, [held, isLoading, query, read]);
  const { messages, kql, warnings, error, next } = held;
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const isWhole = !isLoading && next === null;
  return { messages, count, kql, warnings, isLoading, isWhole, error, more, reload };
}
